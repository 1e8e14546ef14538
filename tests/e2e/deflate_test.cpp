// Compression with real libraries at the other end: large and small messages, both ways.
#include <catch2/catch.hpp>

#include "support/program.h"
#include "support/scratch.h"

using namespace halfopen::e2e;

namespace {

std::string in_quotes(const std::string& text) { return "\"" + text + "\""; }

/// Text in which nothing repeats itself for long, and nothing needs to be escaped; as much as a
/// pipe holds with what stands around it in a command.
std::string large_text() {
  std::string text;
  constexpr std::size_t size = 60'000;
  for (unsigned i = 0; text.size() < size; ++i)
    text += std::to_string(i * 2654435761U % 1'000'003U) + " ";
  return text.substr(0, size);
}

/// The client sends the text, and hears it again.
std::string both_ways(const std::string& text) {
  return "{ tell = \"send\", text = " + in_quotes(text) + " }, { expect = " + in_quotes(text) +
         " }, { send = " + in_quotes(text) + " },\n";
}

std::string conversation() {
  std::string steps = both_ways(large_text()) + both_ways(large_text());
  steps += "{ send = " + in_quotes(large_text() + large_text()) + " },\n";
  for (int i = 0; i < 50; ++i) steps += both_ways("small message " + std::to_string(i));
  return "about = \"A long conversation.\"\n[server]\ndeflate = \"required\"\n[[attempt]]\n"
         "steps = [\n" +
         steps +
         "{ ping = \"still there?\", pong_within = \"10s\" },\n]\n[expect]\nattempts = 1\n"
         "opens = 1\nwithin = \"40s\"\nclient = { message = { text = \"^0 |^small message\", count "
         "= 53 } }\n";
}

}  // namespace

TEST_CASE("large and many small messages go both ways, compressed") {
  const Scratch scratch;
  const std::string scenario = scratch.write("conversation.toml", conversation());
  for (const char* client : {"reference", "ws", "websockets"}) {
    CAPTURE(client);
    const Ended ended = run_halfopen(
        {"run", scenario, "--client", std::string("clients/") + client, "--link", "stream"});
    INFO(ended.whole());
    CHECK(ended.code == 0);
  }
}

TEST_CASE("a client without compression cannot play a scenario about it") {
  const Ended ended =
      run_halfopen({"run", "scenarios/deflate/cut.toml", "--client", "clients/reference@literal",
                    "--link", "stream", "--require-all"});
  INFO(ended.whole());
  CHECK(ended.code == 4);
  CHECK(ended.whole().find("the client does not offer permessage-deflate") != std::string::npos);
}
