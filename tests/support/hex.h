// Bytes written out by hand.
#pragma once

#include <string_view>

#include "base/bytes.h"

namespace halfopen::tests {

/// The bytes written as hexadecimal; spaces are ignored. Throws std::invalid_argument where there
/// is something else, or half a byte.
[[nodiscard]] Bytes from_hex(std::string_view digits);

}  // namespace halfopen::tests
