// Each step, passing and failing, with the events that the judge reads.
#include "play.h"
#include "report/step_words.h"

using namespace halfopen;
using namespace halfopen::run;

namespace {

const std::string not_lasted =
    "the connection to last until this step and those behind it are done";

std::string begins(int at_ms, int line, int index, const std::string& text) {
  return fmt::format(R"({{"at":{},"attempt":1,"line":{},"event":"step-begins"{},"text":"{}"}})",
                     at_ms * 1000, line, index == 0 ? "" : fmt::format(R"(,"index":{})", index),
                     text);
}
std::string passed(int at_ms, int line, int index) {
  return fmt::format(R"({{"at":{},"attempt":1,"line":{},"event":"step-passed"{}}})", at_ms * 1000,
                     line, index == 0 ? "" : fmt::format(R"(,"index":{})", index));
}
std::string failed(int at_ms, int line, int index, const std::string& expected,
                   const std::string& seen) {
  return fmt::format("{} line {} step {}: {} | {}", at_ms, line, index, expected, seen);
}
// Those of the first attempt that failed, as failed() has them.
Lines failures(const Play& play) {
  Lines lines;
  for (const trace::Event& event : play.recorder.trace().events)
    if (const auto* step = std::get_if<trace::StepFailed>(&event.body))
      lines.push_back(failed(static_cast<int>(event.at / 1ms), event.line, step->index,
                             report::wanted_of(*step), report::seen_instead(*step)));
  return lines;
}

}  // namespace

TEST_CASE("send: the message goes out and the next step begins") {
  Play play(steps("{ send = \"one\" },\n{ send = \"\\u0001two\", binary = true },"));
  play.open();
  CHECK(play.heard() == Lines{"101 Switching Protocols", "text one", "binary \\x01two"});
  CHECK(play.steps() == Lines{begins(0, 4, 0, R"(send \"one\")"), passed(0, 4, 0),
                              begins(0, 5, 1, R"(send binary \"\\x01two\")"), passed(0, 5, 1)});
}

TEST_CASE("expect: passes with the message, and those before it are passed over") {
  Play play(steps("{ expect = \"hello\", within = \"2s\" },"));
  play.open();
  play.until(500ms);
  play.says("noise");
  play.says("hello");
  CHECK(play.steps() == Lines{begins(0, 4, 0, R"(expect \"hello\" within 2s)"), passed(500, 4, 0)});
  CHECK(play.heard() == Lines{"101 Switching Protocols"});
}

TEST_CASE("expect: fails when its time is over, and says what came instead") {
  Play play(steps("{ expect = \"hello\", within = \"2s\" },"));
  play.open();
  SECTION("nothing") {
    play.until(3s);
    CHECK(failures(play) == Lines{failed(2000, 4, 0, "\"hello\" within 2s", "nothing")});
  }
  SECTION("something else") {
    play.until(1s);
    play.says("hell");
    play.says("Hello");
    play.until(3s);
    CHECK(failures(play) == Lines{failed(2000, 4, 0, "\"hello\" within 2s", "`hell`, `Hello`")});
  }
}

TEST_CASE("expect: a message in the very moment at which the time is over still counts once") {
  Play play(steps("{ expect = \"hello\", within = \"2s\" },"));
  play.open();
  play.now = 2s;
  play.says("hello");
  play.until(5s);
  CHECK(play.trace({"step-passed"}).size() == 1);
  CHECK(play.trace({"step-failed"}).empty());
}

TEST_CASE("expect: messages that came during earlier steps count") {
  Play play(steps("{ wait = \"1s\" },\n{ expect = \"a\" },\n{ expect = \"b\" },"));
  play.open();
  play.says("a");
  play.says("b");
  play.until(1s);
  CHECK(play.trace({"step-passed"}) ==
        Lines{passed(1000, 4, 0), passed(1000, 5, 1), passed(1000, 6, 2)});
}

TEST_CASE("expect: what an earlier step has passed over is said") {
  Play play(steps("{ expect = \"a\" },\n{ expect = \"b\", within = \"2s\" },"));
  play.open();
  play.says("b");
  play.says("a");
  play.until(5s);
  CHECK(failures(play) ==
        Lines{failed(2000, 5, 1, "\"b\" within 2s",
                     "nothing; `b` had come before, and was passed over by an earlier step")});
}

TEST_CASE("expect: where the connection ends, what was wanted and what came are said") {
  Play play(steps("{ expect = \"a\", within = \"2s\" },"));
  play.open();
  play.says("b");
  play.until(1s);
  SECTION("by RST") {
    play.resets();
    CHECK(failures(play) ==
          Lines{failed(1000, 4, 0, "\"a\" within 2s", "`b`; then the client reset TCP (RST)")});
  }
  SECTION("by a Close") {
    play.closes(1000);
    play.ends();
    CHECK(failures(play) ==
          Lines{failed(1000, 4, 0, "\"a\" within 2s",
                       "`b`; then the client ended TCP (FIN), after its Close 1000")});
  }
}

TEST_CASE("a failed step is in the trace with what was wanted and what came, each by itself") {
  Play play(steps("{ expect = { json = { type = \"ping\" } }, within = \"2s\" },"));
  play.open();
  play.says("b");
  play.until(1s);
  play.closes(1000);
  play.resets();
  CHECK(play.trace({"step-failed"}) ==
        Lines{R"({"at":1000000,"attempt":1,"line":4,"event":"step-failed","cause":"ended",)"
              R"("matching":"json","pattern":"{\"type\":\"ping\"}","within":2000000,)"
              R"("came":["b"],"close_code":1000,"how":"reset"})"});
}

TEST_CASE("expect: what is sent back can be expected, before and after") {
  Play play(
      steps("{ echo = true },\n{ wait = \"1s\" },\n{ expect = \"a\" },\n{ expect = \"b\" },"));
  play.open();
  play.says("a");
  play.until(2s);
  play.says("b");
  CHECK(play.trace({"step-passed"}).size() == 4);
  CHECK(play.heard() == Lines{"101 Switching Protocols", "text a", "text b"});
}

TEST_CASE("optional: a step is passed over where the connection is over") {
  SECTION("that ends while it waits") {
    Play play(
        steps("{ expect = \"a\", optional = true },\n{ wait = \"1s\" },\n{ link = \"up\" },"));
    play.open();
    play.resets();
    play.until(2s);
    CHECK(play.trace({"step-failed"}).empty());
    CHECK(play.outside.done.back() == "link up");
  }
  SECTION("that has ended before") {
    Play play(
        steps("{ wait = \"1s\" },\n{ expect = \"a\", optional = true },\n{ link = \"up\" },"));
    play.open();
    play.resets();
    play.until(2s);
    CHECK(play.trace({"step-failed"}).empty());
    CHECK(play.outside.done.back() == "link up");
  }
  SECTION("but it fails on one that lives") {
    Play play(steps("{ expect = \"a\", within = \"1s\", optional = true },"));
    play.open();
    play.until(2s);
    CHECK(play.trace({"step-failed"}).size() == 1);
  }
  SECTION("and those behind it that are not optional fail") {
    Play play(steps("{ expect = \"a\", optional = true },\n{ send = \"b\" },"));
    play.open();
    play.resets();
    CHECK(failures(play) == Lines{failed(0, 5, 1, not_lasted, "the client reset TCP (RST)")});
  }
}

TEST_CASE("repeat: a step is done so often, and its time begins anew") {
  Play play(
      steps("{ expect = \"a\", within = \"2s\", repeat = 3 },\n{ send = \"x\", repeat = 2 },"));
  play.open();
  for (const Duration at : {Duration(1500ms), Duration(3s)}) {
    play.until(at);
    play.says("a");
  }
  CHECK(play.trace({"step-passed"}).empty());
  SECTION("passes") {
    play.says("a");
    CHECK(play.trace({"step-passed"}) == Lines{passed(3000, 4, 0), passed(3000, 5, 1)});
    CHECK(play.heard() == Lines{"101 Switching Protocols", "text x", "text x"});
  }
  SECTION("fails, and says how far it came") {
    play.until(10s);
    CHECK(failures(play) == Lines{failed(5000, 4, 0, "\"a\" within 2s", "nothing (after 2 of 3)")});
  }
}

TEST_CASE("times: a message goes out so often, at once or by the clock") {
  SECTION("every so often, and the next step behind the last") {
    Play play(steps("{ send = \"x\", times = 3, every = \"1s\" },\n{ send = \"y\" },"));
    play.open();
    CHECK(play.heard().back() == "text x");
    play.until(1999ms);
    CHECK(play.heard() == Lines{"101 Switching Protocols", "text x", "text x"});
    play.until(2s);
    CHECK(play.heard() == Lines{"101 Switching Protocols", "text x", "text x", "text x", "text y"});
  }
  SECTION("empty fragments without an end, in portions") {
    Play play(
        steps("{ frame = { fin = false } },\n"
              "{ frame = { opcode = \"continuation\", fin = false }, times = 2500 },"));
    play.open();
    const std::size_t answer = play.outside.written[1].size() - 2 - 2 * 1000;
    play.until(1s);
    CHECK(play.outside.written[1].size() == answer + 2 + 2 * 2500);
    CHECK(play.trace({"step-passed"}).size() == 2);
  }
  SECTION("raw bytes") {
    Play play(steps("{ raw = { hex = \"89 00\" }, times = 2 },"));
    play.open();
    CHECK(play.heard() == Lines{"101 Switching Protocols", "ping", "ping"});
  }
}

TEST_CASE("expect: by pattern, by JSON fields, or anything") {
  const auto passes = [](const std::string& match, const std::string& message) {
    Play play(steps("{ expect = " + match + " },"));
    play.open();
    play.says(message);
    return play.trace({"step-passed"}).size() == 1;
  };
  CHECK(passes("{ regex = \"^ping [0-9]+$\" }", "ping 42"));
  CHECK(!passes("{ regex = \"^ping [0-9]+$\" }", "ping x"));
  CHECK(passes("{ any = true }", ""));
  const std::string json = "{ json = { type = \"sub\", id = 7, deep = { a = [1] } } }";
  CHECK(passes(json, R"({"id":7,"deep":{"a":[1]},"type":"sub","more":null})"));
  CHECK(passes(json, R"({"id":7.0,"deep":{"a":[1]},"type":"sub"})"));
  CHECK(!passes(json, R"({"id":8,"deep":{"a":[1]},"type":"sub"})"));
  CHECK(!passes(json, R"({"id":7,"type":"sub"})"));
  CHECK(!passes(json, R"([{"id":7}])"));
  CHECK(!passes(json, R"({"id":7,)"));
  CHECK(passes(json, R"({"id":7,"deep":{"a":[1],"more":0},"type":"sub"})"));
  CHECK(!passes(json, R"({"id":7,"deep":{"a":[1,2]},"type":"sub"})"));
  const std::string array = "{ json = [\"1\", { a = 1 }, 2] }";
  CHECK(passes(array, R"(["1",{"a":1,"b":2},2])"));
  CHECK(!passes(array, R"(["1",{"a":1},2,3])"));
  CHECK(!passes(array, R"(["1",{"a":1}])"));
  CHECK(!passes(array, R"({"1":{"a":1}})"));
}

TEST_CASE("expect: binary messages are matched as text messages are") {
  const auto passes = [](const std::string& match, const std::string& message) {
    Play play(steps("{ expect = " + match + " },"));
    play.open();
    play.sends(client_frame(ws::Opcode::binary, message));
    return play.trace({"step-passed"}).size() == 1;
  };
  CHECK(passes("{ hex = \"c0 00\" }", std::string("\xc0\x00", 2)));
  CHECK(passes("{ regex = '^\\xc0\\x00$' }", std::string("\xc0\x00", 2)));
  CHECK(!passes("{ regex = '^\\xc0\\x01$' }", std::string("\xc0\x00", 2)));
  CHECK(passes("{ json = { a = 1 } }", R"({"a":1})"));
  CHECK(passes("\"abc\"", "abc"));
}

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

TEST_CASE("a step gives the client twice the time that halfopen was late, at most its own again") {
  const auto failed_at = [](Duration late_at, Duration by) {
    Play play(steps("{ wait = \"100ms\" },\n{ expect = \"hello\", within = \"2s\" },"));
    play.open();
    play.until(late_at);
    play.late(by);
    play.until(10s);
    CHECK(play.trace({"step-passed"}) == Lines{passed(100, 4, 0)});
    return failures(play);
  };
  const auto at = [](int ms) { return Lines{failed(ms, 5, 1, "\"hello\" within 2s", "nothing")}; };
  CHECK(failed_at(50ms, 300ms) == at(2100));  // a pause is halfopen's own
  CHECK(failed_at(200ms, 300ms) == at(2700));
  CHECK(failed_at(200ms, 999ms) == at(4098));
  CHECK(failed_at(200ms, 5s) == at(7100));  // it stood still: all of that is given back
}

TEST_CASE("ping: waits for the pong with its payload, if it is told to") {
  Play play(steps("{ ping = \"abc\", pong_within = \"1s\" },"));
  play.open();
  CHECK(play.heard() == Lines{"101 Switching Protocols", "ping abc"});
  play.until(200ms);
  play.sends(client_frame(ws::Opcode::pong, "other"));
  CHECK(play.trace({"step-passed"}).empty());
  SECTION("passes") {
    play.sends(client_frame(ws::Opcode::pong, "abc"));
    CHECK(play.trace({"step-passed"}) == Lines{passed(200, 4, 0)});
  }
  SECTION("fails") {
    play.until(2s);
    CHECK(failures(play) ==
          Lines{failed(1000, 4, 0, "a pong within 1s", "no pong with that payload")});
  }
}

TEST_CASE("ping: without a time the next step begins at once") {
  Play play(steps("{ ping = \"\" },\n{ send = \"x\" },"));
  play.open();
  CHECK(play.heard() == Lines{"101 Switching Protocols", "ping", "text x"});
}

TEST_CASE("wait: passes after its time, never before") {
  Play play(steps("{ wait = \"1500us\" },\n{ send = \"x\" },"));
  play.open();
  CHECK(play.world.deadline() == Time(1500us));
  play.until(1499us);
  CHECK(play.trace({"step-passed"}).empty());
  play.until(1500us);
  CHECK(play.trace({"step-passed"}).size() == 2);
}

TEST_CASE("echo: from then on messages come back, in fragments or whole") {
  Play play(steps("{ expect = \"first\" },\n{ echo = true },"));
  play.open();
  play.says("first");
  play.says("second");
  play.sends(client_frame(ws::Opcode::text, "thi", false));
  play.sends(client_frame(ws::Opcode::ping, "!"));
  play.sends(client_frame(ws::Opcode::continuation, "rd"));
  CHECK(play.heard() == Lines{"101 Switching Protocols", "text second", "pong !", "text third"});
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

TEST_CASE("steps that need no connection go on after its end") {
  const std::string then = ",\n{ wait = \"2s\" },\n{ link = \"up\" },\n{ tell = \"connect\" },";
  SECTION("when the server dropped it") {
    const auto drop = GENERATE("reset", "fin", "silent");
    Play play(steps("{ drop = \"" + std::string(drop) + "\" }" + then));
    play.open();
    if (std::string(drop) == "fin") play.ends();
    play.until(5s);
    CHECK(play.trace({"step-failed"}).empty());
    CHECK(play.outside.done.back() == R"(tell {"do":"connect"})");
    CHECK(play.trace({"step-passed"}).back() == passed(2000, 7, 3));
  }
  SECTION("when the client left it") {
    Play play(steps("{ link = \"down\" }" + then));
    play.open();
    play.until(1s);
    play.ends();
    play.until(5s);
    CHECK(play.trace({"step-failed"}).empty());
    CHECK(play.outside.done ==
          Lines{"link down", "1 finish", "link up", R"(tell {"do":"connect"})"});
  }
  SECTION("and those that do need one fail") {
    Play play(steps("{ wait = \"1s\" },\n{ link = \"up\" },\n{ send = \"x\" },"));
    play.open();
    play.until(500ms);
    play.resets();
    play.until(5s);
    CHECK(failures(play) == Lines{failed(500, 4, 0, not_lasted, "the client reset TCP (RST)")});
    CHECK(play.outside.done.empty());
  }
  SECTION("and say whose the end was") {
    Play play(steps("{ wait = \"1s\" },\n{ send = \"x\" },"));
    play.open();
    play.world.peer_reset(Time(500ms), 1, By::middlebox);
    CHECK(failures(play) == Lines{failed(500, 4, 0, not_lasted, "a middlebox reset TCP (RST)")});
  }
}

TEST_CASE("tell: a client that reports is told once it is open, any other at once") {
  const std::string toml = steps("{ tell = \"send\", text = \"hi\" },\n{ expect = \"hi\" },");
  const std::string told = R"(tell {"do":"send","text":"hi"})";
  SECTION("not known to report") {
    Play play(toml);
    play.open();
    CHECK(play.outside.done == Lines{told});
  }
  SECTION("reports") {
    Play play(toml, true);
    play.open();
    CHECK(play.outside.done.empty());
    play.until(700ms);
    play.reports("open");
    CHECK(play.outside.done == Lines{told});
    play.says("hi");
    CHECK(play.trace({"step-passed"}) == Lines{passed(700, 4, 0), passed(700, 5, 1)});
  }
  SECTION("has reported before the step begins") {
    Play play("[[attempt]]\nsteps = [{ wait = \"1s\" }, { tell = \"send\", text = \"hi\" }]\n",
              true);
    play.open();
    play.reports("open");
    play.until(1s);
    CHECK(play.outside.done == Lines{told});
  }
  SECTION("never reports: told after ten seconds all the same") {
    Play play(toml, true);
    play.open();
    play.until(9999ms);
    CHECK(play.outside.done.empty());
    play.until(10s);
    CHECK(play.outside.done == Lines{told});
  }
}
