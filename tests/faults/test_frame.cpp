// What each frame fault puts on the wire: bytes written out by hand from RFC 6455, section 5.2.
#include "acts.h"

using namespace halfopen;
using namespace halfopen::faults;

namespace {

std::string sent(std::string_view name, Arguments arguments = {}) {
  return acts(Layer::frame, name, std::move(arguments));
}

}  // namespace

TEST_CASE("a masked frame is the example of RFC 6455, section 5.7") {
  CHECK(sent("masked") == "send 818537fa213d7f9f4d5158");
}

TEST_CASE("frames whose head is not allowed") {
  CHECK(sent("rsv") == "send c10568656c6c6f");
  CHECK(sent("rsv", {{"bits", std::int64_t{2}}}) == "send a10568656c6c6f");
  CHECK(sent("rsv", {{"bits", std::int64_t{1}}}) == "send 910568656c6c6f");
  CHECK(sent("reserved-opcode") == "send 8300");
  CHECK(sent("reserved-opcode", {{"opcode", std::int64_t{15}}}) == "send 8f00");
  CHECK_THROWS(sent("reserved-opcode", {{"opcode", std::int64_t{9}}}));
}

TEST_CASE("lengths that are too wide, too long or no lengths at all") {
  CHECK(sent("long-length") == "send 817e000568656c6c6f");
  CHECK(sent("long-length", {{"bits", "64"}}) == "send 817f000000000000000568656c6c6f");
  CHECK(sent("negative-length") == "send 827f800000000000000568656c6c6f");
  CHECK(sent("huge-length", {{"size", std::int64_t{1} << 40}}) ==
        "send 827f000001000000000068656c6c6f");
}

TEST_CASE("control frames that are too long or cut in two") {
  CHECK(sent("long-control").starts_with("send 897e007e7878"));
  CHECK(sent("long-control", {{"opcode", "pong"}}).starts_with("send 8a7e007e7878"));
  CHECK(sent("fragmented-control") == "send 0902706980026e67");
}

TEST_CASE("fragments out of order") {
  CHECK(sent("orphan-continuation") == "send 800568656c6c6f");
  CHECK(sent("orphan-continuation", {{"last", "no"}}) == "send 000568656c6c6f");
  CHECK(sent("interleaved-message") == "send 0111" + hex(as_bytes("the first half of")) + "810f" +
                                           hex(as_bytes("another message")));
}

TEST_CASE("text that is not UTF-8") {
  CHECK(sent("bad-utf8") == "send 8104636166e9");
  CHECK(sent("bad-utf8", {{"where", "first"}}) == "send 0101ff8009616e6420736f206f6e");
  CHECK(sent("bad-utf8", {{"where", "split"}}) ==
        "send 0102e28280"
        "0178");
  CHECK(sent("bad-utf8", {{"where", "cut"}}) == "send 81043520e282");
}

TEST_CASE("compressed messages that cannot be decompressed") {
  CHECK(sent("broken-deflate") == "send c10106");
  CHECK(sent("broken-deflate", {{"mistake", "stored-length"}}) ==
        "send c10b000500050048656c6c6f00");
  CHECK(sent("broken-deflate", {{"mistake", "too-far-back"}}) == "send c1064a04deff0f00");
  CHECK(sent("broken-deflate", {{"mistake", "codes"}}) == "send c10cfcffffffffffffffffffff00");
  CHECK(sent("broken-deflate", {{"mistake", "not-compressed"}}) ==
        "send c11b" + hex(as_bytes("Hello, I am no DEFLATE data")));
  CHECK(sent("cut-deflate") == "send c20a000b00f4ff48656c6c6f");
}

TEST_CASE("a bomb is a thousandth of what it becomes") {
  constexpr auto mebibyte = std::int64_t{1024} * 1024;
  const std::string one = sent("deflate-bomb", {{"size", mebibyte}});
  const std::string two = sent("deflate-bomb", {{"size", 2 * mebibyte}});
  CHECK(one.starts_with("send c17e"));
  CHECK(one.size() < 10'000);  // in hexadecimal
  CHECK(two.size() < 20'000);
}

TEST_CASE("RSV1 on frames that may not have it") {
  CHECK(sent("misplaced-rsv1") ==
        "send 4103f248cd"
        "c004c9c90700");
  CHECK(sent("misplaced-rsv1", {{"on", "second-fragment"}}) ==
        "send 0100"
        "c007f248cdc9c90700");
  CHECK(sent("misplaced-rsv1", {{"on", "ping"}}) == "send c907f248cdc9c90700");
  CHECK(sent("misplaced-rsv1", {{"on", "pong"}}) == "send ca07f248cdc9c90700");
}

TEST_CASE("the examples of RFC 7692, section 7.2.3") {
  CHECK(sent("unusual-deflate") == "send c10b000500faff48656c6c6f00");
  CHECK(sent("unusual-deflate", {{"shape", "final"}}) == "send c108f348cdc9c9070000");
  CHECK(sent("unusual-deflate", {{"shape", "two-blocks"}}) ==
        "send c10df248050000"
        "00ffffcac9c90700");
  CHECK(sent("unusual-deflate", {{"shape", "bytewise"}}) ==
        "send 4101f200014800"
        "01cd0001c90001c90001078001"
        "00");
  CHECK(sent("unusual-deflate", {{"shape", "empty"}}) == "send c10100");
}

TEST_CASE("frames that are unusual, and right") {
  CHECK(sent("control-between-fragments") == "send 0103696e208907" + hex(as_bytes("between")) +
                                                 "0006" + hex(as_bytes("three ")) + "8a0c" +
                                                 hex(as_bytes("nobody asked")) + "80057061727473");
  CHECK(sent("bytewise", {{"text", "ab"}}) == "drip 81026162");
  CHECK(sent("tiny-fragments", {{"count", std::int64_t{3}}}) == "send 010178000178800178");
  CHECK(sent("empty-fragments") ==
        "send 01000007616c6d6f737420"
        "0000"
        "0005656d707479"
        "8000");
  CHECK(sent("ping-flood", {{"count", std::int64_t{2}}}) == "send 890131890132");
  CHECK(sent("unasked-pong") == "send 8a07756e61736b6564");
}

TEST_CASE("what must be failed says by which code, what must be taken says none") {
  for (const Fault* fault : all()) {
    if (fault->layer != Layer::frame && fault->layer != Layer::close) continue;
    CAPTURE(fault->name);
    const bool fails = fault->correct.starts_with("Fails the connection");
    CHECK(fails != fault->fails_with.empty());
  }
}
