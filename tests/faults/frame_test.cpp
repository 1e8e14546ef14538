// What the faults of frames promise. What they put on the wire: rfc_bytes_test.cpp.
#include "acts.h"

using namespace halfopen;
using namespace halfopen::faults;

namespace {

std::string sent(std::string_view name, Arguments arguments = {}) {
  return acts(Layer::frame, name, std::move(arguments));
}

}  // namespace

TEST_CASE("an opcode that is not reserved is refused") {
  CHECK_THROWS(sent("reserved-opcode", {{"opcode", std::int64_t{9}}}));
}

TEST_CASE("a bomb is a five-hundredth of what it becomes") {
  constexpr auto mebibyte = std::int64_t{1024} * 1024;
  const std::string one = sent("deflate-bomb", {{"size", mebibyte}});
  const std::string two = sent("deflate-bomb", {{"size", 2 * mebibyte}});
  CHECK(one.starts_with("send c17e"));
  CHECK(one.size() < 10'000);  // in hexadecimal
  CHECK(two.size() < 20'000);
}

TEST_CASE("what must be failed says by which code, what must be taken says none") {
  for (const Fault* fault : all()) {
    if (fault->layer != Layer::frame && fault->layer != Layer::close) continue;
    CAPTURE(fault->name);
    const bool fails = fault->correct.starts_with("Fails the connection");
    CHECK(fails != fault->fails_with.empty());
  }
}

TEST_CASE("faults of frames only speak: none of them ends or silences a connection") {
  for (const Fault* fault : all()) {
    if (fault->layer != Layer::frame) continue;
    CAPTURE(fault->name);
    Use use{fault, {}};
    complete(use);
    for (const Act& act : fault->acts(use.arguments))
      CHECK((act.kind == Act::Kind::send || act.kind == Act::Kind::drip ||
             act.kind == Act::Kind::mute));
  }
}
