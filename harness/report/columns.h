// Text measured in the columns of a terminal: UTF-8 of which some characters take two columns and
// some none.
#pragma once

#include <string>
#include <string_view>

namespace halfopen::report {

[[nodiscard]] int columns(std::string_view text);
/// Cut to `width` columns, the last of them "…", if it is longer.
[[nodiscard]] std::string fit(std::string_view text, int width);
/// Filled with spaces up to `width` columns.
[[nodiscard]] std::string padded(std::string_view text, int width);
/// Broken between words into lines of `width` columns, each after the first behind `indent`
/// spaces. Ends without a newline.
[[nodiscard]] std::string wrapped(std::string_view text, int width, int indent);

}  // namespace halfopen::report
