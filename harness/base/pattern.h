// Regular expressions as scenarios write them: RE2's syntax (Perl's, without back references and
// look-around), whose time and memory are bounded whatever a client sends.
#pragma once

#include <string>
#include <string_view>

namespace halfopen {

/// Why `pattern` is no regular expression, or "".
[[nodiscard]] std::string pattern_problem(std::string_view pattern);
/// Whether `pattern` matches somewhere in `text`: among its characters, or among its bytes where it
/// is no UTF-8 (then "\xc0" is the byte 0xc0). A pattern that is none is found nowhere.
[[nodiscard]] bool found_in(std::string_view text, std::string_view pattern);

}  // namespace halfopen
