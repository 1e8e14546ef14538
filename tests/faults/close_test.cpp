// The faults of the closing handshake, but for their frames: rfc_bytes_test.cpp.
#include "acts.h"

using namespace halfopen;
using namespace halfopen::faults;

namespace {

std::string sent(std::string_view name, Arguments arguments = {}) {
  return acts(Layer::close, name, std::move(arguments));
}

}  // namespace

TEST_CASE("a code that may be sent is refused") {
  CHECK_THROWS(sent("bad-code", {{"code", std::int64_t{1000}}}));
}

TEST_CASE("a server that does not do its part") { CHECK(sent("unanswered") == "hold"); }
