// JUnit XML, in the dialect that Jenkins, GitLab and GitHub's actions read.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <pugixml.hpp>
#include <sstream>

#include "base/bytes.h"
#include "report/report.h"
#include "report/run_names.h"
#include "report/story_bounds.h"
#include "report/verdict_text.h"
#include "report/verdict_words.h"
#include "report/xml_text.h"

namespace halfopen::report {
namespace {

using judge::Outcome;

double seconds(Duration duration) { return std::chrono::duration<double>(duration).count(); }

// From the first start to the last end: runs go side by side, so their sum says nothing.
double wall_time(const std::vector<const Result*>& results) {
  Duration first = forever;
  Duration last{};
  for (const Result* result : results) {
    const Duration ended = std::max(result->ended, result->duration);
    first = std::min(first, ended - result->duration);
    last = std::max(last, ended);
  }
  return results.empty() ? 0 : seconds(last - first);
}

void set(pugi::xml_node node, const char* name, const std::string& value) {
  node.append_attribute(name).set_value(xml_text(value).c_str());
}

// Schemas take no fraction of a second.
std::string in_seconds(const std::string& timestamp) {
  const std::size_t point = timestamp.find('.');
  return point == std::string::npos ? timestamp : timestamp.substr(0, point) + "Z";
}

void add_outcome(pugi::xml_node node, const char* tag, const std::string& type,
                 const std::string& message, const std::string& text) {
  pugi::xml_node outcome = node.append_child(tag);
  set(outcome, "type", type);
  set(outcome, "message", message);
  if (!text.empty()) outcome.text().set(xml_text(text).c_str());
}

// "gaps" of "gaps[2]", "step" of "step expect …", but the whole of "invariant one-connecting".
std::string type_of(const judge::Failure& failure) {
  const std::string name = path_of(failure.expectation);
  const bool invariant = failure.expectation.kind == judge::Kind::invariant;
  return invariant ? name : name.substr(0, name.find_first_of("[ "));
}

void add_failures(pugi::xml_node node, const Result& result) {
  const std::vector<judge::Failure>& failures = result.verdict.failures;
  std::string message = in_one_line(failures.front());
  if (failures.size() > 1) message += fmt::format(" (and {} more)", failures.size() - 1);
  add_outcome(node, "failure", type_of(failures.front()), message, verdict_text(result, Style{}));
}

// There is no element for a warning; what is on standard error is shown beside a test that passed.
void add_warnings(pugi::xml_node node, const std::vector<judge::Failure>& warnings) {
  std::string text;
  for (const judge::Failure& warning : warnings) text += "warning: " + in_one_line(warning) + "\n";
  if (!text.empty()) node.append_child("system-err").text().set(xml_text(text).c_str());
}

void add_place(pugi::xml_node node, const Result& result) {
  set(node, "file", result.trace.header.scenario_file);
  const auto& failures = result.verdict.failures;
  const int line = failures.empty() ? 0 : failures.front().line;
  if (line > 0) set(node, "line", std::to_string(line));
}

// The timeline, and where the whole trace is: Jenkins and GitLab make a link of that.
std::string told(const Result& result, std::size_t most) {
  std::string text = without_middle(story(result, Style{}), most);
  if (!result.trace_file.empty())
    text += fmt::format("\n[[ATTACHMENT|{}]]\n", printable_line(result.trace_file));
  return text;
}

void add_case(pugi::xml_node suite, const Result& result, const std::string& name,
              std::size_t most) {
  const judge::Verdict& verdict = result.verdict;
  pugi::xml_node node = suite.append_child("testcase");
  set(node, "classname", result.trace.header.client);
  set(node, "name", name);
  add_place(node, result);
  set(node, "time", fmt::format("{:.3f}", seconds(result.duration)));
  const std::string outcome(judge::name_of(verdict.outcome));
  switch (verdict.outcome) {
    case Outcome::pass:
      break;
    case Outcome::fail:
      add_failures(node, result);
      break;
    case Outcome::inconclusive:
    case Outcome::unsupported:
      add_outcome(node, "skipped", outcome, outcome + ": " + in_words(verdict.reason), "");
      break;
    case Outcome::error:
      add_outcome(node, "error", outcome, in_words(verdict.reason), "");
      break;
  }
  if (verdict.outcome != Outcome::pass)
    node.append_child("system-out").text().set(xml_text(told(result, most)).c_str());
  add_warnings(node, verdict.warnings);
}

int count(const std::vector<const Result*>& results, std::initializer_list<Outcome> outcomes) {
  return static_cast<int>(std::ranges::count_if(results, [&](const Result* each) {
    return std::ranges::count(outcomes, each->verdict.outcome) > 0;
  }));
}

void add_counts(pugi::xml_node node, const std::vector<const Result*>& results) {
  set(node, "tests", std::to_string(results.size()));
  set(node, "failures", std::to_string(count(results, {Outcome::fail})));
  set(node, "errors", std::to_string(count(results, {Outcome::error})));
  set(node, "skipped",
      std::to_string(count(results, {Outcome::inconclusive, Outcome::unsupported})));
  set(node, "time", fmt::format("{:.3f}", wall_time(results)));
}

void add_properties(pugi::xml_node suite, const trace::Header& header) {
  pugi::xml_node properties = suite.append_child("properties");
  for (const auto& [name, value] : {std::pair<const char*, std::string>{"halfopen", header.version},
                                    {"machine", header.machine},
                                    {"link", header.link},
                                    {"seed", std::to_string(header.seed)}}) {
    pugi::xml_node property = properties.append_child("property");
    set(property, "name", name);
    set(property, "value", value);
  }
}

}  // namespace

std::string junit(const std::vector<Result>& results) {
  std::vector<const Result*> all;
  std::map<std::string, std::vector<const Result*>> by_client;
  for (const Result& result : results) {
    all.push_back(&result);
    by_client[result.trace.header.client].push_back(&result);
  }
  pugi::xml_document document;
  pugi::xml_node root = document.append_child("testsuites");
  set(root, "name", "halfopen");
  add_counts(root, all);
  const std::size_t most = most_told(results);
  for (const auto& [client, runs] : by_client) {
    pugi::xml_node suite = root.append_child("testsuite");
    set(suite, "name", client);
    add_counts(suite, runs);
    set(suite, "timestamp", in_seconds(runs.front()->trace.header.started));
    add_properties(suite, runs.front()->trace.header);
    const std::vector<std::string> names = names_of(runs);
    for (std::size_t i = 0; i < runs.size(); ++i) add_case(suite, *runs[i], names[i], most);
  }
  std::ostringstream out;
  document.save(out, "  ", pugi::format_default, pugi::encoding_utf8);
  return out.str();
}

}  // namespace halfopen::report
