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

namespace {

/// The client is stopped, or goes on, as io writes it down.
void freezes(Play& play, bool frozen) {
  play.recorder.add(Time(play.now), trace::Told{"", frozen ? "freeze" : "thaw"});
  play.until(play.now);
}

}  // namespace

TEST_CASE("close: what a client is stopped for is none of its ten seconds") {
  Play play(steps("{ close = 1012 },"));
  play.open();
  play.until(2s);
  freezes(play, true);
  play.until(15s);
  CHECK(failures(play).empty());
  freezes(play, false);
  SECTION("it answers") {
    play.until(16s);
    play.closes(1012);
    CHECK(play.trace({"step-passed"}) == Lines{passed(16'000, 4, 0)});
  }
  SECTION("it has eight seconds left") {
    play.until(22s);
    CHECK(failures(play).empty());
    play.until(24s);
    CHECK(failures(play).size() == 1);
  }
}

TEST_CASE("close: the link's delay is none of the client's ten seconds") {
  Play play("[link]\ndelay = \"6s\"\n" + steps("{ close = 1012 },"));
  play.open();
  play.until(21s);
  CHECK(failures(play).empty());
  play.until(23s);
  CHECK(failures(play).size() == 1);
}

TEST_CASE("close: a client's ten seconds begin when it can see the Close") {
  Play play(steps("{ close = 1012 },"));
  play.delivers = false;
  play.open();
  play.until(25s);
  CHECK(failures(play).empty());
  play.delivers = true;
  play.until(29s);
  play.closes(1012);
  CHECK(play.trace({"step-passed"}) == Lines{passed(29'000, 4, 0)});
}
