// What the faults of frames promise. What they put on the wire: test_rfc_bytes.cpp.
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

TEST_CASE("what must be failed says by which code, what must be taken says none") {
  for (const Fault* fault : all()) {
    if (fault->layer != Layer::frame && fault->layer != Layer::close) continue;
    CAPTURE(fault->name);
    const bool fails = fault->correct.starts_with("Fails the connection");
    CHECK(fails != fault->fails_with.empty());
  }
}
