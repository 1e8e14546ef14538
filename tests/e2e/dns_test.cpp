// What the resolver puts on the wire is named by a program that is not halfopen: dig, by its own
// words and exit codes (dig(1)).
#include <catch2/catch.hpp>

#include "support/machine.h"
#include "support/program.h"
#include "support/scratch.h"

using namespace halfopen::e2e;
using Catch::Matchers::Contains;

namespace {

struct Case {
  const char* dns;  ///< In the scenario.
  const char* arguments;
  int exit;            ///< dig's.
  const char* output;  ///< A line of it, as a regular expression; the trace escapes tabs.
};

const Case cases[] = {
    {R"("nxdomain")", "", 0, "status: NXDOMAIN"},
    {R"("servfail")", "", 0, "status: SERVFAIL"},
    {R"("refused")", "", 0, "status: REFUSED"},
    {R"("no-data")", "", 0, "status: NOERROR"},
    {R"("no-data")", "", 0, "ANSWER: 0,"},
    {R"("timeout")", "+time=1", 9, "(timed out|no servers could be reached)"},
    {R"("slow")", "+time=5", 0, "Query time: (999|[1-9][0-9]{3}) msec"},
    {R"("truncated")", "", 0, "Truncated, retrying in TCP mode"},
    {R"("truncated")", "+ignore", 0, "flags: qr tc rd ra;"},
    {R"("truncated")", "", 0, "IN.*A.*198\\.51\\.100\\.20"},
    {R"({ fault = "truncated", tcp = "refused" })", "", 9, "connection refused"},
    {R"({ fault = "truncated", tcp = "silent" })", "+time=1", 9, "timed out"},
    {R"("moved")", "", 0, "IN.*A.*198\\.51\\.100\\.21"},
    {R"("dead-ipv6")", "-t AAAA", 0, "IN.*AAAA.*2001:db8:3::30"},
    {R"("dead-ipv6")", "-t A", 0, "IN.*A.*198\\.51\\.100\\.20"},
    {R"({ fault = "ttl", time = "1h" })", "", 0, "server\\.test\\..*3600.*IN"},
};

std::string scenario_of(const Case& one) {
  return "about = \"dig looks the name up.\"\n[[attempt]]\ntimes = \"rest\"\ndns = " +
         std::string(one.dns) + "\n[expect]\nattempts = 1\nwithin = \"30s\"\nclient = { exit = " +
         std::to_string(one.exit) + ", output = '" + one.output + "' }\n";
}

}  // namespace

TEST_CASE("dig names the faults of dns") {
  if (!has_packet_link()) return;
  if (run_program({.arguments = {"-v"}, .program = "dig"}).code != 0) {
    WARN("skipped: dig is not installed (Debian: bind9-dnsutils)");
    return;
  }
  const Case& one = GENERATE(from_range(std::begin(cases), std::end(cases)));
  const Scratch scratch;
  const Ended ended =
      run_halfopen({"run", scratch.write("dig.toml", scenario_of(one)), "--client",
                    "dig +tries=1 " + std::string(one.arguments) + " {host}", "--link", "packet"});
  INFO(one.dns << " " << one.arguments << "\n" << ended.whole());
  CHECK(ended.code == 0);
  CHECK_THAT(ended.out, Contains("✓ pass"));
}

TEST_CASE("the stream link has no resolver, and says so") {
  const Scratch scratch;
  const Ended ended = run_halfopen({"run", "dns/nxdomain", "--client",
                                    source_folder + "/clients/reference", "--link", "stream"});
  INFO(ended.whole());
  CHECK_THAT(ended.out, Contains("unsupported") && Contains("a resolver of its own"));
}
