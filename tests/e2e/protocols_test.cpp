// Subprotocols on their way from the scenario to the client and from there to the server.
#include <catch2/catch.hpp>

#include "support/program.h"
#include "support/scratch.h"

using namespace halfopen::e2e;
using Catch::Matchers::Contains;

namespace {

const std::string reference = program_file + "-reference";

/// The server chooses the second of two.
std::string story(const std::string& expectations) {
  return "about = \"Two subprotocols.\"\n"
         "[server]\nprotocols = [\"chat.v1\", \"chat.v2\"]\n"
         "[[attempt]]\nhandshake = { protocol = \"chat.v2\" }\n"
         "[expect]\nsettle = \"100ms\"\nwithin = \"10s\"\n" +
         expectations;
}

const std::string offered =
    story("opens = 1\nrequest = { protocols = [\"chat.v1\", \"chat.v2\"] }\n");

Ended run(const Scratch& scratch, const std::string& scenario, const std::string& client) {
  return run_halfopen(
      {"run", scratch.write("story.toml", scenario), "--client", client, "--link", "stream"});
}

/// A command of which it is said that it offers subprotocols.
Ended run_able(const Scratch& scratch, const std::string& scenario, const std::string& command) {
  return run_halfopen({"run", scratch.write("story.toml", scenario), "--client", command, "--link",
                       "stream", "--can", "protocols"});
}

std::string client_toml(const Scratch& scratch, const std::string& more) {
  return scratch.write("client.toml", "name = \"mine\"\nabout = \"A test.\"\ncommand = [\"" +
                                          reference + "\", \"{url}\"]\n" + more);
}

}  // namespace

TEST_CASE("a command finds the subprotocols in its environment, or among its arguments") {
  const Scratch scratch;
  const std::string way =
      GENERATE(as<std::string>(), reference + " {url}",
               "unset HALFOPEN_PROTOCOLS; " + reference + " {url} --protocols {protocols}");
  const Ended ended = run_able(scratch, offered, way);
  INFO(ended.whole());
  CHECK(ended.code == 0);
  CHECK_THAT(ended.out, Contains("✓ pass"));
}

TEST_CASE("a command that offers none, or others, is seen") {
  const Scratch scratch;
  const std::string way =
      GENERATE(as<std::string>(), "unset HALFOPEN_PROTOCOLS; " + reference + " {url}",
               reference + " {url} --protocols chat.v2,chat.v1");
  const Ended ended = run_able(scratch, offered, way);
  INFO(ended.whole());
  CHECK(ended.code == 1);
  CHECK_THAT(ended.out, Contains("Sec-WebSocket-Protocol") || Contains("protocols"));
}

TEST_CASE("an adapter that does not say that it offers subprotocols cannot play") {
  const Scratch scratch;
  const Ended silent = run(scratch, offered, client_toml(scratch, "can = [\"reports\"]\n"));
  INFO(silent.whole());
  CHECK(silent.code == 4);
  CHECK_THAT(silent.out,
             Contains("? unsupported") && Contains("protocols") && Contains("client.toml"));
  const Ended able =
      run(scratch, offered, client_toml(scratch, "can = [\"reports\", \"protocols\"]\n"));
  INFO(able.whole());
  CHECK(able.code == 0);
  CHECK_THAT(able.out, Contains("✓ pass"));
}

TEST_CASE("a page has the subprotocols filled in") {
  const Scratch scratch;
  const std::string scenario =
      story("attempts = 0\nclient = { exit = 0, output = \"^offers chat.v1,chat.v2$\" }\n") +
      "[page]\nhtml = \"offers {protocols}\\n\"\n";
  const std::string client = scratch.write(
      "client.toml",
      "name = \"mine\"\nabout = \"A test.\"\ncan = [\"page\", \"protocols\"]\ncommand = [\"" +
          python +
          "\", \"-c\", \"import sys, urllib.request as r; "
          "print(r.urlopen(sys.argv[1]).read().decode())\", \"{page}\"]\n");
  const Ended ended =
      run_halfopen({"run", scratch.write("story.toml", scenario), "--client", client});
  INFO(ended.whole());
  CHECK(ended.code == 0);
  CHECK_THAT(ended.out, Contains("✓ pass"));
}
