// `expect_close` and `close`: how a connection ends in good order.
#include "step_lines.h"

using namespace halfopen;
using namespace halfopen::run;

TEST_CASE("expect_close: any code, or that code") {
  Play play(steps("{ expect_close = 1000, within = \"2s\" },"));
  play.open();
  play.until(100ms);
  SECTION("the right code passes; the Close is answered and TCP ended") {
    play.closes(1000);
    CHECK(play.trace({"step-passed"}) == Lines{passed(100, 4, 0)});
    CHECK(play.heard() == Lines{"101 Switching Protocols", "close 1000"});
    CHECK(play.outside.done == Lines{"1 finish"});
  }
  SECTION("another code fails") {
    play.closes(1001);
    CHECK(failures(play) ==
          Lines{failed(100, 4, 0, "a Close frame with code 1000", "a Close frame with code 1001")});
  }
  SECTION("none fails in time") {
    play.until(10s);
    CHECK(failures(play) ==
          Lines{failed(2000, 4, 0, "a Close frame with code 1000 within 2s", "no Close frame")});
  }
  SECTION("the end of TCP is no Close frame") {
    play.ends();
    CHECK(failures(play) == Lines{failed(100, 4, 0, "a Close frame with code 1000 within 2s",
                                         "no Close frame; then the client ended TCP (FIN)")});
  }
}

TEST_CASE("close: waits for the client's Close, then ends TCP") {
  Play play(steps("{ close = 1012, reason = \"restart\" },"));
  play.open();
  CHECK(play.heard() == Lines{"101 Switching Protocols", "close 1012 restart"});
  CHECK(play.outside.done.empty());
  CHECK(play.trace({"end-visible"}) ==
        Lines{R"({"at":0,"attempt":1,"event":"end-visible","how":"close","code":1012})"});
  play.until(1s);
  SECTION("the client answers") {
    play.closes(1012);
    CHECK(play.outside.done == Lines{"1 finish"});
    CHECK(play.trace({"step-passed"}) == Lines{passed(1000, 4, 0)});
    CHECK(play.heard().size() == 2);
  }
  SECTION("the client ends TCP without a Close frame") {
    play.ends();
    CHECK(failures(play) ==
          Lines{failed(1000, 4, 0, "a Close frame in answer within 10s (RFC 6455, section 5.5.1)",
                       "no Close frame; then the client ended TCP (FIN)")});
  }
  SECTION("the client says nothing: the server ends TCP after ten seconds") {
    play.until(20s);
    CHECK(play.outside.done == Lines{"1 finish"});
    CHECK(failures(play) ==
          Lines{failed(10'000, 4, 0, "a Close frame in answer within 10s (RFC 6455, section 5.5.1)",
                       "no Close frame")});
  }
}

TEST_CASE("close: empty, or with a code that no endpoint may send") {
  Play play("[[attempt]]\nsteps = [{ close = true }]\n[[attempt]]\nsteps = [{ close = 1006 }]\n");
  play.open();
  CHECK(play.heard() == Lines{"101 Switching Protocols", "close 1005"});
  play.open();
  const Bytes& written = play.outside.written[2];
  CHECK(hex(ByteView(written).last(4)) == "880203ee");
  CHECK(play.trace({"frame"}).back() ==
        R"({"at":0,"attempt":2,"line":5,"event":"frame","from":"server","opcode":"close",)"
        R"("length":2,"masked":false,"code":1006})");
}

TEST_CASE("close: without finishing, the next step begins and TCP stays") {
  Play play(steps("{ close = 1000, finish = false },\n{ wait = \"1s\" },\n{ drop = \"reset\" },"));
  play.open();
  play.closes(1000);
  CHECK(play.outside.done.empty());
  play.until(1s);
  CHECK(play.outside.done == Lines{"1 reset"});
  CHECK(play.trace({"step-failed"}).empty());
}
