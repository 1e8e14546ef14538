// UTF-8, one character at a time (RFC 3629, section 4).
#pragma once

#include <cstddef>

#include "base/bytes.h"

namespace halfopen {

struct Character {
  std::size_t size = 0;  ///< Bytes; 0: what stands there is no UTF-8.
  char32_t code = 0;
};

/// The character that `text` begins with; `text` is not empty. Neither surrogates nor sequences
/// that are longer than need be are characters.
[[nodiscard]] Character first_character(ByteView text);

}  // namespace halfopen
