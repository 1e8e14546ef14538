// Masking in words, beside the definition in RFC 6455, section 5.3.
#include "ws/mask.h"

#include <catch2/catch.hpp>

#include "base/bytes.h"

using namespace halfopen;
using namespace halfopen::ws;

namespace {

constexpr MaskingKey key{0x37, 0xfa, 0x21, 0x3d};

Bytes counting(std::size_t size) {
  Bytes bytes(size);
  for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<std::uint8_t>(i * 7);
  return bytes;
}

/// Octet i of the transformed data is octet i XOR octet i modulo 4 of the key.
Bytes masked_by_definition(Bytes bytes, std::size_t offset) {
  for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] ^= key[(i + offset) % 4];
  return bytes;
}

}  // namespace

TEST_CASE("masking follows the definition for every length and every place in the payload") {
  for (std::size_t length = 0; length < 70; ++length) {
    for (std::size_t offset = 0; offset < 9; ++offset) {
      Bytes bytes = counting(length);
      mask(bytes, key, offset);
      CHECK(bytes == masked_by_definition(counting(length), offset));
    }
  }
}

TEST_CASE("a payload that is masked in pieces of any size is the same") {
  const Bytes whole = masked_by_definition(counting(64), 0);
  for (std::size_t cut = 0; cut <= whole.size(); ++cut) {
    Bytes bytes = counting(64);
    mask(std::span(bytes).first(cut), key, 0);
    mask(std::span(bytes).subspan(cut), key, cut);
    CHECK(bytes == whole);
  }
}
