// Test Anything Protocol, version 14 (testanything.org).
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/bytes.h"
#include "report/report.h"
#include "report/run_names.h"
#include "report/verdict_text.h"
#include "report/verdict_words.h"

namespace halfopen::report {
namespace {

using judge::Outcome;

/// A "#" would begin a directive.
std::string escaped(std::string_view text) {
  std::string safe;
  for (const char letter : printable_line(text)) {
    if (letter == '#' || letter == '\\') safe += '\\';
    safe += letter;
  }
  return safe;
}

/// A scalar of YAML: strings of JSON are such.
std::string quoted(const std::string& text) {
  return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string block(const Result& result) {
  const judge::Verdict& verdict = result.verdict;
  const trace::Header& header = result.trace.header;
  const std::string message =
      verdict.failures.empty() ? in_words(verdict.reason) : in_one_line(verdict.failures.front());
  std::string yaml = "  ---\n";
  yaml += fmt::format("  message: {}\n", quoted(message));
  yaml += fmt::format("  severity: {}\n", verdict.outcome == Outcome::error ? "error" : "fail");
  yaml += fmt::format("  at:\n    file: {}\n",
                      quoted(verdict.failures.empty() ? header.scenario_file
                                                      : file_of(verdict.failures.front(), header)));
  if (!verdict.failures.empty() && verdict.failures.front().line > 0)
    yaml += fmt::format("    line: {}\n", verdict.failures.front().line);
  if (!verdict.failures.empty()) yaml += "  failures:\n";
  for (const judge::Failure& failure : verdict.failures)
    yaml += fmt::format("    - what: {}\n      expected: {}\n      seen: {}\n",
                        quoted(path_of(failure.expectation)), quoted(in_words(failure.wanted)),
                        quoted(in_words(failure.seen)));
  yaml += fmt::format("  seed: {}\n  link: {}\n  replay: {}\n", header.seed, quoted(header.link),
                      quoted(replay_command(header)));
  if (!result.trace_file.empty()) yaml += fmt::format("  trace: {}\n", quoted(result.trace_file));
  return yaml + "  ...\n";
}

std::string point(const Result& result, std::size_t number, const std::string& name) {
  const Outcome outcome = result.verdict.outcome;
  const bool bad = outcome == Outcome::fail || outcome == Outcome::error;
  std::string line = fmt::format("{} {} - {}", bad ? "not ok" : "ok", number,
                                 escaped(result.trace.header.client + ": " + name));
  if (outcome == Outcome::inconclusive || outcome == Outcome::unsupported)
    line += fmt::format(" # SKIP {}: {}", judge::name_of(outcome),
                        printable_line(in_words(result.verdict.reason)));
  line += "\n";
  if (bad) line += block(result);
  for (const judge::Failure& warning : result.verdict.warnings)
    line += "# warning: " + printable_line(in_one_line(warning)) + "\n";
  return line;
}

}  // namespace

std::string tap(const std::vector<Result>& results) {
  std::string text = fmt::format("TAP version 14\n1..{}{}\n", results.size(),
                                 results.empty() ? " # SKIP nothing was run" : "");
  const std::vector<std::string> names = names_of(results);
  for (std::size_t i = 0; i < results.size(); ++i) text += point(results[i], i + 1, names[i]);
  return text;
}

}  // namespace halfopen::report
