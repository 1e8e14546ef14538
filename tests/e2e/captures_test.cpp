// Captures of the packet link, as Wireshark's command line sees them, and the TLS secrets that go
// with them.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <filesystem>
#include <map>
#include <sstream>

#include "base/calendar.h"
#include "support/machine.h"
#include "support/outsiders.h"
#include "support/program.h"
#include "support/scratch.h"
#include "support/skip.h"

using namespace halfopen;
using namespace halfopen::e2e;
using Catch::Matchers::Contains;

namespace {

const std::string reference = source_folder + "/clients/reference";
const std::string capture = "story.reference.pcapng";

/// A name that is resolved, TLS, a SYN that is lost, data both ways and a fault.
const std::string story =
    "about = \"The first SYN is lost, and the connection is reset after a few words.\"\n"
    "[server]\ntls = true\n"
    "[link]\ndrop = [\"syn 1\"]\n"
    "[[attempt]]\n"
    "steps = [{ send = \"from the server\" }, { tell = \"send\", text = \"from the client\" },\n"
    "  { expect = \"from the client\" }, { drop = \"reset\" }]\n"
    "[expect]\nattempts = 2\nopens = 2\nsettle = \"100ms\"\nwithin = \"25s\"\n";

/// Whether there is somebody to ask, and something to ask about.
bool can_capture() {
  if (!std::filesystem::exists("/usr/bin/tshark")) {
    tests::skip("tshark is not installed");
    return false;
  }
  return has_packet_link();
}

Ended run(const Scratch& scratch, const std::string& scenario, Start start = {}) {
  scratch.write("story.toml", scenario);
  start.directory = scratch.path();
  start.arguments.insert(start.arguments.begin(), {"run", "story.toml"});
  for (const char* word : {"--pcap-dir", ".", "--trace-dir", "."})
    start.arguments.emplace_back(word);
  Ended ended = run_program(start);
  INFO(ended.whole());
  REQUIRE(ended.in_time);
  return ended;
}

Start with_reference() { return {.arguments = {"--client", reference, "--link", "packet"}}; }

/// What tshark prints, which must have nothing to complain of.
std::string tshark(const Scratch& scratch, std::vector<std::string> arguments,
                   const std::string& file = capture) {
  arguments.insert(arguments.begin(), {"-r", file});
  const Ended ended = run_program({.arguments = std::move(arguments),
                                   .directory = scratch.path(),
                                   .program = "/usr/bin/tshark"});
  INFO(ended.whole());
  REQUIRE(ended.code == 0);
  std::istringstream lines(ended.err);
  for (std::string line; std::getline(lines, line);)
    CHECK((line.empty() || line.starts_with("Running as user")));
  return ended.out;
}

using Rows = std::vector<std::vector<std::string>>;

/// The fields of the packets that pass the filter.
Rows fields(const Scratch& scratch, const std::string& filter,
            const std::vector<std::string>& names, std::vector<std::string> more = {}) {
  std::vector<std::string> arguments{"-Y", filter, "-T", "fields", "-E", "separator=|"};
  for (const std::string& name : names) {
    arguments.emplace_back("-e");
    arguments.push_back(name);
  }
  arguments.insert(arguments.end(), more.begin(), more.end());
  std::istringstream lines(tshark(scratch, arguments));
  Rows rows;
  for (std::string line; std::getline(lines, line);) {
    std::istringstream cells(line);
    std::vector<std::string>& row = rows.emplace_back();
    for (std::string cell; std::getline(cells, cell, '|');) row.push_back(cell);
    row.resize(names.size());
  }
  return rows;
}

/// Seconds since 1970, as a trace's header has them.
double started(const trace::Trace& trace) {
  const std::string& text = trace.header.started;
  const auto seconds = parse_timestamp(text);
  REQUIRE(seconds);
  REQUIRE(text.size() == 27);
  return static_cast<double>(*seconds) + std::stod("0" + text.substr(19, 7));
}

}  // namespace

TEST_CASE("a capture of wss shows frames and their text, without any setting") {
  if (!can_capture()) return;
  const Scratch scratch;
  const Ended ended = run(scratch, story, with_reference());
  INFO(ended.whole());
  CHECK(ended.code == 0);
  const std::string seen = tshark(scratch, {"-Y", "websocket", "-V"});
  CHECK_THAT(seen, Contains("from the server") && Contains("from the client"));
  CHECK_FALSE(fields(scratch, "http.response.code == 101", {"frame.number"}).empty());
  // One side alone, as the README has it.
  tshark(scratch, {"-Y", "frame.interface_name == \"client side\"", "-w", "client.pcapng"});
  const std::string client =
      tshark(scratch, {"-Y", "websocket", "-V"}, scratch.path("client.pcapng"));
  CHECK_THAT(client, Contains("from the server") && Contains("from the client"));
}

TEST_CASE("the option --pcap-dir: packets where they enter the link and where they leave it") {
  if (!can_capture()) return;
  const Scratch scratch;
  const Ended ended = run(scratch, story, with_reference());
  INFO(ended.whole());
  const Rows syns = fields(scratch, "tcp.flags.syn == 1 && tcp.flags.ack == 0",
                           {"tcp.srcport", "frame.interface_name", "frame.comment"});
  REQUIRE(syns.size() >= 6);
  CHECK_THAT(syns[0][2], Contains("client → syn, dropped by rule"));
  std::map<std::string, std::map<std::string, int>> sights;  // by the connection's port
  for (const auto& syn : syns) ++sights[syn[0]][syn[1]];
  CHECK(sights.size() == 2);
  for (auto& [port, seen] : sights) {  // one is lost: it never comes to the server
    CHECK(seen["server side"] >= 1);
    CHECK(seen["client side"] == seen["server side"] + 1);
  }
  const Rows resets = fields(scratch, "tcp.flags.reset == 1", {"frame.interface_name"});
  REQUIRE(resets.size() >= 2);
  CHECK(resets[0][0] == "server side");
  CHECK(resets[1][0] == "client side");
  CHECK(fields(scratch, "_ws.malformed || !ip", {"frame.number"}).empty());
}

TEST_CASE("a capture says what happened beside its packets, and when") {
  if (!can_capture()) return;
  const Scratch scratch;
  const Ended ended = run(scratch, story, with_reference());
  INFO(ended.whole());
  const std::string all =
      tshark(scratch, {"-Y", "frame.comment", "-T", "fields", "-e", "frame.comment"});
  CHECK_THAT(all, Contains("attempt 1: fault reset: Resets") && Contains("client says open") &&
                      Contains("client says close 1006") && Contains("attempt 2: SYN from"));
}

TEST_CASE("the times of a capture are those of the trace, to a millisecond") {
  if (!can_capture()) return;
  const Scratch scratch;
  const Ended ended = run(scratch, story, with_reference());
  INFO(ended.whole());
  const trace::Trace trace = scratch.trace("story.reference.jsonl");
  std::vector<double> traced;  // the client's SYNs
  for (const trace::Event& event : trace.events)
    if (const auto* packet = std::get_if<trace::Packet>(&event.body))
      if (packet->kind == trace::Control::syn && packet->from == trace::Side::client)
        traced.push_back(started(trace) + std::chrono::duration<double>(event.at).count());
  const Rows captured =
      fields(scratch,
             "tcp.flags.syn == 1 && tcp.flags.ack == 0 && frame.interface_name == \"client side\"",
             {"frame.time_epoch"});
  REQUIRE(traced.size() >= 3);
  REQUIRE(captured.size() >= traced.size());
  std::vector<double> apart;
  for (std::size_t i = 0; i < traced.size(); ++i)
    apart.push_back(std::abs(std::stod(captured[i][0]) - traced[i]));
  std::ranges::sort(apart);
  CHECK(apart[apart.size() / 2] < 0.001);  // of one, somebody else may have had the processor
  // … which are those of the wall clock.
  CHECK(std::abs(started(trace) - static_cast<double>(std::time(nullptr))) < 60);
}

TEST_CASE("a capture knows what its addresses are called, and tools read it without a warning") {
  if (!can_capture()) return;
  const Scratch scratch;
  const Ended ended = run(scratch, story, with_reference());
  INFO(ended.whole());
  const Rows hosts = fields(scratch, "tcp.flags.syn == 1 && tcp.flags.ack == 0",
                            {"ip.src_host", "ip.dst_host"}, {"-N", "n"});
  REQUIRE_FALSE(hosts.empty());
  CHECK(hosts[0] == std::vector<std::string>{"client", "server.test"});
  const Ended about = run_program(
      {.arguments = {capture}, .directory = scratch.path(), .program = "/usr/bin/capinfos"});
  INFO(about.whole());
  CHECK(about.code == 0);
  CHECK(about.err.empty());
  CHECK_THAT(about.out, Contains("halfopen ") && Contains("scenario story, client reference") &&
                            Contains("Name = client side") && Contains("Name = server side"));
}

// Its secrets are known only once the first encrypted message has gone by.
TEST_CASE("a capture of TLS 1.2 is decrypted, too, from the first message on") {
  if (!can_capture()) return;
  const Scratch scratch;
  const std::string client =
      "(printf 'GET / HTTP/1.1\\r\\nHost: {host}:{port}\\r\\nUpgrade: websocket\\r\\n"
      "Connection: Upgrade\\r\\nSec-WebSocket-Version: 13\\r\\n"
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\\r\\n\\r\\n'; sleep 20) | "
      "openssl s_client -quiet -tls1_2 -servername {host} -CAfile {ca} -connect {host}:{port}";
  scratch.write("story.toml",
                "about = \"A few words.\"\n[server]\ntls = true\n"
                "[[attempt]]\nsteps = [{ send = \"from the server\" }]\n"
                "[expect]\nattempts = 1\nopens = 1\nsettle = \"100ms\"\nwithin = \"20s\"\n");
  const Ended ended = run_program({.arguments = {"run", "story.toml", "--client", client, "--link",
                                                 "packet", "--pcap-dir", "captures"},
                                   .directory = scratch.path()});
  INFO(ended.whole());
  CHECK(ended.code == 0);
  std::string file;
  for (const auto& entry : std::filesystem::directory_iterator(scratch.path("captures")))
    file = entry.path();
  const std::string seen = tshark(scratch, {"-V"}, file);
  CHECK_THAT(seen, Contains("TLSv1.2") && Contains("Handshake Protocol: Finished") &&
                       Contains("GET / HTTP/1.1") && Contains("from the server"));
}

TEST_CASE("a capture of someone without rights") {
  if (!can_capture()) return;
  const Scratch scratch;
  Start start = readable_by_all(scratch);
  start.through = as_nobody();
  scratch.write("story.toml", story);
  const std::string folder = scratch.path("open");
  std::filesystem::create_directory(folder);
  std::filesystem::permissions(folder, std::filesystem::perms::all);
  start.arguments = {"run",    "story.toml", "--client",   "clients/reference",
                     "--link", "packet",     "--pcap-dir", folder};
  const Ended ended = run_program(start);
  INFO(ended.whole());
  CHECK(ended.code == 0);
  CHECK_THAT(tshark(scratch, {"-Y", "websocket", "-V"}, folder + "/" + capture),
             Contains("from the server"));
}

TEST_CASE("captures that cannot be written are told of, and end no run") {
  if (!can_capture()) return;
  const Scratch scratch;
  Start start = with_reference();
  start.through = {"/bin/sh", "-c", "ulimit -f 8; exec \"$@\"", "sh"};
  scratch.write("story.toml", story);
  start.directory = scratch.path();
  start.arguments.insert(start.arguments.begin(), {"run", "story.toml"});
  for (const char* word : {"--pcap-dir", "."}) start.arguments.emplace_back(word);
  const Ended ended = run_program(start);
  INFO(ended.whole());
  CHECK(ended.code == 5);
  CHECK_THAT(ended.out, Contains("✓ pass"));
  CHECK_THAT(ended.err, Contains("write `./story.reference.pcapng`: File too large"));
  CHECK_FALSE(std::filesystem::exists(scratch.path(capture)));
}

TEST_CASE("on the stream link there is nothing to capture, and halfopen says so") {
  const Scratch scratch;
  scratch.write("quick.toml", quick_scenario);
  Start start;
  start.directory = scratch.path();
  start.arguments = {"run",    "quick.toml", "--client",   reference,
                     "--link", "stream",     "--pcap-dir", "captures"};
  const Ended refused = run_program(start);
  INFO(refused.whole());
  CHECK(refused.code == 2);
  CHECK_THAT(refused.err, Contains("--pcap-dir") && Contains("take --link packet"));
  CHECK_FALSE(std::filesystem::exists(scratch.path("captures")));
}

TEST_CASE("where only the stream link works, captures are missed, and the runs go on") {
  const Scratch scratch;
  Start start = readable_by_all(scratch);
  start.through = without_namespaces();
  if (start.through.empty()) return;
  const std::string folder = scratch.path("open");
  std::filesystem::create_directory(folder);
  std::filesystem::permissions(folder, std::filesystem::perms::all);
  start.arguments = {"run",        scratch.write("quick.toml", quick_scenario),
                     "--client",   "clients/reference",
                     "--pcap-dir", folder};
  const Ended ended = run_program(start);
  INFO(ended.whole());
  CHECK(ended.code == 0);
  CHECK_THAT(ended.err, Contains("--pcap-dir: no captures are written: the stream link moves no "
                                 "packets (auto: no packet link here"));
  CHECK(std::filesystem::is_empty(folder));
}

TEST_CASE("SSLKEYLOGFILE is added to, on both links") {
  const bool packets = GENERATE(false, true);
  if (packets && !has_packet_link()) return;
  const Scratch scratch;
  std::string text = story;
  if (!packets) text.erase(text.find("[link]"), text.find("[[attempt]]") - text.find("[link]"));
  Start start;
  start.directory = scratch.path();
  scratch.write("story.toml", text);
  scratch.write("keys", "# what was there\n");
  start.environment = {{"SSLKEYLOGFILE", scratch.path("keys")}};
  start.arguments = {"run",     "story.toml", "--client",
                     reference, "--link",     packets ? "packet" : "stream"};
  const Ended ended = run_program(start);
  INFO(ended.whole());
  CHECK(ended.code == 0);
  const std::string keys = scratch.read("keys");
  INFO(keys);
  CHECK(keys.starts_with("# what was there\n"));
  std::map<std::string, int> labels;
  std::istringstream lines(keys);
  for (std::string line; std::getline(lines, line);) ++labels[line.substr(0, line.find(' '))];
  CHECK(labels["CLIENT_TRAFFIC_SECRET_0"] == 2);  // one for each connection
  CHECK(labels["SERVER_TRAFFIC_SECRET_0"] == 2);
}

TEST_CASE("a SSLKEYLOGFILE that cannot be written is told of, and ends no run") {
  const Scratch scratch;
  Start start;
  start.environment = {{"SSLKEYLOGFILE", scratch.path("no/such/keys")}};
  start.arguments = {"run",      scratch.write("quick.toml", quick_scenario),
                     "--client", reference,
                     "--link",   "stream"};
  const Ended ended = run_program(start);
  INFO(ended.whole());
  CHECK(ended.code == 0);
  CHECK_THAT(ended.err, Contains("no/such/keys` (SSLKEYLOGFILE): No such file or directory"));
}
