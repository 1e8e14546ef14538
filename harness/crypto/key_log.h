// What becomes of the secrets of TLS connections.
#pragma once

#include <functional>
#include <string_view>

namespace halfopen::crypto {

/// Called with each secret of a connection as soon as it is known, in NSS's key log format
/// (draft-ietf-tls-keylogfile): one line, without its end. Must not throw.
using KeyLog = std::function<void(std::string_view line)>;

}  // namespace halfopen::crypto
