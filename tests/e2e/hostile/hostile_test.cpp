// Clients that mean harm or are as broken as can be: halfopen ends in time with a verdict, and does
// not grow.
#include <sys/resource.h>

#include <catch2/catch.hpp>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "support/machine.h"
#include "support/program.h"
#include "support/scratch.h"
#include "support/skip.h"

using namespace halfopen::e2e;
using Catch::Matchers::Contains;

namespace {

constexpr long most_kib = 300L * 1024;

const std::string connects_once =
    "about = \"A client is asked for nothing but to connect once.\"\n"
    "[expect]\n"
    "attempts = 1\n"
    "opens = 1\n"
    "settle = \"2s\"\n"
    "within = \"12s\"\n";

/// Until the client has said all that it has to say, however long that takes.
const std::string heard_out =
    "about = \"A client is heard to its end.\"\n"
    "[expect]\n"
    "attempts = 1\n"
    "opens = 1\n"
    "client = { exit = 0 }\n"
    "within = \"100s\"\n";

/// The same of one that connects as often as it likes.
const std::string often_heard_out =
    "about = \"A client that connects often is heard to its end.\"\n"
    "[expect]\n"
    "attempts = \"1..\"\n"
    "client = { exit = 0 }\n"
    "waive = [\"fresh-key\", \"one-connecting\", \"one-connection\", \"no-hot-loop\"]\n"
    "within = \"100s\"\n";

/// What a client does, and what becomes of the run. "any": a verdict, whichever.
struct Trick {
  std::string name;
  std::string outcome;
  std::string failure{};  ///< Part of what the failure says.
};

/// All of them at once, each against a fake server of its own.
nlohmann::json play(const std::vector<Trick>& tricks, const std::string& link,
                    const std::string& scenario = connects_once,
                    const std::vector<std::string>& through = {}) {
  const Scratch scratch;
  Start start;
  start.through = through;
  start.arguments = {"run",    scratch.write("hostile.toml", scenario),
                     "--link", link,
                     "--json", scratch.path("report.json")};
  for (const Trick& trick : tricks) {
    start.arguments.emplace_back("--client");
    start.arguments.push_back(helper("hostile.py " + trick.name));
  }
  const Ended ended = run_program(start, std::chrono::seconds(120));
  INFO(ended.whole());
  CHECK(ended.in_time);
  CHECK((ended.code == 0 || ended.code == 1));
  if (!sanitized()) CHECK(ended.peak_kib < most_kib);
  return scratch.json("report.json")["runs"];
}

/// A failure for want of time may be undecided on a busy machine, never a pass.
void check(const nlohmann::json& run, const Trick& trick) {
  INFO(trick.name << ": " << run.dump(2));
  const std::string outcome = run["outcome"];
  CHECK(outcome != "error");
  if (outcome == "inconclusive" || trick.outcome == "any") return;
  CHECK(outcome == trick.outcome);
  CHECK_THAT(run["failures"].dump(), Contains(trick.failure));
}

void play_and_check(const std::vector<Trick>& tricks, const std::string& scenario = connects_once) {
  const std::string link = GENERATE("packet", "stream");
  INFO(link);
  if (link == "packet" && !has_packet_link()) return;
  const nlohmann::json runs = play(tricks, link, scenario);
  REQUIRE(runs.size() == tricks.size());
  for (std::size_t i = 0; i < tricks.size(); ++i) check(runs[i], tricks[i]);
}

/// Starts the program with these limits of open files.
std::vector<std::string> with_file_limit(rlim_t soft, rlim_t hard) {
  return {"prlimit", "--nofile=" + std::to_string(soft) + ":" + std::to_string(hard)};
}

}  // namespace

TEST_CASE("opening handshakes that never come to an end, or are none") {
  play_and_check({
      {"no-newline", "fail", "valid-handshake-request"},
      {"endless-header", "fail", "the head is longer than 65536 bytes"},
      {"endless-header-value", "fail", "the head is longer than 65536 bytes"},
      {"drip", "fail", "no open"},
      {"random-bytes", "fail", "valid-handshake-request"},
      {"says-nothing", "fail", "no open"},
      {"half-closed", "fail", "no open"},
      {"half-closed-after-request", "any"},
      {"body", "fail"},
      {"chatter-before-answer", "any"},
  });
}

TEST_CASE("frames that lie about their length, never end, or are none") {
  play_and_check({
      {"top-bit-length", "fail", "top bit"},
      {"huge-message", "pass"},
      {"endless-fragments", "any"},
      {"empty-fragments", "any"},
      {"frame-drip", "pass"},
      {"random-frames", "fail", "invariant"},
      {"bad-utf8", "fail", "not UTF-8"},
  });
}

TEST_CASE("answers that nobody reads are not heaped up") {
  play_and_check({{"frames-unread", "pass"}, {"pings-unread", "pass"}});
}

TEST_CASE("a single client cannot make halfopen hold more than so much") {
  SECTION("however often it connects") {
    const Trick trick =
        GENERATE(Trick{"many-unread", "fail", "attempts"}, Trick{"many-half-requests", "fail"},
                 Trick{"many-compressed", "fail", "attempts"});
    play_and_check({trick});
  }
  SECTION("and what was too much is its failure") {
    const Trick trick =
        GENERATE(Trick{"many-unfinished", "fail", "no-flood"},
                 Trick{"fat-headers", "fail", "no-flood"}, Trick{"many-floods", "any"});
    play_and_check({trick}, often_heard_out);
  }
}

TEST_CASE("what thousands of connections needed once is not kept for all of them") {
  const Trick trick = GENERATE(Trick{"many-echoes", "fail", "attempts"},
                               Trick{"many-echoes-in-tls", "fail", "attempts"},
                               Trick{"many-half-requests-in-tls", "fail", "attempts"});
  const bool tls = trick.name.ends_with("tls");
  play_and_check({trick}, heard_out + (tls ? "[server]\ntls = true\n" : ""));
}

TEST_CASE("a million pings are answered, and what comes behind them is heard") {
  const std::string link = GENERATE("packet", "stream");
  if (link == "packet" && !has_packet_link()) return;
  const Scratch scratch;
  Start start;
  start.arguments = {"run",
                     scratch.write("pings.toml",
                                   "about = \"A message behind a million pings.\"\n"
                                   "[[attempt]]\n"
                                   "steps = [{ expect = \"done\", within = \"2m\" }]\n"
                                   "[expect]\n"
                                   "attempts = 1\n"
                                   "settle = \"0s\"\n"
                                   "within = \"2m\"\n"),
                     "--client",
                     helper("hostile.py pings"),
                     "--link",
                     link};
  const Ended ended = run_program(start, std::chrono::seconds(120));
  INFO(ended.whole());
  CHECK(ended.code == 0);
  if (!sanitized()) CHECK(ended.peak_kib < most_kib);
}

TEST_CASE("output without end, without newlines, without sense") {
  play_and_check({{"much-output", "fail", "no-flood"},
                  {"many-reports", "fail", "no-flood"},
                  {"many-event-names", "fail", "no-flood"},
                  {"fat-reports", "fail", "no-flood"},
                  {"flood-and-unmasked", "fail", "masked-frames"}},
                 heard_out);
  play_and_check({
      {"long-line", "pass"},
      {"endless-output", "any"},
      {"bad-reports", "pass"},
  });
}

TEST_CASE("clients that leave, crash, or will not go") {
  play_and_check({
      {"exits-at-once", "fail", "no attempt"},
      {"dies-of-a-signal", "fail", "SIGSEGV"},
      {"ignores-sigterm", "pass"},
      {"stops-itself", "pass"},
      {"closes-its-pipes", "pass"},
  });
}

TEST_CASE("two thousand connections at once, and reconnecting without a pause") {
  play_and_check({{"connections", "fail", "attempts"}, {"reconnects", "any"}});
}

TEST_CASE("more connections than there are descriptors") {
  // The sanitizer looks at memory through a pipe, and takes what it cannot see for no object.
  if (sanitized()) return;
  const std::string link = GENERATE("packet", "stream");
  if (link == "packet" && !has_packet_link()) return;
  const nlohmann::json runs =
      play({{"connections", "fail"}}, link, connects_once, with_file_limit(256, 256));
  INFO(runs.dump(2));
  CHECK((runs[0]["outcome"] == "fail" || runs[0]["outcome"] == "inconclusive"));
}

TEST_CASE("a low soft limit of descriptors is raised as far as it may be") {
  rlimit limit{};
  ::getrlimit(RLIMIT_NOFILE, &limit);
  if (limit.rlim_max < 8192)
    return halfopen::tests::skip("no more than " + std::to_string(limit.rlim_max) + " descriptors");
  const nlohmann::json runs = play({{"connections", "fail", "attempts"}}, "stream", connects_once,
                                   with_file_limit(256, limit.rlim_max));
  INFO(runs.dump().substr(0, 4000));
  CHECK(runs[0]["outcome"] == "fail");
  CHECK(runs[0]["attempts"].size() > 300);
}

TEST_CASE("telling a client that does not read, or is deaf, does no harm") {
  const std::string client = GENERATE("hostile.py closes-its-pipes", "hostile.py reads-no-input");
  const Scratch scratch;
  std::string tells;
  for (int i = 1; i <= 100; ++i)
    tells += "[[at]]\ntime = \"" + std::to_string(i * 10) + "ms\"\ntell = \"send\"\ntext = \"" +
             std::string(4000, 'x') + "\"\n";
  scratch.write("client.toml",
                "name = \"deaf\"\n"
                "about = \"Obeys, it says.\"\n"
                "command = [\"/bin/sh\", \"-c\", \"exec " +
                    helper(client) +
                    "\"]\n"
                    "can = [\"send\"]\n");
  scratch.write("tell.toml", "about = \"A hundred commands of 4 kB.\"\n" + tells +
                                 "[expect]\n"
                                 "attempts = 1\n"
                                 "within = \"20s\"\n");
  Start start;
  start.directory = scratch.path();
  start.arguments = {"run", "tell.toml", "--client", "client.toml", "--link", "stream"};
  const Ended ended = run_program(start);
  INFO(ended.whole());
  CHECK(ended.code == 0);
  CHECK_THAT(ended.out, Contains("the client does not read its input"));
}

TEST_CASE(
    "where there are too few descriptors for a run, that is an error, and what helps is said") {
  const std::string link = GENERATE("packet", "stream");
  const Scratch scratch;
  Start start;
  start.through = with_file_limit(64, 64);
  start.arguments = {"run",      scratch.write("quick.toml", quick_scenario), "--link", link,
                     "--client", source_folder + "/clients/reference"};
  const Ended ended = run_program(start);
  INFO(ended.whole());
  CHECK(ended.in_time);
  CHECK(ended.code == 3);
  CHECK_THAT(ended.out, Contains("! error") && Contains("ulimit"));
}

TEST_CASE("no more runs go on at once than there are descriptors for") {
  const std::string link = GENERATE("packet", "stream");
  if (link == "packet" && !has_packet_link()) return;
  const Scratch scratch;
  Start start;
  start.through = with_file_limit(128, 128);
  start.arguments = {
      "run",    scratch.write("quick.toml", quick_scenario), "--jobs", "500", "--link", link,
      "--quiet"};
  for (int i = 0; i < 8; ++i) {
    start.arguments.emplace_back("--client");
    start.arguments.push_back(source_folder + "/clients/reference");
  }
  const Ended ended = run_program(start);
  INFO(ended.whole());
  CHECK(ended.in_time);
  CHECK(ended.code == 0);
  CHECK_THAT(ended.out, Contains("8 runs: 8 pass"));
}

TEST_CASE("a client that stops the process above it does not keep halfopen from ending") {
  const std::string link = GENERATE("packet", "stream");
  if (link == "packet" && !has_packet_link()) return;
  const Scratch scratch;
  const std::string ready = scratch.path("ready");
  Start start;
  start.arguments = {"run",      scratch.write("hostile.toml", connects_once),
                     "--client", "trap '' TERM; kill -STOP $PPID; touch " + ready + "; sleep 1000",
                     "--link",   link};
  Program program(start);
  REQUIRE(eventually([&] { return std::ifstream(ready).good(); }));
  program.signal(SIGTERM);
  const Ended ended = program.wait(std::chrono::seconds(30));
  INFO(ended.whole());
  CHECK(ended.in_time);
  CHECK(ended.code == 5);
}

TEST_CASE("a client that stops the broker, where it can, keeps no run from ending") {
  const std::string asks_for_memory =
      "about = \"The broker is asked when the run ends.\"\n"
      "[expect]\n"
      "attempts = 1\n"
      "client = { memory = \"..100MiB\" }\n"
      "settle = \"1s\"\n"
      "within = \"12s\"\n";
  play_and_check({{"stops-the-broker", "pass"}, {"stops-the-broker", "pass"}}, asks_for_memory);
}

TEST_CASE("where its descriptors are taken away from halfopen, it ends and leaves nothing behind") {
  // UBSan opens a pipe to see whether memory is there, and without one takes every object for none.
  if (sanitized()) return;
  const std::string link = GENERATE("packet", "stream");
  if (link == "packet" && !has_packet_link()) return;
  const Scratch scratch;
  const std::string ready = scratch.path("ready");
  const std::string temporary = scratch.path("tmp");
  std::filesystem::create_directory(temporary);
  Start start;
  start.environment = {{"TMPDIR", temporary}};
  start.arguments = {"run",      scratch.write("hostile.toml", connects_once),
                     "--client", "touch " + ready + "; sleep 1000",
                     "--link",   link};
  Program program(start);
  REQUIRE(eventually([&] { return std::ifstream(ready).good(); }));
  const rlimit none{0, 0};
  REQUIRE(::prlimit(program.id(), RLIMIT_NOFILE, &none, nullptr) == 0);
  program.signal(SIGTERM);
  const Ended ended = program.wait(std::chrono::seconds(30));
  INFO(ended.whole());
  CHECK(ended.in_time);
  CHECK(std::filesystem::is_empty(temporary));
}

TEST_CASE("a client that takes the room for files away from halfopen does not end it in silence") {
  const Scratch scratch;
  Start start;
  start.arguments = {"run",      scratch.write("quick.toml", quick_scenario),
                     "--link",   "stream",
                     "--json",   scratch.path("report.json"),
                     "--client", helper("hostile.py limits-halfopen fsize 1")};
  const Ended ended = run_program(start);
  INFO(ended.whole());
  CHECK(ended.in_time);
  CHECK(ended.code == 5);
  CHECK_FALSE(std::ifstream(scratch.path("report.json")).good());
}

TEST_CASE("a client that kills the helper above it makes an error of its run, and of no other") {
  const Scratch scratch;
  Start start;
  start.arguments = {"run",      scratch.write("hostile.toml", connects_once),
                     "--link",   "stream",
                     "--json",   scratch.path("report.json"),
                     "--client", helper("hostile.py kills-its-init"),
                     "--client", source_folder + "/clients/reference"};
  const Ended ended = run_program(start);
  INFO(ended.whole());
  CHECK(ended.code == 5);
  const nlohmann::json runs = scratch.json("report.json")["runs"];
  CHECK(runs[0]["outcome"] == "error");
  CHECK(runs[1]["outcome"] == "pass");
}

TEST_CASE("a client that takes halfopen's processor time away: its reports are written") {
  const Scratch scratch;
  Start start;
  start.arguments = {"run",      scratch.write("hostile.toml", heard_out),
                     "--link",   "stream",
                     "--json",   scratch.path("report.json"),
                     "--client", helper("hostile.py limits-halfopen cpu 1")};
  const Ended ended = run_program(start);
  INFO(ended.whole());
  CHECK(ended.in_time);
  CHECK(ended.code == 5);
  CHECK(scratch.json("report.json")["runs"][0]["outcome"] != "pass");
}

TEST_CASE("with --clean-env a client sees no secret, and what it needs") {
  const Scratch scratch;
  const bool clean = GENERATE(true, false);
  Start start;
  start.environment = {{"CI_SECRET", "hidden"}, {"LC_ALL", "C.UTF-8"}, {"NODE_PATH", "/n"}};
  start.arguments = {"run",      scratch.write("quick.toml", quick_scenario),
                     "--client", "env > " + scratch.path("env"),
                     "--link",   "stream"};
  if (clean) start.arguments.emplace_back("--clean-env");
  run_program(start);
  const std::string seen = scratch.read("env");
  INFO(seen);
  CHECK((seen.find("CI_SECRET") == std::string::npos) == clean);
  for (const char* name :
       {"PATH=", "HALFOPEN_URL=ws://", "SSL_CERT_FILE=", "TMPDIR=", "LC_ALL=", "NODE_PATH=/n"})
    CHECK_THAT(seen, Contains(name));
}
