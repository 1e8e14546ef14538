#include "support/hex.h"

#include <charconv>
#include <stdexcept>
#include <string>

namespace halfopen::tests {

Bytes from_hex(std::string_view digits) {
  std::string solid(digits);
  std::erase(solid, ' ');
  Bytes bytes;
  for (std::size_t at = 0; at < solid.size(); at += 2) {
    const char* const pair = solid.data() + at;
    std::uint8_t byte = 0;
    if (solid.size() % 2 != 0 || std::from_chars(pair, pair + 2, byte, 16).ptr != pair + 2)
      throw std::invalid_argument("no hexadecimal: " + solid);
    bytes.push_back(byte);
  }
  return bytes;
}

}  // namespace halfopen::tests
