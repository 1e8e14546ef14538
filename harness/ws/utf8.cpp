#include "ws/utf8.h"

#include <cstring>

namespace halfopen::ws {
namespace {

/// How many bytes at the start of `bytes` are ASCII, counted in whole words of eight.
std::size_t ascii_words(ByteView bytes) {
  std::size_t length = 0;
  for (; bytes.size() - length >= 8; length += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes.data() + length, sizeof word);
    if ((word & 0x8080808080808080) != 0) break;
  }
  return length;
}

}  // namespace

// RFC 3629, section 4: the second byte's range keeps out overlong forms, surrogates and what lies
// above U+10FFFF; all further bytes are 80..BF.
bool Utf8Checker::begin_sequence(std::uint8_t lead) {
  lowest_ = 0x80;
  highest_ = 0xbf;
  if (lead < 0x80) return true;
  if (lead < 0xc2 || lead > 0xf4) return false;
  missing_ = lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3;
  if (lead == 0xe0) lowest_ = 0xa0;
  if (lead == 0xed) highest_ = 0x9f;
  if (lead == 0xf0) lowest_ = 0x90;
  if (lead == 0xf4) highest_ = 0x8f;
  return true;
}

bool Utf8Checker::feed(ByteView bytes) {
  std::size_t i = 0;
  while (i < bytes.size() && !failed_) {
    if (missing_ == 0) {
      i += ascii_words(bytes.subspan(i));
      if (i == bytes.size()) break;
      failed_ = !begin_sequence(bytes[i]);
    } else {
      failed_ = bytes[i] < lowest_ || bytes[i] > highest_;
      lowest_ = 0x80;
      highest_ = 0xbf;
      --missing_;
    }
    ++i;
  }
  return !failed_;
}

}  // namespace halfopen::ws
