#include "page/page.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "base/bytes.h"
#include "base/error.h"
#include "crypto/hash.h"
#include "page/assets.h"
#include "page/changes.h"
#include "report/cause.h"
#include "report/verdict_text.h"
#include "report/verdict_words.h"
#include "scenario/coins.h"

namespace halfopen::page {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t most_text = 1000;

// Readable, whatever a client has said: what must not be markup is seen to in embedded().
std::string safe(std::string_view text) { return printable(as_bytes(text), most_text); }

std::int64_t microseconds(Duration duration) {
  return std::chrono::duration_cast<std::chrono::microseconds>(duration).count();
}

// ── one run ──────────────────────────────────────────────────────────────────────────────────

/// The number of the line in the text that is shown, which has all files, and the line in words.
template <class Said>
Json line_of(const Said& said, const report::Result& result) {
  return {result.scenario->sources->number({said.file, said.line}),
          safe(report::line_in_words(said.line, said.file))};
}

Json to_json(const judge::Failure& failure, const report::Result& result) {
  return {{"what", safe(report::path_of(failure.expectation))},
          {"line", line_of(failure, result)},
          {"expected", safe(report::in_words(failure.wanted))},
          {"seen", safe(report::in_words(failure.seen))},
          {"attempt", failure.attempt},
          {"cause", report::cause_of(failure, result.attempts).name}};
}

Json to_json(const std::vector<judge::Failure>& failures, const report::Result& result) {
  Json list = Json::array();
  for (const judge::Failure& failure : failures) list.push_back(to_json(failure, result));
  return list;
}

/// The number that was asked for, and the one that was measured.
Json to_json(const judge::Measure& measure) {
  return {{"unit", judge::name_of(measure.unit)},
          {"lowest", measure.lowest},
          {"highest", measure.highest ? Json(*measure.highest) : Json(nullptr)},
          {"value", measure.value}};
}

/// What became of everything that was asked, but for what is broken.
Json to_json(const std::vector<judge::Decision>& decisions, const report::Result& result) {
  Json list = Json::array();
  for (const judge::Decision& decision : decisions)
    list.push_back({{"what", safe(report::path_of(decision.expectation))},
                    {"line", line_of(decision, result)},
                    {"status", judge::name_of(decision.status)},
                    {"why", safe(report::in_words(decision.why))},
                    {"times", decision.times},
                    {"measure", decision.measure ? to_json(*decision.measure) : Json(nullptr)}});
  return list;
}

/// "expected": what is known of the client came about; "news": something else did; "": it passed
/// and should, or nothing is known.
std::string_view known_as(const report::Result& result, const Options& options) {
  if (!options.known) return "";
  const auto client = options.known->find(result.trace.header.client);
  const judge::Outcome outcome = result.verdict.outcome;
  std::string_view wanted = judge::name_of(judge::Outcome::pass);
  if (client != options.known->end()) {
    const auto entry = client->second.find(result.trace.header.scenario);
    if (entry != client->second.end()) wanted = entry->second.verdict;
  }
  if (wanted == judge::name_of(outcome)) return outcome == judge::Outcome::pass ? "" : "expected";
  const bool decided = outcome == judge::Outcome::pass || outcome == judge::Outcome::fail ||
                       outcome == judge::Outcome::error;
  return decided ? "news" : "";
}

Json gaps_of(const report::Result& result) {
  constexpr std::size_t most = 60;
  Json list = Json::array();
  for (const judge::AttemptView& attempt : result.attempts)
    if (attempt.gap_to_next && list.size() < most)
      list.push_back(
          {microseconds(*attempt.gap_to_next), attempt.gap_at_most, attempt.opened.has_value()});
  return list;
}

/// The files behind the scenario's own in its text, with the lines before them.
Json parts_of(const report::Result& result) {
  Json parts = Json::array();
  for (const scenario::Sources::Source& source : result.scenario->sources->all())
    if (source.before > 0) parts.push_back({safe(source.file), source.before});
  return parts;
}

Json to_json(const report::Result& result, const Options& options) {
  const trace::Header& header = result.trace.header;
  const judge::Verdict& verdict = result.verdict;
  const report::Cause* cause = report::cause_of(result);
  return {{"scenario", safe(header.scenario)},
          {"about", safe(result.scenario->about)},
          {"file", safe(header.scenario_file)},
          {"client", safe(header.client)},
          {"outcome", judge::name_of(verdict.outcome)},
          {"known", known_as(result, options)},
          {"reason", safe(report::in_words(verdict.reason))},
          {"cause", cause == nullptr ? Json(nullptr) : Json(cause->name)},
          {"failures", to_json(verdict.failures, result)},
          {"warnings", to_json(verdict.warnings, result)},
          {"decisions", to_json(verdict.decisions, result)},
          {"seed", std::to_string(header.seed)},
          {"chance", scenario::hangs_on_chance(*result.scenario)},
          {"link", header.link},
          {"link_why", header.link_why},
          {"machine", header.machine},
          {"started", header.started},
          {"length", microseconds(result.duration)},
          {"replay", report::replay_command(header)},
          {"gaps", gaps_of(result)},
          {"text", header.scenario_hash},
          {"parts", parts_of(result)}};
}

// ── all of them ──────────────────────────────────────────────────────────────────────────────

Json causes() {
  Json list = Json::array();
  for (const report::Cause& cause : report::causes())
    list.push_back({{"name", cause.name}, {"does", cause.does}, {"means", cause.means}});
  return list;
}

Json to_json(const std::map<std::string, ClientCard>& clients) {
  Json all = Json::object();
  for (const auto& [name, card] : clients)
    all[safe(name)] = {{"about", safe(card.about)}, {"policy", card.policy}};
  return all;
}

// ── the file ─────────────────────────────────────────────────────────────────────────────────

/// JSON that no HTML parser takes for anything but the text of its element: "<" only stands in
/// strings there, and is written as an escape.
std::string embedded(std::string_view json) {
  std::string text;
  text.reserve(json.size());
  for (const char letter : json) {
    if (letter == '<')
      text += "\\u003c";
    else
      text += letter;
  }
  return text;
}

std::string data_element(std::string_view id, std::string_view json) {
  return fmt::format("<script type=\"application/json\" id=\"{}\">{}</script>\n", id,
                     embedded(json));
}

/// As a Content Security Policy names what it allows.
std::string source_of(std::string_view text) {
  return "'sha256-" + crypto::base64(crypto::sha256(as_bytes(text))) + "'";
}

std::string dumped(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

Page::Page(std::size_t runs, TextSink to) : detail_(detail_for(runs)), to_(std::move(to)) {
  const std::string policy = fmt::format(
      "default-src 'none'; script-src {}; style-src {}; base-uri 'none'; "
      "form-action 'none'",
      source_of(assets::script), source_of(assets::style));
  to_(
      fmt::format("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                  "<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n"
                  "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                  "<meta name=\"generator\" content=\"halfopen {}\">\n"
                  "<title>halfopen report</title>\n<style>{}</style>\n</head>\n{}",
                  policy, HALFOPEN_VERSION, assets::style, assets::body));
}

void Page::add(std::size_t index, const report::Result& result) {
  const trace::Header& header = result.trace.header;
  if (const auto [scenario, is_new] = scenarios_.try_emplace(header.scenario_hash); is_new) {
    scenario->second = header.scenario_text;
    for (const auto& [file, part] : header.scenario_parts) scenario->second += "\n" + part;
  }
  to_(data_element(fmt::format("run-{}", index), draw(result, detail_)));
}

void Page::finish(const std::vector<report::Result>& results, const Options& options) {
  const Json rest{{"version", HALFOPEN_VERSION},
                  {"known", options.known.has_value()},
                  {"causes", causes()},
                  {"clients", to_json(options.clients)},
                  {"changes", changes_since(options.baseline, results)}};
  to_(data_element("scenarios", dumped(scenarios_)));
  // Run by run, as above.
  std::string text = dumped(rest);
  text.back() = ',';
  to_("<script type=\"application/json\" id=\"report\">" + embedded(text) + "\"runs\":[");
  for (const report::Result& result : results)
    to_((&result == results.data() ? "" : ",") + embedded(dumped(to_json(result, options))));
  to_("]}</script>\n");
  to_(fmt::format("<script>{}</script>\n</body>\n</html>\n", assets::script));
}

}  // namespace halfopen::page
