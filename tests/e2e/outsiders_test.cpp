// Proof by outsiders: what programs that know nothing of halfopen make of its faults, by their own
// words and exit codes. What each must say stands in tests/e2e/outsiders.
#include <catch2/catch.hpp>

#include "support/asking.h"
#include "support/dissecting.h"

using namespace halfopen;

namespace {

/// The layers of which tshark is asked together.
const std::set<std::string> ways{"dns", "port", "link"};
const std::set<std::string> openings{"tls", "handshake", "server"};
const std::set<std::string> frames{"frame", "ping", "wait", "close", "drop", "read"};

}  // namespace

TEST_CASE("openssl names the faults of TLS in its own words") {
  e2e::ask(tests::load_outsider("openssl"));
}

TEST_CASE("curl ends with its exit code for each fault") { e2e::ask(tests::load_outsider("curl")); }

TEST_CASE("dig names the faults of dns") { e2e::ask(tests::load_outsider("dig")); }

TEST_CASE("the system's own errors name the faults of the port and of the way") {
  e2e::ask(tests::load_outsider("system"));
}

TEST_CASE("tshark sees the faults of names, ports and the way in a capture") {
  e2e::dissect(tests::load_outsider("tshark"), ways);
}

TEST_CASE("tshark sees the faults of TLS and of the handshake in a capture") {
  e2e::dissect(tests::load_outsider("tshark"), openings);
}

TEST_CASE("tshark sees the faults of frames, closings and drops in a capture") {
  e2e::dissect(tests::load_outsider("tshark"), frames);
}

TEST_CASE("no row is left out of what tshark is asked") {
  for (const tests::Row& row : tests::load_outsider("tshark").rows) {
    CAPTURE(row.line, row.layer());
    CHECK(ways.count(row.layer()) + openings.count(row.layer()) + frames.count(row.layer()) == 1);
  }
}
