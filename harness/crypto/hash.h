// Hashes, base64 and unpredictable bytes, from OpenSSL.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "base/bytes.h"

namespace halfopen::crypto {

[[nodiscard]] std::array<std::uint8_t, 20> sha1(ByteView bytes);
[[nodiscard]] std::array<std::uint8_t, 32> sha256(ByteView bytes);
/// Lower-case hexadecimal.
[[nodiscard]] std::string sha256_hex(ByteView bytes);
/// RFC 4648, section 4, with padding.
[[nodiscard]] std::string base64(ByteView bytes);
[[nodiscard]] Bytes random_bytes(std::size_t count);

}  // namespace halfopen::crypto
