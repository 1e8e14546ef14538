// `halfopen doctor` and `--version` of the built program, with more and less of what a machine
// gives.
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cctype>
#include <nlohmann/json.hpp>

#include "support/machine.h"
#include "support/program.h"
#include "support/scratch.h"

using namespace halfopen::e2e;
using Catch::Matchers::Contains;

namespace {

Ended doctor(const Scratch& scratch, const std::vector<std::string>& through,
             std::vector<std::string> more = {}) {
  Start start = readable_by_all(scratch);
  start.through = through;
  start.arguments = {"doctor"};
  start.arguments.insert(start.arguments.end(), more.begin(), more.end());
  return run_program(start);
}

nlohmann::json findings(const Scratch& scratch, const std::vector<std::string>& through) {
  const Ended ended = doctor(scratch, through, {"--json"});
  INFO(ended.whole());
  CHECK(ended.code == 0);
  return nlohmann::json::parse(ended.out);
}

}  // namespace

TEST_CASE("doctor: the packet link is what the machine gives") {
  const Scratch scratch;
  const auto found = findings(scratch, {});
  CHECK(found["packet_link"]["root"] == (::geteuid() == 0));
  CHECK(found["stream_link"]["works"] == true);
  CHECK(found["runs_at_once"].get<int>() >= 1);
  CHECK(found["clients"][0]["name"] == "reference");
  if (!has_packet_link()) return;
  CHECK(found["packet_link"]["works"] == true);
  CHECK(found["packet_link"]["why_not"] == "");
}

TEST_CASE("doctor: it finds the programs that the tests find, and asks them") {
  const Ended ended = run_halfopen({"doctor", "--json"});
  INFO(ended.whole());
  const auto found = nlohmann::json::parse(ended.out);
  for (const auto& program : found["programs"])
    if (program["name"] == "python3") {
      CHECK(program["path"] == python);
      CHECK_THAT(program["version"].get<std::string>(), Contains("Python 3."));
    }
}

TEST_CASE("doctor: an ordinary user is no root, and may have the packet link all the same") {
  const Scratch scratch;
  const auto found = findings(scratch, as_nobody());
  CHECK(found["packet_link"]["root"] == false);
  // Tried, not guessed: it works, or there is a reason and what helps.
  const bool works = found["packet_link"]["works"];
  CHECK(works == found["packet_link"]["why_not"].get<std::string>().empty());
  CHECK(works == found["packet_link"]["remedy"].get<std::string>().empty());
}

TEST_CASE("doctor: where namespaces are forbidden it says by what, and what mends it") {
  const std::vector<std::string> through = without_namespaces();
  if (through.empty()) return;
  const Scratch scratch;
  const Ended ended = doctor(scratch, through);
  INFO(ended.whole());
  CHECK(ended.code == 0);
  CHECK_THAT(ended.out, Contains("✕ packet link") && Contains("make a user namespace") &&
                            Contains("user.max_user_namespaces is 0"));
  CHECK_THAT(ended.out, Contains("→ run as root, or once: sudo sysctl user.max_user_namespaces"));
  CHECK_THAT(ended.out, Contains("✓ stream link") && Contains("Only the stream link works here"));
}

TEST_CASE("doctor: 5 where nothing can run, for want of descriptors") {
  if (sanitized()) return;  // UBSan takes some of them for itself.
  const Scratch scratch;
  const Ended ended = doctor(scratch, {"prlimit", "--nofile=80:80"});
  INFO(ended.whole());
  CHECK(ended.code == 5);
  CHECK_THAT(ended.out, Contains("✕ stream link") && Contains("there are too few descriptors") &&
                            Contains("Nothing can run here."));
}

TEST_CASE("the option --version begins with halfopen's own, and has those of the libraries") {
  const Ended ended = run_halfopen({"--version"});
  CHECK(ended.code == 0);
  CHECK_THAT(ended.out, Catch::StartsWith("halfopen " HALFOPEN_VERSION "\n"));
  for (const std::string library : {"OpenSSL", "libuv", "llhttp", "zlib", "toml++", "nlohmann/json",
                                    "pugixml", "fmt", "CLI11"}) {
    INFO(library << " in " << ended.out);
    const std::size_t at = ended.out.find("\n" + library + " ");
    REQUIRE(at != std::string::npos);
    const std::string version = ended.out.substr(at + library.size() + 2, 3);
    CHECK(version.find('.') != std::string::npos);
    CHECK(std::isdigit(static_cast<unsigned char>(version[0])) != 0);
  }
}
