// What is read off a frame of a trace, which may come from anywhere.
#include "trace/frame_bytes.h"

#include <catch2/catch.hpp>

using namespace halfopen;
using namespace halfopen::trace;

namespace {

Frame frame_of(std::uint64_t length, const std::string& text, const std::string& bytes = "") {
  Frame frame;
  frame.opcode = Opcode::text;
  frame.length = length;
  frame.text = text;
  frame.bytes = bytes;
  return frame;
}

}  // namespace

TEST_CASE("no bytes are made of a text that is not the payload") {
  CHECK(payload_hex(frame_of(3, "abc")) == "616263");
  CHECK(payload_hex(frame_of(1, "\\x01")).empty());
  CHECK(payload_hex(frame_of(0, "the whole message")).empty());
  Frame compressed = frame_of(5, "Hello");
  compressed.compressed = true;
  CHECK(payload_hex(compressed).empty());
}

TEST_CASE("bytes that are no hexadecimal digits are none") {
  CHECK(payload_hex(frame_of(2, "", "00ff")) == "00ff");
  CHECK(payload_hex(frame_of(2, "", "<b>")).empty());
  CHECK(payload_hex(frame_of(2, "", "0")).empty());
  CHECK(payload_hex(frame_of(9, "", std::string(1000, '0'))).size() == 2 * most_frame_bytes);
}

TEST_CASE("bytes are kept where the text does not tell them") {
  Frame frame = frame_of(2, "\\x00a");
  keep_bytes(frame, ByteView(std::array<std::uint8_t, 2>{0, 'a'}));
  CHECK(frame.bytes == "0061");
  frame = frame_of(2, "ab");
  keep_bytes(frame, as_bytes("ab"));
  CHECK(frame.bytes.empty());
  // A length that is a lie is not taken for the payload's.
  frame = frame_of(9, "ab");
  keep_bytes(frame, as_bytes("ab"));
  CHECK(frame.bytes == "6162");
}
