// Colours and symbols of the terminal reports.
#pragma once

#include <string>
#include <string_view>

#include "judge/judge.h"

namespace halfopen::report {

enum class Ink { plain, dim, bold, green, red, yellow, cyan };

/// The text in that ink (ECMA-48 SGR sequences), or as it is where colours are off.
[[nodiscard]] std::string paint(std::string_view text, Ink ink, bool colours);

/// ✓ ✕ ~ ? !
[[nodiscard]] std::string_view symbol_of(judge::Outcome outcome);
[[nodiscard]] Ink ink_of(judge::Outcome outcome);

}  // namespace halfopen::report
