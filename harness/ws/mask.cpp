#include "ws/mask.h"

#include <cstring>

namespace halfopen::ws {

/// In words of eight bytes, which the compiler takes several of at once.
void mask(std::span<std::uint8_t> bytes, const MaskingKey& key, std::uint64_t offset) {
  std::array<std::uint8_t, 8> turned{};
  for (std::size_t i = 0; i < turned.size(); ++i) turned[i] = key[(offset + i) % key.size()];
  std::uint64_t word_key = 0;
  std::memcpy(&word_key, turned.data(), sizeof word_key);
  std::size_t i = 0;
  for (; bytes.size() - i >= sizeof word_key; i += sizeof word_key) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes.data() + i, sizeof word);
    word ^= word_key;
    std::memcpy(bytes.data() + i, &word, sizeof word);
  }
  for (; i < bytes.size(); ++i) bytes[i] ^= turned[i % turned.size()];
}

}  // namespace halfopen::ws
