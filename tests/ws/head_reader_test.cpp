// Heads of frames, from pieces; what is wrong with one is known with the first byte that shows it.
#include "ws/head_reader.h"

#include <catch2/catch.hpp>
#include <string>

#include "received.h"

using namespace halfopen;
using namespace halfopen::ws;

namespace {

/// Feeds byte by byte; how many bytes were taken until the head was whole or faulty.
std::size_t read_bytewise(HeadReader& reader, const Bytes& bytes) {
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    ByteView next = ByteView(bytes).subspan(i, 1);
    reader.read(next);
    if (!next.empty()) return i;
  }
  return bytes.size();
}

struct Fault {
  const char* bytes;
  std::size_t known_after;
  const char* phrase;
};

}  // namespace

TEST_CASE("a head ends where its payload begins") {
  for (const auto& [digits, size, length] :
       std::initializer_list<std::tuple<const char*, std::size_t, std::uint64_t>>{
           {"8105 aaaa", 2, 5},
           {"8185 01020304 aaaa", 6, 5},
           {"827e007e aaaa", 4, 126},
           {"82feffff 01020304 aaaa", 8, 65535},
           {"827f0000000000010000 aaaa", 10, 65536},
           {"82ff7fffffffffffffff 01020304 aaaa", 14, 0x7fffffffffffffff}}) {
    CAPTURE(digits);
    const Bytes bytes = from_hex(digits);
    HeadReader reader;
    CHECK(read_bytewise(reader, bytes) == size);
    CHECK(reader.is_whole());
    CHECK(reader.frame().length == length);
    reader.clear();
    ByteView rest = bytes;
    reader.read(rest);
    CHECK(rest.size() == bytes.size() - size);
    CHECK(reader.frame().length == length);
    if (reader.frame().masked) CHECK(reader.key() == MaskingKey{1, 2, 3, 4});
  }
}

TEST_CASE("what the first byte says") {
  HeadReader reader;
  CHECK(read_bytewise(reader, from_hex("5a00")) == 2);
  CHECK(reader.fault() == "a fragmented pong frame");
  reader.clear();
  CHECK(read_bytewise(reader, from_hex("d300")) == 2);
  CHECK(reader.frame().fin);
  CHECK(reader.frame().rsv == 5);
  CHECK(reader.frame().opcode == 3);
  CHECK_FALSE(reader.frame().masked);
}

TEST_CASE("a fault is known with the first byte that shows it") {
  for (const Fault& fault : {
           Fault{"0900 61", 2, "a fragmented ping frame"},
           Fault{"887e 0080", 2, "a close frame longer than 125 bytes"},
           Fault{"81fe007d 01020304", 4, "a frame length of 125 written in 16 bits"},
           Fault{"827f000000000000ffff 61", 10, "a frame length of 65535 written in 64 bits"},
           Fault{"82ff8000000000000000 61", 10, "a frame length with its top bit set"},
       }) {
    HeadReader reader;
    CHECK(read_bytewise(reader, from_hex(fault.bytes)) == fault.known_after);
    CHECK(reader.fault() == fault.phrase);
    CHECK_FALSE((reader.is_whole() && reader.fault().empty()));
  }
}
