// `expect`: what it passes with, when it fails, and what is said then.
#include "step_lines.h"

using namespace halfopen;
using namespace halfopen::run;

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
          Lines{failed(1000, 4, 0, "\"a\" within 2s", "`b`; then the client closed (Close 1000)")});
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
              R"("came":["b"],"close_code":1000,"how":"close"})"});
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

TEST_CASE("a message is expected whatever its length") {
  Play play(steps("{ expect = { any = true } }, { expect = { regex = \"^x+$\" } }"));
  play.open();
  const std::string long_one(5 * 1024 * 1024, 'x');
  play.says(long_one);
  play.says(long_one);
  play.until(100ms);  // it is read in turns
  CHECK(play.trace({"step-passed"}).size() == 2);
}

TEST_CASE("of many messages that wait for their step none is forgotten") {
  const auto passed = [](const std::string& list) {
    Play play(steps("{ wait = \"1s\" }, " + list));
    play.open();
    for (int i = 0; i < 3000; ++i) play.says("m" + std::to_string(i));
    play.until(1500ms);
    return play.trace({"step-passed"}).size();
  };
  CHECK(passed("{ expect = \"m0\" }, { expect = \"m1500\" }, { expect = \"m2999\" }") == 4);
  CHECK(passed("{ expect = \"m1500\" }, { expect = \"m0\", within = \"2s\" }") == 2);
}
