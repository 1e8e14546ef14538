// Rules beside the steps: [[reply]] and [[every]].
#include "play.h"
#include "scenario/coins.h"

using namespace halfopen;
using namespace halfopen::run;

namespace {

const std::string open_line = "101 Switching Protocols";

Lines heard_after(const std::string& rules, const Lines& said) {
  Play play(rules);
  play.open();
  for (const std::string& message : said) play.says(message);
  return play.heard();
}

}  // namespace

TEST_CASE("a rule answers what it matches, with what that had in it") {
  CHECK(heard_after("[[reply]]\nto = 'hello'\nwith = 'welcome'\n", {"hello", "else"}) ==
        Lines{open_line, "text welcome"});
  CHECK(heard_after("[[reply]]\nto = { regex = '^sub (\\w+) (?P<id>\\d+)$' }\n"
                    "with = ['ack {1}', '{\"id\":{id},\"n\":{n}}']\n",
                    {"sub room 7", "sub hall 8"}) ==
        Lines{open_line, "text ack room", "text {\"id\":7,\"n\":1}", "text ack hall",
              "text {\"id\":8,\"n\":2}"});
  CHECK(heard_after("[[reply]]\nto = { json = { type = 'sub' } }\n"
                    "with = '{\"ref\":{json.ref},\"of\":\"{json.data.1.name}\"}'\n",
                    {R"({"type":"sub","ref":5,"data":[0,{"name":"a\"b"}]})",
                     R"({"type":"sub"})"}) == Lines{open_line, R"(text {"ref":5,"of":"a\"b"})"});
  CHECK(heard_after("[[reply]]\nto = { text = 'ping' }\nwith = '{{n} pong'\n", {"ping"}) ==
        Lines{open_line, "text {n} pong"});
}

TEST_CASE("bytes are answered by bytes") {
  Play play("[[reply]]\nto = { regex = '(?s)^\\x82.(..)' }\nwith = { hex = '90 03 {1} 00' }\n");
  play.open();
  play.sends(client_frame(ws::Opcode::binary, std::string("\x82\x05\x00\xff", 4)));
  REQUIRE(play.heard().size() == 2);
  CHECK(play.heard().back().find("binary") == 0);
  CHECK(play.heard().back() != "binary ");
}

TEST_CASE("the first rule that is left answers; an attempt's own come first") {
  CHECK(heard_after("[[reply]]\nto = 'a'\nwith = 'once'\ntimes = 1\n"
                    "[[reply]]\nto = { any = true }\nwith = 'always'\n",
                    {"a", "a"}) == Lines{open_line, "text once", "text always"});
  Play play(
      "[[attempt]]\n[[attempt.reply]]\nto = 'a'\nwith = 'own'\n"
      "[[reply]]\nto = 'a'\nwith = 'later'\nattempts = '2..'\n");
  play.open();
  play.says("a");
  play.ends();
  play.open();
  play.says("a");
  CHECK(play.heard(1) == Lines{open_line, "text own"});
  CHECK(play.heard(2) == Lines{open_line, "text later"});
}

TEST_CASE("a rule holds for its attempts only") {
  Play play("[[reply]]\nto = 'a'\nwith = 'b'\nattempts = '2..'\n");
  play.open();
  play.says("a");
  play.ends();
  play.open();
  play.says("a");
  CHECK(play.heard(1) == Lines{open_line, "text a"});
  CHECK(play.heard(2) == Lines{open_line, "text b"});
}

TEST_CASE("what a rule answers is for the steps, too, and not echoed") {
  Play play(
      "[[reply]]\nto = 'hello'\nwith = 'welcome'\n[[attempt]]\n"
      "steps = [{ expect = 'hello' }, { echo = true }]\n");
  play.open();
  play.says("hello");
  play.says("hello");
  play.says("else");
  CHECK(play.heard() == Lines{open_line, "text welcome", "text welcome", "text else"});
  CHECK(play.trace({"step-failed"}).empty());
}

TEST_CASE("where rules answer messages nothing is echoed by itself; other rules leave that alone") {
  CHECK(heard_after("[[reply]]\nto = 'a'\nwith = 'b'\n", {"c"}) == Lines{open_line});
  CHECK(heard_after("[[reply]]\nto = 'open'\nwith = 'hi {n}'\n", {"c"}) ==
        Lines{open_line, "text hi 1", "text c"});
}

TEST_CASE("an answer waits for its time, and what comes later may be said first") {
  Play play(
      "[[reply]]\nto = 'slow'\nwith = 'late'\nafter = '2s'\n"
      "[[reply]]\nto = 'fast'\nwith = 'at once'\n");
  play.open();
  play.says("slow");
  play.until(1s);
  play.says("fast");
  play.until(1999ms);
  CHECK(play.heard() == Lines{open_line, "text at once"});
  play.until(2s);
  CHECK(play.heard() == Lines{open_line, "text at once", "text late"});
}

TEST_CASE("a ping is answered late, and then as ever") {
  Play play("[[reply]]\nto = 'ping'\nafter = '2s'\ntimes = 1\n");
  play.open();
  play.sends(client_frame(ws::Opcode::ping, "1"));
  play.sends(client_frame(ws::Opcode::ping, "2"));
  CHECK(play.heard() == Lines{open_line, "pong 2"});
  play.until(2s);
  CHECK(play.heard() == Lines{open_line, "pong 2", "pong 1"});
}

TEST_CASE("a Close is answered late, and TCP ends with that") {
  Play play("[[reply]]\nto = 'close'\nafter = '2s'\n");
  play.open();
  play.closes(4001);
  play.until(1900ms);
  CHECK(play.heard() == Lines{open_line});
  CHECK(play.outside.done.empty());
  play.until(2s);
  CHECK(play.heard() == Lines{open_line, "close 4001"});
  CHECK(play.outside.done == Lines{"1 finish"});
}

TEST_CASE("a Close may be answered by something else") {
  Play play("[[reply]]\nto = 'close'\nthen = { drop = 'reset' }\n");
  play.open();
  play.closes(1000);
  CHECK(play.heard() == Lines{open_line});
  CHECK(play.outside.done == Lines{"1 reset"});
}

TEST_CASE("a rule ends the connection behind its answer") {
  Play play("[[reply]]\nto = 'bad token'\nwith = 'no'\nthen = { close = 4001, reason = 'out' }\n");
  play.open();
  play.says("bad token");
  play.says("bad token");
  CHECK(play.heard() == Lines{open_line, "text no", "close 4001 out"});
  SECTION("the client answers") {
    play.closes(4001);
    CHECK(play.outside.done == Lines{"1 finish"});
  }
  SECTION("the client does not answer") {
    play.until(9900ms);
    CHECK(play.outside.done.empty());
    play.until(10s);
    CHECK(play.outside.done == Lines{"1 finish"});
  }
}

TEST_CASE("nothing is said behind the client's Close but what answers that") {
  Play play(
      "[[reply]]\nto = 'a'\nwith = 'b'\nafter = '1s'\n[[reply]]\nto = 'close'\nafter = '2s'\n"
      "[[every]]\ntime = '500ms'\nsend = 'tick'\ntimes = 1\n");
  play.open();
  play.says("a");
  play.closes(1000);
  play.until(3s);
  CHECK(play.heard() == Lines{open_line, "close 1000"});
}

TEST_CASE("the server says something from time to time, on such attempts and so often") {
  Play play(
      "[[every]]\ntime = '10s'\nsend = '{\"type\":\"ka\",\"n\":{n}}'\ntimes = 2\n"
      "attempts = '2..'\n[expect]\nattempts = 2\nwithin = '5m'\nsettle = '2m'\n");
  play.open();
  play.until(20s);
  play.ends();
  play.open();
  play.until(100s);
  CHECK(play.heard(1) == Lines{open_line});
  CHECK(play.heard(2) ==
        Lines{open_line, R"(text {"type":"ka","n":1})", R"(text {"type":"ka","n":2})"});
}

TEST_CASE("the pauses of [[every]] vary by the seed, and no more than is said") {
  const std::string story =
      "[[every]]\ntime = '10s'\nsend = 'tick'\njitter = '50%'\ntimes = 1\n[expect]\nattempts = 1\n"
      "settle = '20s'\nwithin = '1m'\n";
  Play play(story);
  play.open();
  play.until(4900ms);
  CHECK(play.heard() == Lines{open_line});
  play.until(15s);
  CHECK(play.heard() == Lines{open_line, "text tick"});
  CHECK(scenario::depends_on_seed(play.scenario));
}

TEST_CASE("a rule never fails a run, and does not keep it going") {
  Play play(
      "[[reply]]\nto = 'never'\nwith = 'x'\n[[every]]\ntime = '1s'\nsend = 'tick'\n"
      "[expect]\nattempts = 1\nwithin = '1m'\n");
  play.open();
  play.until(5s);
  CHECK(play.why_over() == "settled");
}

TEST_CASE("a client that asks without end is cut off, and to blame") {
  Play play("[[reply]]\nto = 'a'\nwith = 'b'\nafter = '1m'\n");
  play.open();
  for (std::size_t i = 0; i <= Replies::most_waiting; ++i) play.says("a");
  CHECK(play.violations().size() == 1);
  CHECK(play.heard().back().find("close 1009") == 0);
}

TEST_CASE("no answer is longer than a message may be") {
  Play play("[[reply]]\nto = { regex = '(?s)^(.*)$' }\nwith = '{1}{1}{1}{1}'\n");
  play.open();
  play.says(std::string(5 * 1024 * 1024, 'x'));
  play.says("y");
  play.until(100ms);  // it is read in turns
  CHECK(play.heard() == Lines{open_line, "text yyyy"});
}
