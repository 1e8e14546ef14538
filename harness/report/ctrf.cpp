// Common Test Report Format (ctrf.io), version 1.0 of its schema.
#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "base/calendar.h"
#include "report/report.h"
#include "report/run_names.h"
#include "report/story_bounds.h"
#include "report/verdict_text.h"
#include "report/verdict_words.h"

namespace halfopen::report {
namespace {

using Json = nlohmann::ordered_json;
using judge::Outcome;

std::int64_t milliseconds(Duration duration) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(duration).count();
}

std::int64_t began(const Result& result) {
  return 1000 * parse_timestamp(result.trace.header.started).value_or(0);
}

std::int64_t ended(const Result& result) { return began(result) + milliseconds(result.duration); }

std::string_view status_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::pass:
      return "passed";
    case Outcome::fail:
    case Outcome::error:
      return "failed";
    case Outcome::unsupported:
      return "skipped";
    case Outcome::inconclusive:
      return "other";
  }
  return "other";
}

Json lines_of(const std::string& text) {
  Json lines = Json::array();
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

void add_what_failed(Json& test, const Result& result, std::size_t most) {
  const judge::Verdict& verdict = result.verdict;
  if (verdict.failures.empty()) {
    test["message"] = in_words(verdict.reason);
  } else {
    test["message"] = in_one_line(verdict.failures.front());
    test["trace"] = verdict_text(result, Style{});
    if (const int line = verdict.failures.front().line; line > 0) test["line"] = line;
  }
  if (verdict.outcome == Outcome::unsupported) return;
  test["stdout"] = lines_of(without_middle(story(result, Style{}), most));
}

Json to_json(const Result& result, const std::string& name, std::size_t most) {
  const trace::Header& header = result.trace.header;
  const judge::Verdict& verdict = result.verdict;
  Json test{{"name", name},
            {"status", status_of(verdict.outcome)},
            {"duration", milliseconds(result.duration)},
            {"start", began(result)},
            {"stop", ended(result)},
            {"suite", Json::array({header.client})}};
  if (verdict.outcome != Outcome::pass) add_what_failed(test, result, most);
  test["rawStatus"] = judge::name_of(verdict.outcome);
  test["tags"] = result.scenario->tags;
  test["type"] = "e2e";
  test["filePath"] =
      verdict.failures.empty() ? header.scenario_file : file_of(verdict.failures.front(), header);
  if (!verdict.warnings.empty()) {
    test["stderr"] = Json::array();
    for (const judge::Failure& warning : verdict.warnings)
      test["stderr"].push_back("warning: " + in_one_line(warning));
  }
  if (!result.trace_file.empty())
    test["attachments"] = Json::array(
        {{{"name", "trace"}, {"contentType", "application/jsonl"}, {"path", result.trace_file}}});
  test["parameters"] = {{"seed", header.seed}, {"link", header.link}};
  test["extra"] = {{"replay", replay_command(header)}};
  return test;
}

Json summary(const std::vector<Result>& results) {
  Json json{{"tests", results.size()}};
  for (const std::string_view status : {"passed", "failed", "skipped", "pending", "other"})
    json[std::string(status)] = std::ranges::count_if(
        results, [&](const Result& each) { return status_of(each.verdict.outcome) == status; });
  std::set<std::string> suites;
  std::int64_t first = results.empty() ? 0 : began(results.front());
  std::int64_t last = 0;
  for (const Result& result : results) {
    suites.insert(result.trace.header.client);
    first = std::min(first, began(result));
    last = std::max(last, ended(result));
  }
  json["suites"] = suites.size();
  json["start"] = first;
  json["stop"] = last;
  return json;
}

}  // namespace

std::string ctrf(const std::vector<Result>& results) {
  Json document{{"reportFormat", "CTRF"}, {"specVersion", "1.0.0"}, {"generatedBy", "halfopen"}};
  document["results"] = {{"tool", {{"name", "halfopen"}, {"version", HALFOPEN_VERSION}}},
                         {"summary", summary(results)},
                         {"tests", Json::array()}};
  const std::vector<std::string> names = names_of(results);
  const std::size_t most = most_told(results);
  for (std::size_t i = 0; i < results.size(); ++i)
    document["results"]["tests"].push_back(to_json(results[i], names[i], most));
  return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace halfopen::report
