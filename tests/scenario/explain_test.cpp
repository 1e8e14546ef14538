// A scenario told in plain words.
#include <catch2/catch.hpp>
#include <string>

#include "scenario/files.h"
#include "scenario/loader.h"
#include "support/places.h"

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
        "expect a JSON message with n = 1, type = \"ping\" within 5s");
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
  CHECK(described("{ raw = { hex = \"81 05\" } }") == "send 2 raw bytes: \"\\x81\\x05\"");
  CHECK(described("{ frame = { opcode = 3, rsv = 4 } }") ==
        "send a 0x3 frame, RSV bits 4, payload of 0 bytes");
  CHECK(described("{ link = { loss = \"30%\" } }") == "link: loss 30%");
  CHECK(described("{ tell = \"close\", code = 1000, reason = \"bye\" }") ==
        "tell the client: close 1000 \"bye\"");
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
