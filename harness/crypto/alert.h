// TLS alerts by their registered names.
#pragma once

#include <string>

namespace halfopen::crypto {

/// "unknown_ca" for 48 (IANA registry of TLS alerts), or "alert-NUMBER" for one without a name.
[[nodiscard]] std::string alert_name(int description);

}  // namespace halfopen::crypto
