// Bytes as they go over the wire.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace halfopen {

using Bytes = std::vector<std::uint8_t>;
/// Borrowed bytes: the caller keeps them alive for the length of the call.
using ByteView = std::span<const std::uint8_t>;

[[nodiscard]] inline ByteView as_bytes(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

[[nodiscard]] inline std::string_view as_text(ByteView bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

inline void append(Bytes& to, ByteView more) { to.insert(to.end(), more.begin(), more.end()); }
inline void append(Bytes& to, std::string_view more) { append(to, as_bytes(more)); }

/// Lower-case hexadecimal, two digits a byte, no separators.
[[nodiscard]] std::string hex(ByteView bytes);

/// Whether `text` is well-formed UTF-8 (RFC 3629: no surrogates, no overlong forms).
[[nodiscard]] bool is_utf8(ByteView text);

/// `text` with everything that is not printable UTF-8 escaped (\n, \x1f), cut after `limit` bytes
/// with "…" and the whole length, for messages and traces.
[[nodiscard]] std::string printable(ByteView text, std::size_t limit = 200);

}  // namespace halfopen
