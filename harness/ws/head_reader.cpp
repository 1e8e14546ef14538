#include "ws/head_reader.h"

#include <algorithm>

#include "ws/opcode.h"

namespace halfopen::ws {
namespace {

constexpr std::uint64_t longest_control = 125;  // RFC 6455, section 5.5

/// How many bytes hold the length, where the first part says `length`.
std::size_t bytes_of(std::uint64_t length) { return length < 126 ? 0 : length == 126 ? 2 : 8; }

}  // namespace

void HeadReader::read(ByteView& bytes) {
  while (!is_whole() && fault_.empty() && !bytes.empty()) {
    bytes_[have_++] = bytes.front();
    bytes = bytes.subspan(1);
    if (have_ == first_part) take_first_part();
    if (have_ == key_begins() && have_ > first_part) take_length();
  }
  if (is_whole() && frame_.masked) std::copy_n(&bytes_[key_begins()], key_.size(), key_.begin());
}

void HeadReader::take_first_part() {
  frame_.fin = (bytes_[0] & 0x80) != 0;
  frame_.rsv = bytes_[0] >> 4 & 7;
  frame_.opcode = bytes_[0] & 0x0f;
  frame_.masked = (bytes_[1] & 0x80) != 0;
  frame_.length = bytes_[1] & 0x7f;
  wanted_ = first_part + bytes_of(frame_.length) + (frame_.masked ? key_.size() : 0);
  if (!is_control(frame_.opcode)) return;
  if (!frame_.fin) {
    fault_ = "a fragmented " + name_of(frame_.opcode) + " frame";
  } else if (frame_.length > longest_control) {
    fault_ = "a " + name_of(frame_.opcode) + " frame longer than 125 bytes";
  }
}

/// The shortest form must be used, and the top bit must not be set (section 5.2).
void HeadReader::take_length() {
  const std::size_t count = key_begins() - first_part;
  const bool wide = count == 8;
  frame_.length = 0;
  for (std::size_t i = 0; i < count; ++i)
    frame_.length = frame_.length << 8 | bytes_[first_part + i];
  if (frame_.length >> 63 != 0) {
    fault_ = "a frame length with its top bit set";
  } else if (frame_.length <= (wide ? 0xffffU : longest_control)) {
    fault_ = "a frame length of " + std::to_string(frame_.length) + " written in " +
             (wide ? "64" : "16") + " bits";
  }
}

}  // namespace halfopen::ws
