// `settle`: the client lets its last connection live, unless the scenario had a hand in its end.
#include "tale.h"

using namespace halfopen::judge;

namespace {

const std::string settles = "[expect]\nopens = \"1..\"\n";
const std::string broken =
    "fail\nsettle (0): the last connection to live for 3s | the client ended attempt 1 at 2.00 s, "
    "2.00 s after it had opened";

Tale open() { return Tale().begins(0, 1).opened(0, 1); }

/// With what happened before the client left.
Tale left_after(const Body& what, int attempt = 0) {
  return open().event(1, what, attempt).left(2, 1).over(9, "time");
}

}  // namespace

TEST_CASE("what the client says of its leaving is quoted, also where it says so behind it") {
  Tale tale = open().left(2, 1).says(2.1, "error", 0, "Server sent no subprotocol");
  CHECK_THAT(verdict_on(settles, tale.over(9, "time")),
             Catch::Matchers::Contains("had opened; its last error: Server sent no subprotocol"));
}

TEST_CASE("a client that ends its last connection too early has failed") {
  CHECK(verdict_on(settles, open().left(2, 1).over(9, "time")) == broken);
  CHECK(verdict_on(settles, open().left(4, 1).over(9, "time")) == "pass");
  CHECK(verdict_on(settles, open().ended(1, 1).left(2, 1).over(9, "time")) == "pass");
}

TEST_CASE("the last connection is the last that opened, whatever was tried after it") {
  CHECK(verdict_on(settles, open().left(2, 1).begins(3, 2).refused(3, 2, 503).over(9, "time")) ==
        broken);
  CHECK(verdict_on(settles,
                   open().left(2, 1).begins(3, 2, Port::closed).ended(3, 2).over(9, "time")) ==
        broken);
  // One that began beside it, and came to nothing.
  CHECK(verdict_on(settles, open().begins(0, 2).accepted(0, 2).left(0, 2).left(2, 1).over(
                                9, "time")) == broken);
  CHECK(verdict_on(settles, open().left(5, 1).begins(6, 2).refused(6, 2, 503).over(9, "time")) ==
        "pass");
  CHECK(verdict_on(settles, open().ended(2, 1).begins(3, 2).refused(3, 2, 503).over(9, "time")) ==
        "pass");
}

TEST_CASE(
    "what the scenario brings may end it: a fault, a link that is cut, a word to the client") {
  CHECK(verdict_on(settles, left_after(FaultStruck{Layer::frame, "masked", "", false}, 1)) ==
        "pass");
  CHECK(verdict_on(settles, left_after(LinkChanged{LinkState::down, false, false, "down"})) ==
        "pass");
  CHECK(verdict_on(settles, left_after(LinkChanged{LinkState::unchanged, false, true,
                                                   "loss 9%"})) == "pass");
  CHECK(verdict_on(settles, left_after(Told{"{}", "close"})) == "pass");
  CHECK(verdict_on(settles, left_after(Told{"{}", "log-out"})) == "pass");
  CHECK(verdict_on(settles, left_after(Told{"freeze (SIGSTOP)", "freeze"})) == "pass");
}

TEST_CASE("a fault excuses an end only where a client may rightly end its connection for it") {
  const std::string legal = GENERATE("unasked-pong", "bytewise", "control-between-fragments",
                                     "tiny-fragments", "ping-flood", "unusual-deflate");
  CHECK(verdict_on(settles, left_after(FaultStruck{Layer::frame, legal}, 1)) == broken);
  CHECK(verdict_on(settles, left_after(FaultStruck{Layer::close, "unanswered"}, 1)) == broken);
  const std::string ends = GENERATE("reset", "deaf", "silent", "mid-frame");
  CHECK(verdict_on(settles, left_after(FaultStruck{Layer::drop, ends}, 1)) == "pass");
  CHECK(verdict_on(settles, left_after(FaultStruck{Layer::frame, "no-pongs"}, 1)) == "pass");
  CHECK(verdict_on(settles, left_after(FaultStruck{Layer::link, "forgotten"}, 1)) == "pass");
  CHECK(verdict_on(settles, left_after(FaultStruck{Layer::proxy, "closes-idle"}, 1)) == "pass");
}

TEST_CASE("a handshake fault that left the answer valid excuses no end behind it") {
  const auto answered = [](const std::string& fault, double left) {
    return Tale()
        .begins(0, 1)
        .event(0, FaultStruck{Layer::handshake, fault}, 1)
        .event(0, halfopen::trace::Answer{101, fault, true}, 1)
        .opened(0, 1)
        .left(left, 1)
        .over(9, "time");
  };
  const std::string legal =
      GENERATE("odd-case", "extra-tokens", "early-frame", "continue", "no-reason");
  CHECK(verdict_on(settles, answered(legal, 2)) == broken);
  // Whether a client opens on these is its own affair.
  const std::string open = GENERATE("bare-lf", "folded", "long-header", "nul-byte", "old-version");
  CHECK(verdict_on(settles, answered(open, 0.01)) == "pass");
  CHECK(verdict_on(settles, answered("body", 0.01)) == "pass");
}

TEST_CASE("what struck before the connection opened excuses nothing") {
  const Layer layer = GENERATE(Layer::dns, Layer::port, Layer::limit);
  CHECK(verdict_on(settles, Tale()
                                .begins(0, 1)
                                .event(0.5, FaultStruck{layer, "listen-queue-full"}, 1)
                                .opened(1, 1)
                                .left(2, 1)
                                .over(9, "time"))
            .starts_with("fail\nsettle"));
}

TEST_CASE("a change of the link that changes nothing excuses nothing, nor does a message to send") {
  CHECK(verdict_on(settles, left_after(LinkChanged{LinkState::unchanged, false, false, ""})) ==
        broken);
  CHECK(verdict_on(settles, left_after(LinkChanged{LinkState::up, false, false, "up"})) == broken);
  CHECK(verdict_on(settles, left_after(Told{"{}", "send"})) == broken);
}

TEST_CASE("what it is told that makes no client leave excuses nothing") {
  const std::string harmless = GENERATE("subscribe", "token", "connect", "");
  CHECK(verdict_on(settles, left_after(Told{"{}", harmless})) == broken);
}

TEST_CASE("new settings of the link excuse an end only where they can bring one about") {
  const auto after = [](const std::string& settings, const std::string& text) {
    return verdict_on("[[at]]\ntime = \"1s\"\nlink = { " + settings + " }\n" + settles,
                      left_after(LinkChanged{LinkState::unchanged, false, true, text}));
  };
  CHECK(after("delay = \"5ms\"", "delay 5ms") == broken);
  CHECK(after("delay = \"5ms\", jitter = \"2ms\"", "delay 5ms, jitter 2ms") == broken);
  CHECK(after("delay = \"2s\"", "delay 2s") == "pass");
  CHECK(after("loss = \"30%\"", "loss 30%") == "pass");
  CHECK(after("rate = \"1kbit/s\"", "rate 1kbit/s") == "pass");
}

TEST_CASE("a client that is asked for a Close may close") {
  const std::string asks = "[[attempt]]\nsteps = [{ expect_close = 1000 }]\n" + settles;
  const auto closes = [] {
    return open()
        .event(0, StepBegins{0, "expect_close 1000"}, 1, 3)
        .sent(2, 1, "close", 1000)
        .event(2, StepPassed{0}, 1, 3)
        .left(2, 1)
        .over(9, "time");
  };
  CHECK(verdict_on(asks, closes()) == "pass");
  CHECK(verdict_on(settles, closes()).starts_with("fail\nsettle"));
}

TEST_CASE("a Close that is asked for in one attempt excuses no other, nor an end without it") {
  const std::string first = "[expect]\ncloses_with = { code = 1002, attempt = 1 }\n";
  const auto second = [] {
    return open().sent(0, 1, "close", 1002).left(0, 1).begins(1, 2).opened(1, 2);
  };
  CHECK(verdict_on(first, second().over(5)) == "pass");
  CHECK(verdict_on(first, second().left(2, 2).over(5, "time")).starts_with("fail\nsettle"));
  const std::string any = "[expect]\ncloses_with = 1002\n";
  CHECK(verdict_on(any, second().sent(2, 2, "close", 1002).left(2, 2).over(5, "time")) == "pass");
  CHECK(verdict_on(any, second().left(2, 2).over(5, "time")).starts_with("fail\nsettle"));
}

TEST_CASE("where the time is up before a connection has settled, the one before it tells") {
  const auto flapping = [] { return open().left(2, 1).begins(8, 2).opened(8, 2); };
  CHECK(verdict_on(settles, flapping().over(9, "time")) == broken);
  CHECK(verdict_on(settles, flapping().over(12, "time")) == "pass");
  CHECK(verdict_on(settles, open().ended(2, 1).begins(8, 2).opened(8, 2).over(9, "time")) ==
        "pass");
}
