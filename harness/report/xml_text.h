// Text that XML can carry, whatever a client has printed.
#pragma once

#include <string>
#include <string_view>

namespace halfopen::report {

/// The text with U+FFFD for whatever XML 1.0 has no place for, not even as a reference (section
/// 2.2, `Char`): control characters but for tab and newline, surrogates, U+FFFE, U+FFFF, and bytes
/// that are no UTF-8.
[[nodiscard]] std::string xml_text(std::string_view text);

}  // namespace halfopen::report
