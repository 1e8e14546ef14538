// One JSON document for all runs.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "report/report.h"
#include "report/verdict_words.h"
#include "report/words.h"

namespace halfopen::report {
namespace {

using Json = nlohmann::ordered_json;

Json microseconds(const std::optional<Duration>& duration) {
  if (!duration) return nullptr;
  return std::chrono::duration_cast<std::chrono::microseconds>(*duration).count();
}

// The number behind a verdict, if there is one: all of these, or all of them null.
void add_measure(Json& json, const std::optional<judge::Measure>& measure) {
  for (const char* name : {"wanted", "measured", "margin", "tolerance"}) json[name] = nullptr;
  if (!measure) return;
  json["wanted"] = {{"unit", judge::name_of(measure->unit)},
                    {"lowest", measure->lowest},
                    {"highest", measure->highest ? Json(*measure->highest) : Json(nullptr)}};
  if (!measure->one_of.empty()) json["wanted"]["one_of"] = measure->one_of;
  json["measured"] = measure->value;
  json["margin"] = measure->margin();
  json["tolerance"] = measure->tolerance;
}

Json to_json(const judge::Failure& failure) {
  Json json{{"expectation", path_of(failure.expectation)},
            {"kind", judge::name_of(failure.expectation.kind)},
            {"line", failure.line},
            {"expected", in_words(failure.wanted)},
            {"seen", in_words(failure.seen)},
            {"attempt", failure.attempt},
            {"client", failure.client},
            {"passed_steps", failure.passed_steps},
            {"timing", failure.timing},
            {"missing", failure.missing}};
  if (!failure.file.empty()) json["file"] = failure.file;
  add_measure(json, failure.measure);
  return json;
}

Json to_json(const judge::Decision& decision) {
  Json json{{"expectation", path_of(decision.expectation)},
            {"kind", judge::name_of(decision.expectation.kind)},
            {"line", decision.line},
            {"status", judge::name_of(decision.status)},
            {"why", in_words(decision.why)},
            {"attempt", decision.attempt},
            {"client", decision.client},
            {"times", decision.times}};
  if (!decision.file.empty()) json["file"] = decision.file;
  add_measure(json, decision.measure);
  return json;
}

template <class Said>
Json to_json(const std::vector<Said>& all) {
  Json list = Json::array();
  for (const Said& each : all) list.push_back(to_json(each));
  return list;
}

Json to_json(const judge::AttemptView& attempt) {
  const judge::Ending ending = judge::ending_of(attempt);
  const auto ender = judge::ender_of(ending);
  return {{"number", attempt.number},
          {"began_us", microseconds(attempt.began)},
          {"opened_us", microseconds(attempt.opened)},
          {"status", attempt.status ? Json(*attempt.status) : Json(nullptr)},
          {"faults", attempt.faults},
          {"ended_us", microseconds(attempt.ended)},
          {"ended", in_words(ending)},
          {"ended_by", ender ? Json(trace::word(*ender)) : Json(nullptr)},
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
            {"client_given", header.client_given},
            {"outcome", judge::name_of(verdict.outcome)},
            {"reason", in_words(verdict.reason)},
            {"failures", to_json(verdict.failures)},
            {"warnings", to_json(verdict.warnings)},
            {"decisions", to_json(verdict.decisions)},
            {"seed", header.seed},
            {"link", header.link},
            {"machine", header.machine},
            {"started", header.started},
            {"replay", replay_command(header)}};
  if (!header.scenario_set.empty()) json["set"] = header.scenario_set;
  json["duration_us"] = microseconds(result.duration);
  json["attempts"] = Json::array();
  for (const judge::AttemptView& attempt : result.attempts)
    json["attempts"].push_back(to_json(attempt));
  return json;
}

std::string in_text(const Json& json) {
  return json.dump(2, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

std::string json(const std::vector<Result>& results) {
  std::string text;
  json(results, [&](std::string_view piece) { text += piece; });
  return text;
}

void json(const std::vector<Result>& results, const TextSink& to) {
  Json document{{"halfopen", "report"}, {"format", 2}, {"version", HALFOPEN_VERSION}};
  document["totals"] = Json::object({{"runs", results.size()}});
  for (const judge::Outcome outcome :
       {judge::Outcome::pass, judge::Outcome::fail, judge::Outcome::inconclusive,
        judge::Outcome::unsupported, judge::Outcome::error})
    document["totals"][std::string(judge::name_of(outcome))] = std::ranges::count(
        results, outcome, [](const Result& each) { return each.verdict.outcome; });
  document["runs"] = Json::array();
  std::string text = in_text(document);
  // One by one: thousands of them as JSON values would take many times their text.
  constexpr std::string_view no_runs = "[]\n}";
  if (results.empty()) return to(text + "\n");
  text.resize(text.size() - no_runs.size());
  text += "[";
  for (std::size_t i = 0; i < results.size(); ++i) {
    text += i == 0 ? "\n    " : ",\n    ";
    for (const char letter : in_text(to_json(results[i]))) {
      text += letter;
      if (letter == '\n') text += "    ";  // in a string it is escaped
    }
    to(text);
    text.clear();
  }
  to("\n  ]\n}\n");
}

}  // namespace halfopen::report
