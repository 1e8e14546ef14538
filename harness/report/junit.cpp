// JUnit XML, in the dialect that Jenkins, GitLab and GitHub's actions read.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <pugixml.hpp>
#include <sstream>

#include "report/report.h"
#include "report/verdict_text.h"

namespace halfopen::report {
namespace {

using judge::Outcome;

// XML 1.0, section 2.2 has no place for most control characters, not even as references.
std::string xml_safe(const std::string& text) {
  std::string safe;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    safe += byte < 0x20 && c != '\n' && c != '\t' ? '?' : c;
  }
  return safe;
}

double seconds(const trace::Trace& trace) {
  if (trace.events.empty()) return 0;
  return std::chrono::duration<double>(trace.events.back().at).count();
}

void set(pugi::xml_node node, const char* name, const std::string& value) {
  node.append_attribute(name).set_value(xml_safe(value).c_str());
}

void add_outcome(pugi::xml_node node, const char* tag, const std::string& message,
                 const std::string& text) {
  pugi::xml_node outcome = node.append_child(tag);
  set(outcome, "message", message);
  if (!text.empty()) outcome.text().set(xml_safe(text).c_str());
}

void add_case(pugi::xml_node suite, const Result& result) {
  const trace::Header& header = result.trace.header;
  const judge::Verdict& verdict = result.verdict;
  pugi::xml_node node = suite.append_child("testcase");
  set(node, "classname", header.client);
  set(node, "name", header.scenario);
  set(node, "file", header.scenario_file);
  set(node, "time", fmt::format("{:.3f}", seconds(result.trace)));
  const std::string outcome(judge::name_of(verdict.outcome));
  switch (verdict.outcome) {
    case Outcome::pass:
      break;
    case Outcome::fail:
      for (const judge::Failure& failure : verdict.failures)
        add_outcome(node, "failure", in_one_line(failure), verdict_text(result, Style{}));
      break;
    case Outcome::inconclusive:
    case Outcome::unsupported:
      add_outcome(node, "skipped", outcome + ": " + verdict.reason, "");
      break;
    case Outcome::error:
      add_outcome(node, "error", verdict.reason, "");
      break;
  }
  if (verdict.outcome != Outcome::pass)
    node.append_child("system-out").text().set(xml_safe(timeline(result, Style{})).c_str());
}

int count(const std::vector<const Result*>& results, std::initializer_list<Outcome> outcomes) {
  return static_cast<int>(std::ranges::count_if(results, [&](const Result* each) {
    return std::ranges::count(outcomes, each->verdict.outcome) > 0;
  }));
}

void add_counts(pugi::xml_node node, const std::vector<const Result*>& results) {
  double time = 0;
  for (const Result* result : results) time += seconds(result->trace);
  set(node, "tests", std::to_string(results.size()));
  set(node, "failures", std::to_string(count(results, {Outcome::fail})));
  set(node, "errors", std::to_string(count(results, {Outcome::error})));
  set(node, "skipped",
      std::to_string(count(results, {Outcome::inconclusive, Outcome::unsupported})));
  set(node, "time", fmt::format("{:.3f}", time));
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
  for (const auto& [client, runs] : by_client) {
    pugi::xml_node suite = root.append_child("testsuite");
    set(suite, "name", client);
    add_counts(suite, runs);
    set(suite, "timestamp", runs.front()->trace.header.started);
    add_properties(suite, runs.front()->trace.header);
    for (const Result* run : runs) add_case(suite, *run);
  }
  std::ostringstream out;
  document.save(out, "  ", pugi::format_default, pugi::encoding_utf8);
  return out.str();
}

}  // namespace halfopen::report
