// JUnit XML, in the dialect that Jenkins, GitLab and GitHub's actions read.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <pugixml.hpp>
#include <sstream>

#include "base/bytes.h"
#include "report/repeats.h"
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

void add_text(pugi::xml_node node, const char* tag, const std::string& text) {
  node.append_child(tag).text().set(xml_text(text).c_str());
}

// "gaps" of "gaps[2]", "step" of "step expect …", but the whole of "invariant one-connecting".
std::string type_of(const judge::Failure& failure) {
  const std::string name = path_of(failure.expectation);
  const bool invariant = failure.expectation.kind == judge::Kind::invariant;
  return invariant ? name : name.substr(0, name.find_first_of("[ "));
}

/// What is said of a run that did not pass.
struct Said {
  std::string type;
  std::string message;
  std::string text;  ///< Many lines.
};

Said said_of(const Result& result) {
  const judge::Verdict& verdict = result.verdict;
  if (verdict.outcome != Outcome::fail)
    return {std::string(judge::name_of(verdict.outcome)), in_words(verdict.reason),
            in_words(verdict.reason)};
  std::string message = in_one_line(verdict.failures.front());
  if (verdict.failures.size() > 1)
    message += fmt::format(" (and {} more)", verdict.failures.size() - 1);
  return {type_of(verdict.failures.front()), message, verdict_text(result, Style{})};
}

// "2 of 5 runs failed: "; nothing of a run that was made once.
std::string how_often(const Repeats& repeats) {
  if (repeats.runs.size() == 1) return "";
  const Outcome outcome = repeats.worst().verdict.outcome;
  const auto times = std::ranges::count_if(
      repeats.runs, [&](const Result* each) { return each->verdict.outcome == outcome; });
  const char* how = outcome == Outcome::fail    ? " failed"
                    : outcome == Outcome::error ? " could not be carried out"
                                                : "";
  return fmt::format("{} of {} runs{}: ", times, repeats.runs.size(), how);
}

// There is no element for a warning; what is on standard error is shown beside a test that passed.
std::string warnings_of(const Repeats& repeats) {
  std::string text;
  for (const Result* run : repeats.runs)
    for (const judge::Failure& warning : run->verdict.warnings)
      if (const std::string line = "warning: " + in_one_line(warning) + "\n";
          text.find(line) == std::string::npos)
        text += line;
  return text;
}

void add_place(pugi::xml_node node, const Result& result) {
  const auto& failures = result.verdict.failures;
  const trace::Header& header = result.trace.header;
  set(node, "file", failures.empty() ? header.scenario_file : file_of(failures.front(), header));
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

// The same run made again, with the same end.
void add_rerun(pugi::xml_node node, const char* tag, const Result& result, std::size_t most) {
  const Said said = said_of(result);
  pugi::xml_node rerun = node.append_child(tag);
  set(rerun, "message", said.message);
  set(rerun, "type", said.type);
  add_text(rerun, "stackTrace", said.text);
  add_text(rerun, "system-out", told(result, most));
}

// Surefire wants the elements in this order, and has room for one of each.
void add_outcomes(pugi::xml_node node, const Repeats& repeats, std::size_t most) {
  const Result& worst = repeats.worst();
  const Said said = said_of(worst);
  const std::string message = how_often(repeats) + said.message;
  const auto add_reruns = [&](Outcome outcome, const char* tag) {
    for (const Result* each : repeats.runs)
      if (each != &worst && each->verdict.outcome == outcome) add_rerun(node, tag, *each, most);
  };
  switch (worst.verdict.outcome) {
    case Outcome::pass:
      return;
    case Outcome::fail: {
      pugi::xml_node failure = node.append_child("failure");
      set(failure, "type", said.type);
      set(failure, "message", message);
      failure.text().set(xml_text(said.text).c_str());
      add_reruns(Outcome::fail, "rerunFailure");
      break;
    }
    case Outcome::inconclusive:
    case Outcome::unsupported:
      set(node.append_child("skipped"), "message", said.type + ": " + message);
      break;
    case Outcome::error: {
      pugi::xml_node error = node.append_child("error");
      set(error, "type", said.type);
      set(error, "message", message);
      break;
    }
  }
  add_reruns(Outcome::error, "rerunError");
  add_text(node, "system-out", told(worst, most));
}

void add_case(pugi::xml_node suite, const Repeats& repeats, const std::string& name,
              std::size_t most, Places places) {
  const Result& worst = repeats.worst();
  pugi::xml_node node = suite.append_child("testcase");
  set(node, "classname", worst.trace.header.client);
  set(node, "name", name);
  if (places == Places::shown) add_place(node, worst);
  Duration time{};
  for (const Result* each : repeats.runs) time += each->duration;
  set(node, "time", fmt::format("{:.3f}", seconds(time)));
  add_outcomes(node, repeats, most);
  if (const std::string warnings = warnings_of(repeats); !warnings.empty())
    add_text(node, "system-err", warnings);
}

struct Counts {
  int tests = 0;
  int failures = 0;
  int errors = 0;
  int skipped = 0;

  void add(Outcome outcome) {
    ++tests;
    switch (outcome) {
      case Outcome::pass:
        break;
      case Outcome::fail:
        ++failures;
        break;
      case Outcome::error:
        ++errors;
        break;
      case Outcome::inconclusive:
      case Outcome::unsupported:
        ++skipped;
        break;
    }
  }
  void add(const Counts& other) {
    tests += other.tests;
    failures += other.failures;
    errors += other.errors;
    skipped += other.skipped;
  }
};

void set_counts(pugi::xml_node node, const Counts& counts, double time) {
  set(node, "tests", std::to_string(counts.tests));
  set(node, "failures", std::to_string(counts.failures));
  set(node, "errors", std::to_string(counts.errors));
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

Counts add_suite(pugi::xml_node root, const std::vector<const Result*>& runs, std::size_t most,
                 Places places) {
  const trace::Header& header = runs.front()->trace.header;
  const std::vector<Repeats> cases = repeats_of(runs);
  Counts counts;
  std::vector<const Result*> first_ones;
  for (const Repeats& each : cases) {
    counts.add(each.worst().verdict.outcome);
    first_ones.push_back(each.runs.front());
  }
  const std::vector<std::string> names = names_of(first_ones);
  pugi::xml_node suite = root.append_child("testsuite");
  set(suite, "name", header.client);
  set_counts(suite, counts, wall_time(runs));
  set(suite, "skipped", std::to_string(counts.skipped));
  set(suite, "timestamp", in_seconds(header.started));
  add_properties(suite, header);
  for (std::size_t i = 0; i < cases.size(); ++i) add_case(suite, cases[i], names[i], most, places);
  return counts;
}

}  // namespace

std::string junit(const std::vector<Result>& results, Places places) {
  std::vector<const Result*> all;
  std::map<std::string, std::vector<const Result*>> by_client;
  for (const Result& result : results) {
    all.push_back(&result);
    by_client[result.trace.header.client].push_back(&result);
  }
  pugi::xml_document document;
  pugi::xml_node root = document.append_child("testsuites");
  set(root, "name", "halfopen");
  const std::size_t most = most_told(results);
  Counts counts;
  for (const auto& [client, runs] : by_client) counts.add(add_suite(root, runs, most, places));
  set_counts(root, counts, wall_time(all));
  std::ostringstream out;
  document.save(out, "  ", pugi::format_default, pugi::encoding_utf8);
  return out.str();
}

}  // namespace halfopen::report
