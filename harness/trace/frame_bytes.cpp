#include "trace/frame_bytes.h"

#include <algorithm>
#include <string_view>

namespace halfopen::trace {
namespace {

constexpr int no_status = 1005;  // RFC 6455, section 7.4.1: the Close frame has no body.

/// The payload that the other members tell of; none where its length shows that it is another.
Bytes told(const Frame& frame) {
  Bytes payload;
  if (frame.compressed) return payload;
  if (frame.opcode == Opcode::close && frame.code != 0 && frame.code != no_status)
    payload = {static_cast<std::uint8_t>(frame.code >> 8),
               static_cast<std::uint8_t>(frame.code & 0xff)};
  append(payload, frame.text);
  if (payload.size() != frame.length) payload.clear();
  return payload;
}

bool is_hex(std::string_view text) {
  return text.size() % 2 == 0 &&
         text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

}  // namespace

void keep_bytes(Frame& frame, ByteView payload) {
  frame.bytes.clear();
  if (std::ranges::equal(told(frame), payload)) return;
  frame.bytes = hex(payload.first(std::min(payload.size(), most_frame_bytes)));
}

std::string payload_hex(const Frame& frame) {
  if (frame.bytes.empty()) {
    const Bytes payload = told(frame);
    return hex(ByteView(payload).first(std::min(payload.size(), most_frame_bytes)));
  }
  return is_hex(frame.bytes) ? frame.bytes.substr(0, 2 * most_frame_bytes) : std::string();
}

}  // namespace halfopen::trace
