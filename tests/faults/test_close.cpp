// What each fault of the closing handshake puts on the wire (RFC 6455, section 5.5.1).
#include "acts.h"

using namespace halfopen;
using namespace halfopen::faults;

namespace {

std::string sent(std::string_view name, Arguments arguments = {}) {
  return acts(Layer::close, name, std::move(arguments));
}

}  // namespace

TEST_CASE("Close frames that may not be sent") {
  CHECK(sent("bad-code") == "close 880203ed");
  CHECK(sent("bad-code", {{"code", std::int64_t{0}}}) == "close 88020000");
  CHECK(sent("bad-code", {{"code", std::int64_t{65535}}}) == "close 8802ffff");
  CHECK_THROWS(sent("bad-code", {{"code", std::int64_t{1000}}}));
  CHECK(sent("one-byte") == "close 880103");
  CHECK(sent("bad-reason") == "close 880603e8636166e9");
  CHECK(sent("long-reason").starts_with("close 887e007e03e87878"));
}

TEST_CASE("what comes around a Close frame that is right") {
  CHECK(sent("followed") == "close 880203e98108746f6f206c617465");
  CHECK(sent("followed", {{"by", "ping"}}) == "close 880203e98908746f6f206c617465");
  CHECK(sent("followed", {{"by", "close"}}) == "close 880203e9880203e8");
  CHECK(sent("mid-message") == "close 0111" + hex(as_bytes("the first half of")) + "880203e9");
}

TEST_CASE("a server that does not do its part") {
  CHECK(sent("unfinished") == "linger 880203e9");
  CHECK(sent("unanswered") == "hold");
}
