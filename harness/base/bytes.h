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

/// Empties a string or vector and gives its memory back, which `= {}` and clear() do not.
template <class Container>
void release(Container& container) {
  Container().swap(container);
}

/// Lower-case hexadecimal, two digits a byte, no separators.
[[nodiscard]] std::string hex(ByteView bytes);

/// Whether `text` is well-formed UTF-8 (RFC 3629: no surrogates, no overlong forms).
[[nodiscard]] bool is_utf8(ByteView text);

/// `text` with everything that is not printable UTF-8 escaped (\n, \x1f, \u202e), cut after `limit`
/// bytes with "…" and the whole length, for messages and traces. Not printable is what a terminal
/// obeys (C0 and C1 controls), what turns the order of the text around it (bidirectional controls,
/// UAX #9), and what separates lines or shows nothing.
[[nodiscard]] std::string printable(ByteView text, std::size_t limit = 200);

/// The same for text that goes to a terminal: nothing is cut.
[[nodiscard]] std::string printable_line(std::string_view text);
/// The same for several lines: their ends, and tabs, stay. What is printable already (and JSON)
/// comes out as it is, or means the same.
[[nodiscard]] std::string printable_lines(std::string_view text);

}  // namespace halfopen
