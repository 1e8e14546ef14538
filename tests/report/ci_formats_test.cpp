// What CI systems read: CTRF, TAP, and what GitHub Actions shows.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <pugixml.hpp>
#include <sstream>

#include "report/cause_groups.h"
#include "report/github.h"
#include "report/report.h"
#include "report/runs.h"
#include "report/story_bounds.h"

using namespace halfopen;
using namespace halfopen::report;
using Catch::Matchers::Contains;

namespace {

std::string as_given(const std::string& file) { return file; }

/// As many failing runs, each for another reason than the one before.
std::vector<Result> undecided_for_reasons(int count) {
  std::vector<Result> results;
  for (int i = 0; i < count; ++i) {
    Result result = undecided();
    result.verdict.outcome = judge::Outcome::error;
    result.verdict.reason = trace::Broken{"start `client " + std::to_string(i) + "`"};
    results.push_back(std::move(result));
  }
  return results;
}

int lines_with(const std::string& text, const std::string& what) {
  std::istringstream in(text);
  int count = 0;
  for (std::string line; std::getline(in, line);)
    if (line.starts_with(what)) ++count;
  return count;
}

}  // namespace

TEST_CASE("CTRF: a status for every outcome, counted") {
  const auto document = nlohmann::json::parse(ctrf(one_of_each()));
  CHECK(document["reportFormat"] == "CTRF");
  const auto& summary = document["results"]["summary"];
  CHECK(summary["tests"] == 5);
  CHECK(summary["passed"] == 1);
  CHECK(summary["failed"] == 2);  // a fail, and an error
  CHECK(summary["skipped"] == 1);
  CHECK(summary["other"] == 1);
  CHECK(summary["pending"] == 0);
  CHECK(summary["start"] == 1704164645000);
  const auto& tests = document["results"]["tests"];
  CHECK(tests[0]["status"] == "passed");
  CHECK(tests[0]["duration"] == 5702);
  CHECK_FALSE(tests[0].contains("message"));
  CHECK(tests[1]["status"] == "failed");
  CHECK(tests[1]["rawStatus"] == "fail");
  CHECK(tests[1]["suite"][0] == "slow");
  CHECK(tests[1]["line"] == 12);
  CHECK(tests[1]["filePath"] == "scenarios/drops/reset.toml");
  CHECK_THAT(tests[1]["message"].get<std::string>(),
             Contains("gaps[2] (line 12): expected 1s..3s"));
  CHECK(tests[1]["stdout"].size() > 5);
}

TEST_CASE("CTRF names the trace of a run where it is saved") {
  Result result = failing();
  CHECK_FALSE(nlohmann::json::parse(ctrf({result}))["results"]["tests"][0].contains("attachments"));
  result.trace_file = "traces/a.jsonl";
  const auto document = nlohmann::json::parse(ctrf({result}));
  CHECK(document["results"]["tests"][0]["attachments"][0]["path"] == "traces/a.jsonl");
}

TEST_CASE("TAP: a point for every run, with what failed in YAML") {
  const std::string text = tap(one_of_each());
  CHECK_THAT(text,
             Catch::Matchers::StartsWith("TAP version 14\n1..5\nok 1 - reference: drops/reset\n"));
  CHECK(lines_with(text, "ok ") == 3);
  CHECK(lines_with(text, "not ok ") == 2);
  CHECK_THAT(text, Contains("not ok 2 - slow: drops/reset\n  ---\n  message: \"gaps[2] (line 12)"));
  CHECK_THAT(text, Contains("      expected: \"1s..3s\"\n"));
  CHECK_THAT(text, Contains("# SKIP inconclusive: halfopen itself was late"));
  CHECK_THAT(text, Contains("# SKIP unsupported: "));
}

TEST_CASE("TAP: a name is no directive, and a text no line of its own") {
  Result result = passing();
  result.trace.header.client = "a # SKIP \\ b\nok 2 - more";
  const std::string text = tap({result});
  CHECK(lines_with(text, "ok ") == 1);
  CHECK_THAT(text, Contains("ok 1 - a \\# SKIP \\\\ b"));
}

TEST_CASE("of one client two runs never have one name, in any of these") {
  const std::string text = tap({passing(), passing()});
  CHECK_THAT(text,
             Contains("reference: drops/reset\n") && Contains("reference: drops/reset \\#2\n"));
  const auto document = nlohmann::json::parse(ctrf({passing(), passing()}));
  CHECK(document["results"]["tests"][1]["name"] == "drops/reset #2");
}

TEST_CASE("JUnit links the trace of what did not pass") {
  Result result = failing();
  result.trace_file = "traces/a.jsonl";
  Result passed = passing();
  passed.trace_file = "traces/b.jsonl";
  const std::string xml = junit({result, passed});
  CHECK_THAT(xml, Contains("[[ATTACHMENT|traces/a.jsonl]]") && !Contains("b.jsonl"));
}

TEST_CASE("a long timeline loses its middle, and says so") {
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "line " + std::to_string(i) + "\n";
  CHECK(without_middle(text, text.size()) == text);
  const std::string cut = without_middle(text, 200);
  CHECK(cut.size() < 300);
  CHECK_THAT(cut, Catch::Matchers::StartsWith("line 0\n") &&
                      Catch::Matchers::EndsWith("line 999\n") && Contains("lines left out"));
  const auto kept = std::count(cut.begin(), cut.end(), '\n') - 1;
  CHECK_THAT(cut, Contains(std::to_string(1000 - kept) + " lines left out"));
  CHECK(without_middle(std::string(1000, 'x'), 100).size() == 100);
}

TEST_CASE("10,000 failing runs make no report that GitLab refuses") {
  std::vector<Result> many(10'000, failing());
  CHECK(most_told(many) * many.size() <= std::size_t{25} * 1024 * 1024);
  CHECK(most_told({failing()}) == std::size_t{64} * 1024);
}

TEST_CASE("failures are grouped by cause, the plainest run first") {
  Result longer = failing();
  longer.trace.header.scenario = "drops/other";
  longer.verdict.failures.push_back(longer.verdict.failures.front());
  const std::vector<Result> results{longer, failing(), passing()};
  const auto groups = groups_by_cause(results);
  REQUIRE(groups.size() == 1);
  CHECK(groups[0].runs.size() == 2);
  CHECK(groups[0].shortest == &results[1]);
  CHECK(groups[0].scenarios() == std::vector<std::string>{"drops/other", "drops/reset"});
  CHECK(groups_by_cause({undecided(), passing()}).empty());
  CHECK_THAT(headline(groups[0]), Catch::Matchers::StartsWith("2 scenarios fail: slow "));
}

TEST_CASE("GitHub: one annotation for a cause, at the scenario's line") {
  Result other = failing();
  other.trace.header.scenario = "drops/other";
  const std::string text = github_annotations({failing(), other, passing()}, as_given);
  CHECK(lines_with(text, "::error ") == 1);
  CHECK_THAT(text, Contains("::error file=scenarios/drops/reset.toml,line=12,title=halfopen%3A 2 "
                            "scenarios fail%3A slow"));
  CHECK_THAT(text, Contains("%0AScenarios: drops/reset, drops/other%0AAgain: halfopen run "));
  CHECK(github_annotations({passing()}, as_given).empty());
}

TEST_CASE("GitHub: what a client says is no command") {
  Result result = failing();
  result.trace.header.client = "x,line=1::\n::stop-commands::y\r%0A";
  const std::string text = github_annotations({result}, as_given);
  INFO(text);
  CHECK(std::count(text.begin(), text.end(), '\n') == 1);
  CHECK(text.find("\r") == std::string::npos);
  CHECK_THAT(text, Contains("x%2Cline=1%3A%3A"));
}

TEST_CASE("GitHub shows ten annotations of a kind: the tenth says how many more there are") {
  CHECK(lines_with(github_annotations(undecided_for_reasons(10), as_given), "::error ") == 10);
  const std::string text = github_annotations(undecided_for_reasons(25), as_given);
  CHECK(lines_with(text, "::error ") == 10);
  CHECK_THAT(text, Contains("::16 more like these"));
}

TEST_CASE("the summary of a job tells what is wrong, and none of it is markup") {
  Result result = failing();
  result.trace.header.client = "<img src=x> [a](b) `c` | d";
  const std::string text = markdown_summary({result, passing(), undecided()});
  CHECK_THAT(text, Contains("## halfopen: 3 runs: 1 pass, 1 fail, 1 inconclusive") &&
                       Contains("| fail | drops/reset |") && !Contains("| <img") &&
                       !Contains(": <img") && Contains("\\[a\\]\\(b\\) \\`c\\` \\| d"));
}

TEST_CASE("GitHub: what makes a job fail is an error, and what is not decided a warning") {
  const std::string text = github_annotations({broken(), broken(), undecided()}, as_given);
  CHECK(lines_with(text, "::error ") == 1);
  CHECK_THAT(text,
             Contains("title=halfopen%3A 2 runs could not be carried out::start `nothing`: No "
                      "such file or directory%0Adrops/reset (no client)\n"));
  CHECK(lines_with(text, "::warning ") == 1);
  CHECK_THAT(text, Contains("title=halfopen%3A 1 run not decided::the run was interrupted"));
}

TEST_CASE("GitHub: several clients with one cause are named") {
  Result other = failing();
  other.trace.header.client = "other";
  CHECK_THAT(github_annotations({failing(), other}, as_given),
             Contains("%0AScenarios: drops/reset%0AClients: slow, other%0AAgain: "));
}

TEST_CASE("GitHub: a known failure is no news, and one that is none any more is") {
  KnownByClient known;
  known["slow"]["drops/reset"] = {"fail", "ticket 4", {}};
  known["reference"]["drops/reset"] = {"fail", "ticket 5", {}};
  const std::vector<Result> results{failing(), passing()};
  const std::string text = github_annotations(results, as_given, known);
  INFO(text);
  CHECK(lines_with(text, "::") == 1);
  CHECK_THAT(text, Contains("::error title=halfopen%3A 1 result better than expected.toml says::"
                            "drops/reset reference: expected fail (ticket 5, line ") &&
                       Contains("but it passed\n"));
  const std::string summary = markdown_summary(results, known);
  CHECK_THAT(summary,
             Contains("| fail, known | drops/reset | slow |") && !Contains("Shortest") &&
                 !Contains("shortest") &&
                 Contains("### Better than expected.toml says\n\ndrops/reset reference: "));
}

TEST_CASE("the summary of a job has a row for a run that was repeated") {
  Result passed = passing();
  passed.trace.header.client = "slow";
  const std::string text = markdown_summary({failing(), passed, failing()});
  CHECK(lines_with(text, "| fail") == 1);
  CHECK_THAT(text, Contains("| fail, 2 of 3 runs | drops/reset | slow |"));
}

TEST_CASE("the summary of a job stays within what GitHub takes, and says what is left out") {
  std::vector<Result> many(8000, failing());
  for (std::size_t i = 0; i < many.size(); ++i) many[i].trace.header.seed = i;
  const std::string text = markdown_summary(many);
  CHECK(text.size() < std::size_t{1024} * 1024);
  CHECK_THAT(text, Contains("more runs are left out here"));
}
