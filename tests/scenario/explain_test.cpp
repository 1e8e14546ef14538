// A scenario told in plain words.
#include <catch2/catch.hpp>
#include <string>

#include "base/units.h"
#include "scenario/files.h"
#include "scenario/loader.h"
#include "scenario/words.h"
#include "support/places.h"
#include "told.h"

using namespace halfopen;
using namespace halfopen::scenario;

namespace {

std::string described(const std::string& step) {
  const std::string text =
      "about = \"A test.\"\n[[attempt]]\nsteps = [" + step + "]\n[expect]\nattempts = 1\n";
  const auto loaded = load_scenario(text, "x.toml");
  for (const Diagnostic& diagnostic : loaded.diagnostics) UNSCOPED_INFO(render(diagnostic, text));
  REQUIRE(loaded.value);
  return describe(loaded.value->attempts.at(0).steps.at(0));
}

}  // namespace

TEST_CASE("every step can describe itself") {
  CHECK(described("{ send = \"hi\\n\" }") == "send \"hi\\n\"");
  CHECK(described("{ send = \"hi\", binary = true }") == "send binary \"hi\"");
  CHECK(described("{ expect = \"hello\", within = \"2s\" }") == "expect \"hello\" within 2s");
  CHECK(described("{ expect = { regex = \"h+\" } }") ==
        "expect a message that matches /h+/ within 5s");
  CHECK(described("{ expect = { json = { type = \"ping\", n = 1 } } }") ==
        "expect a JSON message with {\"type\":\"ping\",\"n\":1} within 5s");
  CHECK(described("{ expect = { any = true } }") == "expect any message within 5s");
  CHECK(described("{ expect_close = 1000 }") == "expect Close 1000 within 5s");
  CHECK(described("{ expect_close = true }") == "expect Close within 5s");
  CHECK(described("{ ping = \"a\" }") == "ping \"a\"");
  CHECK(described("{ ping = \"a\", pong_within = \"2s\" }") == "ping \"a\", pong within 2s");
  CHECK(described("{ wait = \"300ms\" }") == "wait 300ms");
  CHECK(described("{ echo = true }") == "echo every message");
  CHECK(described("{ close = 1001, reason = \"bye\" }") == "close 1001 \"bye\"");
  CHECK(described("{ close = true, finish = false }") ==
        "close with an empty frame, without finishing");
  CHECK(described("{ drop = \"reset\" }") == "drop: reset");
  CHECK(described("{ drop = \"mid-frame\", sent = 3 }") == "drop: mid-frame (sent 3)");
  CHECK(described("{ drop = \"reset\", after = \"3 messages\" }") ==
        "drop: reset, after 3 messages of the client");
  CHECK(described("{ drop = \"reset\", after = \"1 message\", chance = \"30%\" }") ==
        "drop: reset, after 1 message of the client, with a chance of 30%");
  CHECK(described("{ frame = \"masked\", after = \"10KiB\" }") ==
        "frame: masked, after 10KiB from the client");
  CHECK(described("{ close = 1001, after = \"2s\" }") == "close 1001, 2s after the opening");
  CHECK(described("{ drop = \"fin\", in = \"message 3\" }") ==
        "drop: fin, while the client's 3rd message is arriving");
  CHECK(described("{ raw = { hex = \"81 05\" } }") == "send 2 raw bytes: \"\\x81\\x05\"");
  CHECK(described("{ frame = { opcode = 3, rsv = 4 } }") ==
        "send a 0x3 frame, RSV bits 4, payload of 0 bytes");
  CHECK(described("{ link = { loss = \"30%\" } }") == "link: loss 30%");
  CHECK(described("{ tell = \"close\", code = 1000, reason = \"bye\" }") ==
        "tell the client: close 1000 \"bye\"");
  CHECK(described("{ tell = \"send\", text = \"x\", times = 3, size = \"64KiB\" }") ==
        "tell the client: send \"x\", 3 times, 64KiB each");
  CHECK(described("{ read = \"10kB/s\" }") == "read 80kbit/s");
  CHECK(described("{ read = \"nothing\" }") == "read nothing");
  CHECK(described("{ read = \"all\" }") == "read all that comes");
  CHECK(described("{ write = \"bytewise\" }") == "write one byte a segment");
  CHECK(described("{ write = \"all\" }") == "write in whole segments");
}

TEST_CASE("a limit on connections and one on memory can describe themselves") {
  const auto told = [](const std::string& limit) {
    const auto loaded = load_scenario("about = \"A test.\"\n[server]\nconnections = " + limit +
                                          "\n[expect]\nclient = { memory = \"..64MiB\" }\n",
                                      "x.toml");
    REQUIRE(loaded.value);
    return explain(*loaded.value);
  };
  using Catch::Matchers::Contains;
  CHECK_THAT(told("1"),
             Contains("The server holds at most one connection at a time; the SYN of any "
                      "other is answered with RST.\n"));
  CHECK_THAT(told("{ most = 2, then = \"queue\", held = \"3s\" }"),
             Contains("The server holds at most 2 connections at a time; any other waits until "
                      "there is a place for it; a place is free 3s after the end of its "
                      "connection.\n"));
  CHECK_THAT(told("{ most = 2, then = \"reset\" }"),
             Contains("any other is accepted and reset.\n"));
  CHECK_THAT(told("{ most = 2, then = \"503\" }"),
             Contains("the handshake of any other is answered with 503.\n"));
  CHECK_THAT(told("1"), Contains("  - its memory grows by at most 64MiB\n"));
}

TEST_CASE("what is left to chance is told with what happens else") {
  const auto loaded = load_scenario(
      "about = \"A test.\"\n[[attempt]]\nport = { fault = \"closed\", chance = \"30%\" }\n"
      "handshake = { status = 503, chance = \"50%\" }\n[expect]\nattempts = \"1..\"\n",
      "x.toml");
  REQUIRE(loaded.value);
  CHECK(
      explain(*loaded.value)
          .find("Attempt 1: with a chance of 30% port: closed; with a chance of 50% the "
                "handshake: is refused with 503 Service Unavailable; else the connection is "
                "accepted; the handshake is answered correctly, and every message is echoed.\n") !=
      std::string::npos);
}

TEST_CASE("every port can describe itself") {
  const auto told = [](const std::string& port) {
    const auto loaded = load_scenario(
        "about = \"A test.\"\n[[attempt]]\nport = " + port + "\n[expect]\nattempts = 1\n",
        "x.toml");
    REQUIRE(loaded.value);
    const std::string story = explain(*loaded.value);
    const std::size_t begin = story.find("Attempt 1: ") + 11;
    return story.substr(begin, story.find('\n', begin) - begin);
  };
  CHECK(told("\"closed\"") == "the port is closed (every SYN is answered with RST).");
  CHECK(told("\"unreachable\"") == "the host is unreachable (ICMP says so).");
  CHECK(told("{ fault = \"unreachable\", code = \"net\" }") ==
        "the network is unreachable (ICMP says so).");
  CHECK(told("{ fault = \"unreachable\", code = \"prohibited\" }") ==
        "a firewall prohibits the connection (ICMP says so).");
  CHECK(told("{ fault = \"accept-fin\", after = \"1s\" }") ==
        "the connection is accepted and meets the port fault accept-fin (after 1s).");
  CHECK(told("\"listen-queue-full\"") ==
        "the port fault listen-queue-full; then the connection is accepted; the handshake is "
        "answered correctly, and every message is echoed.");
}

TEST_CASE("a scenario can be read aloud") {
  const std::string file = tests::in_tree("tests/scenario/story/story.toml");
  const std::string text = read_file(file);
  const auto loaded = load_scenario(text, "scenarios/story.toml");
  for (const Diagnostic& diagnostic : loaded.diagnostics) UNSCOPED_INFO(render(diagnostic, text));
  REQUIRE(loaded.value);
  CHECK(explain(*loaded.value) == read_file(tests::in_tree("tests/scenario/story/story.txt")));
}

TEST_CASE("a proxy is told of, and what it does to an attempt") {
  const std::string text =
      "about = \"A test.\"\n[server]\nproxy = { credentials = \"user:secret\" }\n"
      "[[attempt]]\nproxy = \"rejects-credentials\"\n"
      "[[attempt]]\nproxy = { fault = \"closes-idle\", after = \"5s\" }\n"
      "[expect]\nattempts = 1\n";
  const auto loaded = load_scenario(text, "x.toml");
  for (const Diagnostic& diagnostic : loaded.diagnostics) UNSCOPED_INFO(render(diagnostic, text));
  REQUIRE(loaded.value);
  const std::string story = explain(*loaded.value);
  for (const char* line :
       {"It is pointed at an HTTP proxy, which wants the credentials \"user:secret\".\n",
        "Attempt 1: the connection is accepted; a proxy on the way has the fault "
        "rejects-credentials; no client gets through.\n",
        "Attempt 2: the connection is accepted; a proxy on the way has the fault closes-idle "
        "(after 5s); the handshake is answered correctly, and every message is echoed.\n"})
    CHECK_THAT(story, Catch::Matchers::Contains(line));
}

TEST_CASE("the subprotocols that are to be offered are told of") {
  const auto told = [](const std::string& protocols) {
    const auto loaded = load_scenario(
        "about = \"A test.\"\n[server]\n" + protocols + "\n[expect]\nattempts = 1\n", "x.toml");
    REQUIRE(loaded.value);
    return explain(*loaded.value);
  };
  CHECK_THAT(told("protocols = [\"a.v1\", \"a.v2\"]"),
             Catch::Matchers::Contains(
                 "server.test/.\nIt is to offer the subprotocols a.v1, a.v2, in this order.\n"));
  CHECK_THAT(told("protocols = [\"a.v1\"]"),
             Catch::Matchers::Contains("server.test/.\nIt is to offer the subprotocol a.v1.\n"));
  CHECK_THAT(told(""), !Catch::Matchers::Contains("subprotocol"));
}

TEST_CASE("what a scenario includes, and what its names stand for, is told") {
  const auto loaded =
      load_files({{"my/story.toml",
                   "about = \"A test.\"\ninclude = \"part.toml\"\n"
                   "[matrix]\ncode = [1000, 1001]\n[variables]\npause = \"1s\"\n"
                   "[[attempt]]\nsteps = [{ wait = \"${pause}\" }, { close = \"${code}\" }]\n"},
                  {"my/part.toml", "[expect]\nattempts = 1\n"}},
                 {{}, {{"pause", "2s"}}});
  INFO(said(loaded));
  REQUIRE(loaded.scenarios.size() == 2);
  CHECK_THAT(explain(loaded.scenarios.at(1)),
             Catch::StartsWith("my/story@code=1001: A test.\n\nIt includes my/part.toml.\n"
                               "${code} is 1001, one of 2.\n"
                               "${pause} is \"2s\", as set from outside.\n\n"));
}

TEST_CASE("every shipped scenario is told whole: each step, each change, each expectation") {
  const auto files = find_scenarios(tests::in_tree("scenarios"));
  REQUIRE(files.size() > 200);
  for (const std::string& file : files) {
    CAPTURE(file);
    const auto loaded = load_scenario(read_file(file), file);
    REQUIRE(loaded.value);
    const std::string told = explain(*loaded.value);
    const auto has = [&told](const std::string& text) {
      return told.find(text) != std::string::npos;
    };
    std::size_t number = 0;
    for (const Attempt& attempt : loaded.value->attempts) {
      number = 0;
      for (const Step& step : attempt.steps)
        CHECK(has("  " + std::to_string(++number) + ". " + describe(step) + "\n"));
    }
    for (const At& at : loaded.value->at) CHECK(has("│ " + format(at.time) + " after the start: "));
    for (const std::string& line : in_words(loaded.value->expect)) CHECK(has("  - " + line + "\n"));
    std::size_t depth = 0;
    for (std::size_t at = 0; at < told.size(); at = told.find('\n', at) + 1) {
      if (told.compare(at, 3, "┌") == 0) ++depth;
      if (told.compare(at, 3, "└") == 0) --depth;
      CHECK(depth < 2);
    }
    CHECK(depth == 0);
  }
}
