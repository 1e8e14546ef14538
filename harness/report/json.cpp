// One JSON document for all runs.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "judge/words.h"
#include "report/report.h"

namespace halfopen::report {
namespace {

using Json = nlohmann::ordered_json;

Json microseconds(const std::optional<Duration>& duration) {
  if (!duration) return nullptr;
  return std::chrono::duration_cast<std::chrono::microseconds>(*duration).count();
}

std::string_view name_of(judge::Measure::Unit unit) {
  switch (unit) {
    case judge::Measure::Unit::count:
      return "count";
    case judge::Measure::Unit::microseconds:
      return "us";
    case judge::Measure::Unit::bytes:
      return "bytes";
    case judge::Measure::Unit::code:
      return "code";
  }
  return "";
}

Json to_json(const judge::Measure& measure) {
  return {{"unit", name_of(measure.unit)},
          {"lowest", measure.lowest},
          {"highest", measure.highest ? Json(*measure.highest) : Json(nullptr)},
          {"value", measure.value},
          {"margin", measure.margin()},
          {"tolerance", measure.tolerance}};
}

Json to_json(const judge::Failure& failure) {
  return {{"expectation", failure.expectation},
          {"line", failure.line},
          {"expected", failure.expected},
          {"seen", failure.seen},
          {"attempt", failure.attempt},
          {"passed_steps", failure.passed_steps},
          {"timing", failure.timing},
          {"measure", failure.measure ? to_json(*failure.measure) : Json(nullptr)}};
}

Json to_json(const std::vector<judge::Decision>& decisions) {
  Json list = Json::array();
  for (const judge::Decision& each : decisions)
    list.push_back({{"expectation", each.expectation},
                    {"line", each.line},
                    {"status", judge::name_of(each.status)},
                    {"why", each.why}});
  return list;
}

Json to_json(const std::vector<judge::Failure>& failures) {
  Json list = Json::array();
  for (const judge::Failure& failure : failures) list.push_back(to_json(failure));
  return list;
}

Json to_json(const judge::AttemptView& attempt) {
  return {{"number", attempt.number},
          {"began_us", microseconds(attempt.began)},
          {"opened_us", microseconds(attempt.opened)},
          {"status", attempt.status ? Json(*attempt.status) : Json(nullptr)},
          {"faults", attempt.faults},
          {"ended_us", microseconds(attempt.ended)},
          {"ended", judge::ending(attempt)},
          {"gap_us", microseconds(attempt.gap_to_next)},
          {"gap_at_most", attempt.gap_at_most},
          {"overlapped", attempt.overlapped}};
}

Json to_json(const Result& result) {
  const trace::Header& header = result.trace.header;
  const judge::Verdict& verdict = result.verdict;
  Json json{{"scenario", header.scenario},
            {"file", header.scenario_file},
            {"client", header.client},
            {"outcome", judge::name_of(verdict.outcome)},
            {"reason", verdict.reason},
            {"failures", to_json(verdict.failures)},
            {"warnings", to_json(verdict.warnings)},
            {"decisions", to_json(verdict.decisions)},
            {"seed", header.seed},
            {"link", header.link},
            {"machine", header.machine},
            {"started", header.started},
            {"replay", replay_command(header)}};
  json["duration_us"] = microseconds(result.duration);
  json["attempts"] = Json::array();
  for (const judge::AttemptView& attempt : result.attempts)
    json["attempts"].push_back(to_json(attempt));
  return json;
}

}  // namespace

std::string json(const std::vector<Result>& results) {
  Json document{{"halfopen", "report"}, {"format", 1}, {"version", HALFOPEN_VERSION}};
  document["totals"] = Json::object({{"runs", results.size()}});
  for (const judge::Outcome outcome :
       {judge::Outcome::pass, judge::Outcome::fail, judge::Outcome::inconclusive,
        judge::Outcome::unsupported, judge::Outcome::error})
    document["totals"][std::string(judge::name_of(outcome))] = std::ranges::count(
        results, outcome, [](const Result& each) { return each.verdict.outcome; });
  document["runs"] = Json::array();
  for (const Result& result : results) document["runs"].push_back(to_json(result));
  return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace halfopen::report
