// What the faults of the port are to programs that are not halfopen: curl and Python name what
// happened to them by the errors of the system that they run on.
#include <catch2/catch.hpp>

#include "support/machine.h"
#include "support/program.h"
#include "support/scratch.h"

using namespace halfopen::e2e;

namespace {

struct Row {
  const char* port;    ///< The fault, in TOML.
  const char* python;  ///< What tests/e2e/clients/outsider.py prints.
  int curl = 0;        ///< curl's exit code.
  bool ipv6 = false;
  bool network = true;  ///< Only the packet link can do it.
};

// curl: 1 unsupported protocol (an answer that is no HTTP), 7 no connection, 28 timeout, 52 empty
// reply, 56 failure to receive.
const std::vector<Row> rows{
    {"\"closed\"", "connect ECONNREFUSED", 7},
    {"\"closed\"", "connect ECONNREFUSED", 7, true},
    {"\"filtered\"", "connect timeout", 28},
    {"\"unreachable\"", "connect EHOSTUNREACH", 7},
    {"\"unreachable\"", "connect EHOSTUNREACH", 7, true},
    {R"({ fault = "unreachable", code = "net" })", "connect ENETUNREACH", 7},
    {R"({ fault = "unreachable", code = "net" })", "connect ENETUNREACH", 7, true},
    {R"({ fault = "unreachable", code = "port" })", "connect ECONNREFUSED", 7},
    {R"({ fault = "unreachable", code = "port" })", "connect ECONNREFUSED", 7, true},
    {R"({ fault = "unreachable", code = "prohibited" })", "connect EHOSTUNREACH", 7},
    {R"({ fault = "unreachable", code = "prohibited" })", "connect EACCES", 7, true},
    {R"({ fault = "listen-queue-full", syns = 1 })", "read HTTP/1.1 426 Upgrade Required", 0},
    {R"({ fault = "accept-reset", bytes = 1 })", "read ECONNRESET", 56, false, false},
    {R"({ fault = "accept-fin", bytes = 1 })", "read nothing", 52, false, false},
    {"\"accept-silent\"", "read timeout", 28, false, false},
    {"\"banner\"", "read SSH-2.0-OpenSSH_9.2p1", 1, false, false},
};

std::string scenario_of(const Row& row, const std::string& expected) {
  return "about = \"A port.\"\n[server]\naddresses = \"" + std::string(row.ipv6 ? "ipv6" : "ipv4") +
         "\"\n[[attempt]]\nport = " + row.port +
         "\n[expect]\nattempts = 1\nwithin = \"15s\"\n"
         "waive = [\"valid-handshake-request\", \"version-13\"]\nclient = { " +
         expected + " }\n";
}

void check(const Row& row, const std::string& expected, const std::string& client) {
  const Scratch scratch;
  CAPTURE(row.port, row.ipv6, client);
  const Ended ended =
      run_halfopen({"run", scratch.write("port.toml", scenario_of(row, expected)), "--client",
                    client, "--link", row.network || row.ipv6 ? "packet" : "stream"});
  INFO(ended.whole());
  CHECK(ended.code == 0);
}

}  // namespace

TEST_CASE("the system's own errors name the faults of the port") {
  for (const Row& row : rows) {
    if (row.network && !has_packet_link()) continue;
    check(row, "output = \"^" + std::string(row.python) + "$\"", helper("outsider.py"));
  }
}

TEST_CASE("curl names the faults of the port") {
  for (const Row& row : rows) {
    if (row.network && !has_packet_link()) continue;
    check(row, "exit = " + std::to_string(row.curl),
          "curl --silent --show-error --max-time 3 http://{host}:{port}/");
  }
}
