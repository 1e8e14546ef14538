// What each fault of frames puts on the wire is what RFC 6455 says, written out by hand: the rows
// of tests/e2e/outsiders/rfc-bytes.toml.
#include "acts.h"
#include "scenario/loader.h"
#include "support/outsiders.h"

using namespace halfopen;

namespace {

std::string without_spaces(std::string text) {
  std::erase(text, ' ');
  return text;
}

/// The acts of the one fault of the row's scenario.
std::string acts_of(const tests::Row& row) {
  const std::string text = scenario_of(row, "");
  const auto loaded = scenario::load_scenario(text, "row.toml");
  for (const Diagnostic& diagnostic : loaded.diagnostics) UNSCOPED_INFO(render(diagnostic, text));
  REQUIRE(loaded.value);
  const auto& step = loaded.value->attempts.at(0).steps.at(0);
  const faults::Use& use = std::get<scenario::FaultStep>(step.body).fault;
  return faults::in_words(use.fault->acts(use.arguments));
}

}  // namespace

TEST_CASE("the faults of frames put on the wire what RFC 6455 spells out") {
  const tests::Outsider rfc = tests::load_outsider("rfc-bytes");
  CHECK(rfc.rows.size() > 30);
  for (const tests::Row& row : rfc.rows) {
    INFO(rfc.file << ":" << row.line << ": " << row.fault << " " << row.with);
    CHECK(without_spaces(acts_of(row)) == without_spaces(row.acts));
  }
}
