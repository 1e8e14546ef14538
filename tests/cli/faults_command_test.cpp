// `halfopen faults`: every fault is listed, and explains itself whole.
#include <catch2/catch.hpp>
#include <string>

#include "cli/captured.h"
#include "cli/commands.h"
#include "faults/fault.h"

using namespace halfopen;
using namespace halfopen::tests;

namespace {

Captured faults_command(std::vector<std::string> words) {
  words.insert(words.begin(), "faults");
  return run_command(cli::add_faults, words, ".");
}

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("faults: all of them, each with what it does") {
  const Captured ran = faults_command({});
  CHECK(ran.exit_code == cli::all_passed);
  CHECK(has(ran.out, "handshake = …\n"));
  CHECK(has(ran.out, "drop = …\n"));
  for (const faults::Fault* fault : faults::all()) {
    CAPTURE(fault->name);
    CHECK(has(ran.out, "\n  " + std::string(fault->name) + " "));
    CHECK(has(ran.out, fault->about));
  }
}

TEST_CASE("faults: one of them with its parameters, a right client and the source") {
  for (const faults::Fault* fault : faults::all()) {
    const Captured ran = faults_command({std::string(fault->name)});
    CAPTURE(fault->name);
    CHECK(ran.exit_code == cli::all_passed);
    CHECK(has(ran.out, fault->about));
    CHECK(has(ran.out, fault->correct));
    CHECK(has(ran.out, fault->source));
    for (const faults::Parameter& parameter : fault->parameters) {
      CHECK(has(ran.out, "\n    " + std::string(parameter.name) + ": "));
      CHECK(has(ran.out, parameter.fallback));
    }
  }
}

TEST_CASE("faults: the page of one fault, to the letter") {
  CHECK(faults_command({"no-close-notify"}).out ==
        "drop = \"no-close-notify\"\n"
        "  What it does:    Ends the TCP connection (FIN) without TLS close_notify and without a "
        "Close frame.\n"
        "  In real life:    TCP ends under a TLS connection that was not closed: a crash, or an "
        "attacker who truncates.\n"
        "  A right client:  Reports an unclean close with 1006, and delivers no partial message.\n"
        "  Source:          RFC 8446, section 6.1\n"
        "  Needs:           tls = true in [server]\n");
}

TEST_CASE("faults: a name that there is not") {
  const Captured ran = faults_command({"wrong-acept"});
  CHECK(ran.exit_code == cli::usage);
  CHECK(ran.err == "there is no fault `wrong-acept`; did you mean `wrong-accept`?\n");
}
