// Without rights: what can run runs, the rest is `unsupported` and says what would mend it.
#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "support/machine.h"
#include "support/program.h"
#include "support/scratch.h"
#include "support/skip.h"

using namespace halfopen::e2e;
using Catch::Matchers::Contains;

namespace {

const std::string one_connection =
    "about = \"A client is asked for nothing but to connect once.\"\n"
    "[expect]\n"
    "attempts = 1\n"
    "settle = \"1s\"\n"
    "within = \"12s\"\n";

Ended run_with(const Scratch& scratch, const std::vector<std::string>& through,
               std::vector<std::string> arguments) {
  Start start = readable_by_all(scratch);
  start.through = through;
  start.arguments = std::move(arguments);
  return run_program(start);
}

}  // namespace

TEST_CASE("an ordinary user has real packets, by user namespaces") {
  const Scratch scratch;
  const Ended ended = run_with(scratch, as_nobody(),
                               {"run", "drops/reset", "blocked-port/closed", "packet-loss/lost-syn",
                                "--client", "clients/reference", "--json", "report.json"});
  INFO(ended.whole());
  CHECK(ended.code == 0);
  const auto report = scratch.json("report.json");
  if (report["runs"][0]["link"] == "stream") {
    return halfopen::tests::skip("an ordinary user has no packet link here: " +
                                 report["runs"][0]["machine"].get<std::string>());
  }
  for (const auto& run : report["runs"]) {
    CHECK(run["link"] == "packet");
    CHECK_THAT(run["machine"].get<std::string>(), Contains("user namespaces"));
    CHECK(run["outcome"] == "pass");
  }
}

TEST_CASE("an ordinary user's client can lose its carrier and its address") {
  const Scratch scratch;
  const Ended ended = run_with(scratch, as_nobody(),
                               {"run", "offline/no-carrier", "network/readdress", "--client",
                                "clients/reference", "--json", "report.json"});
  INFO(ended.whole());
  CHECK(ended.code == 0);
  const auto report = scratch.json("report.json");
  for (const auto& run : report["runs"])
    CHECK(run["outcome"] == (run["link"] == "stream" ? "unsupported" : "pass"));
}

TEST_CASE("a server's limits and its slowness need no privilege") {
  const Scratch scratch;
  const Ended ended =
      run_with(scratch, as_nobody(),
               {"run", "limits/queue", "limits/unavailable", "limits/refused", "slow-peer/bytewise",
                "slow-peer/slow-reader", "--client", "clients/reference", "--link", "stream"});
  INFO(ended.whole());
  CHECK(ended.code == 0);
  CHECK_THAT(ended.out, Contains("4 pass, 1 unsupported"));
  CHECK_THAT(ended.out, Contains("a closed port"));
}

TEST_CASE("a client that is the same user can trace none of halfopen's processes") {
  const Scratch scratch;
  for (const std::string name : {"hostile.py", "wire.py"}) {
    std::ifstream file(source_folder + "/tests/e2e/clients/" + name);
    scratch.write(name, {std::istreambuf_iterator<char>(file), {}});
  }
  const Ended ended = run_with(scratch, as_nobody(),
                               {"run", scratch.write("quick.toml", one_connection), "--client",
                                python + " hostile.py traces-halfopen", "--link", "stream"});
  INFO(ended.whole());
  CHECK(ended.code == 0);
  CHECK_THAT(ended.out, Contains("taken: \n"));
}

TEST_CASE("an ordinary user can do with the stream link") {
  const Scratch scratch;
  const Ended ended = run_with(scratch, as_nobody(),
                               {"run", "drops/reset", "drops/half-open", "--client",
                                "clients/reference", "--link", "stream", "--require-all"});
  INFO(ended.whole());
  CHECK(ended.code == 4);
  CHECK_THAT(ended.out, Contains("1 pass, 1 unsupported"));
}

TEST_CASE("where namespaces are forbidden, the stream link plays what it can") {
  const std::vector<std::string> through = without_namespaces();
  if (through.empty()) return;
  const Scratch scratch;
  const Ended ended = run_with(scratch, through,
                               {"run", "drops/reset", "blocked-port/filtered",
                                "packet-loss/lost-syn", "--client", "clients/reference"});
  INFO(ended.whole());
  CHECK(ended.code == 0);
  CHECK_THAT(ended.out, Contains("1 pass, 2 unsupported"));
  CHECK_THAT(ended.out, Contains("run as root"));
}

TEST_CASE("where namespaces are forbidden, one run says why it is unsupported and what helps") {
  const std::vector<std::string> through = without_namespaces();
  if (through.empty()) return;
  const Scratch scratch;
  const std::string link = GENERATE("auto", "packet");
  const Ended ended = run_with(scratch, through,
                               {"run", "packet-loss/lost-syn", "--client", "clients/reference",
                                "--link", link, "--require-all"});
  INFO(ended.whole());
  CHECK(ended.code == 4);
  CHECK_THAT(ended.out, Contains("? unsupported") && Contains("run as root"));
  CHECK_THAT(ended.out, Contains("user namespace"));
}
