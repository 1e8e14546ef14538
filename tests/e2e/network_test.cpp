// What the faults of the way are to a program that is not halfopen: it names what happened to it by
// the errors of the system that it runs on, and asks its kernel what it has learnt.
#include <catch2/catch.hpp>

#include "support/machine.h"
#include "support/program.h"
#include "support/scratch.h"

using namespace halfopen::e2e;

namespace {

struct Row {
  const char* link;  ///< In TOML.
  const char* way;   ///< The argument of tests/e2e/clients/outsider.py …
  const char* says;  ///< … and what it prints.
};

const std::vector<Row> rows{
    {"", "mtu", "mtu 1500"},
    {"mtu = 1200", "mtu", "mtu 1200"},
    {"mtu = { size = 1200, icmp = false }", "mtu", "read timeout"},
    {"idle = \"1s\"", "", "read HTTP/1.1 426 Upgrade Required"},
    {"idle = \"1s\"", "idle", "read timeout"},
    {"idle = { after = \"1s\", how = \"reset\" }", "idle", "read ECONNRESET"},
    {"state = \"blackhole-up\"", "", "connect timeout"},
    {"state = \"blackhole-down\"", "", "connect timeout"},
    {"state = \"down\"", "", "connect ENETUNREACH"},
};

}  // namespace

TEST_CASE("the system's own errors name the faults of the way") {
  if (!has_packet_link()) return;
  for (const Row& row : rows) {
    const Scratch scratch;
    CAPTURE(row.link, row.way);
    const std::string scenario =
        "about = \"A way.\"\n[link]\n" + std::string(row.link) +
        "\n[expect]\nattempts = \"0..\"\nwithin = \"15s\"\n"
        "waive = [\"valid-handshake-request\", \"version-13\"]\nclient = { output = \"^" +
        row.says + "$\" }\n";
    const Ended ended =
        run_halfopen({"run", scratch.write("way.toml", scenario), "--client",
                      helper("outsider.py " + std::string(row.way)), "--link", "packet"});
    INFO(ended.whole());
    CHECK(ended.code == 0);
  }
}
