// Each step but those that wait for the client's messages or end a connection, passing and failing,
// with the events that the judge reads.
#include "step_lines.h"

using namespace halfopen;
using namespace halfopen::run;

TEST_CASE("send: the message goes out and the next step begins") {
  Play play(steps("{ send = \"one\" },\n{ send = \"\\u0001two\", binary = true },"));
  play.open();
  CHECK(play.heard() == Lines{"101 Switching Protocols", "text one", "binary \\x01two"});
  CHECK(play.steps() == Lines{begins(0, 4, 0, R"(send \"one\")"), passed(0, 4, 0),
                              begins(0, 5, 1, R"(send binary \"\\x01two\")"), passed(0, 5, 1)});
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
    // It was there, and it has not passed.
    CHECK(play.trace({"step-begins"}).size() == 3);
    CHECK(play.trace({"step-passed"}).size() == 2);
  }
  SECTION("that has ended before") {
    Play play(
        steps("{ wait = \"1s\" },\n{ expect = \"a\", optional = true },\n{ link = \"up\" },"));
    play.open();
    play.resets();
    play.until(2s);
    CHECK(play.trace({"step-failed"}).empty());
    CHECK(play.outside.done.back() == "link up");
    // It was there, and it has not passed.
    CHECK(play.trace({"step-begins"}).size() == 3);
    CHECK(play.trace({"step-passed"}).size() == 2);
  }
  SECTION("that has ended with nothing but such steps to come") {
    Play play(steps("{ wait = \"1s\" },\n{ expect = \"a\", optional = true },"));
    play.open();
    play.resets();
    CHECK(play.trace({"step-failed", "step-passed"}).empty());
    CHECK(play.trace({"step-begins"}).size() == 2);
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
