#include "report/github.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/bytes.h"
#include "report/cause_groups.h"
#include "report/repeats.h"
#include "report/verdict_text.h"
#include "report/verdict_words.h"
#include "report/words.h"

namespace halfopen::report {
namespace {

using judge::Outcome;

/// Of one kind, for one step of a job.
constexpr std::size_t most_annotations = 10;
constexpr std::size_t most_summary = 1'000'000;
constexpr std::size_t most_names = 20;

/// As the runner reads the text of a workflow command.
std::string as_data(std::string_view text) {
  std::string escaped;
  for (const char letter : printable_lines(text)) {
    if (letter == '%')
      escaped += "%25";
    else if (letter == '\r')
      escaped += "%0D";
    else if (letter == '\n')
      escaped += "%0A";
    else
      escaped += letter;
  }
  return escaped;
}

/// … and the value of one of its properties.
std::string as_property(std::string_view text) {
  std::string escaped;
  for (const char letter : as_data(text)) {
    if (letter == ':')
      escaped += "%3A";
    else if (letter == ',')
      escaped += "%2C";
    else
      escaped += letter;
  }
  return escaped;
}

std::string listed(const std::vector<std::string>& names) {
  const std::size_t shown = std::min(names.size(), most_names);
  std::string text = fmt::format(
      "{}", fmt::join(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(shown), ", "));
  if (names.size() > shown) text += fmt::format(" and {} more", names.size() - shown);
  return text;
}

using FileName = std::function<std::string(const std::string&)>;

std::string error_for(const CauseGroup& group, const FileName& in_repository) {
  const trace::Header& header = group.shortest->trace.header;
  const int line = group.example->line;
  std::string text =
      fmt::format("{}\n{}: {}", group.cause->means, header.scenario, in_one_line(*group.example));
  if (group.runs.size() > 1) text += "\nScenarios: " + listed(group.scenarios());
  if (group.clients().size() > 1) text += "\nClients: " + listed(group.clients());
  text += "\nAgain: " + replay_command(header);
  return fmt::format("::error file={},line={},title={}::{}\n",
                     as_property(in_repository(file_of(*group.example, header))), std::max(line, 1),
                     as_property("halfopen: " + headline(group)), as_data(text));
}

/// Those runs, by their reason.
std::map<std::string, std::vector<const Result*>> by_reason(const std::vector<Result>& results,
                                                            Outcome outcome) {
  std::map<std::string, std::vector<const Result*>> found;
  for (const Result& result : results)
    if (result.verdict.outcome == outcome)
      found[in_words(result.verdict.reason)].push_back(&result);
  return found;
}

/// `kind`: "error" where it makes the job fail. `what`: of the runs, "not decided".
std::string command_for(std::string_view kind, std::string_view what, const std::string& reason,
                        const std::vector<const Result*>& runs, const FileName& in_repository) {
  std::vector<std::string> names;
  for (const Result* run : runs) {
    std::string name = run->trace.header.scenario + " (" + run->trace.header.client + ")";
    if (std::ranges::find(names, name) == names.end()) names.push_back(std::move(name));
  }
  return fmt::format(
      "::{} file={},title={}::{}\n", kind,
      as_property(in_repository(runs.front()->trace.header.scenario_file)),
      as_property(fmt::format("halfopen: {} {}", count_of(runs.size(), "run"), what)),
      as_data(reason + "\n" + listed(names)));
}

std::string error_for(const std::vector<std::string>& better) {
  return fmt::format("::error title={}::{}\n",
                     as_property(fmt::format("halfopen: {} better than expected.toml says",
                                             count_of(better.size(), "result"))),
                     as_data(listed(better)));
}

/// All, or all but the last, and in its place how many are missing.
std::string at_most_ten(const std::vector<std::string>& commands, std::string_view kind) {
  std::string text;
  const bool too_many = commands.size() > most_annotations;
  const std::size_t shown = too_many ? most_annotations - 1 : commands.size();
  for (std::size_t i = 0; i < shown; ++i) text += commands[i];
  if (too_many)
    text += fmt::format("::{} title=halfopen::{} more like these: the job's summary has them\n",
                        kind, commands.size() - shown);
  return text;
}

/// No character of it is markup.
std::string plain(std::string_view text) {
  std::string safe;
  for (const char letter : printable_line(text)) {
    if (letter == '<')
      safe += "&lt;";
    else if (letter == '&')
      safe += "&amp;";
    else if (std::string_view("\\`*_{}[]()#+!|~@>").find(letter) != std::string_view::npos)
      safe += std::string("\\") + letter;
    else
      safe += letter;
  }
  return safe;
}

std::string cause_section(const CauseGroup& group) {
  return fmt::format("### {}\n\n{}\n\nThe shortest run that shows it: {} ({}): {}\n\n    {}\n\n",
                     plain(headline(group)), plain(group.cause->means),
                     plain(group.shortest->trace.header.scenario),
                     plain(group.shortest->trace.header.client), plain(in_one_line(*group.example)),
                     printable_line(replay_command(group.shortest->trace.header)));
}

std::string row(const Repeats& repeats, const KnownByClient& known) {
  const Result& result = repeats.worst();
  const judge::Verdict& verdict = result.verdict;
  const std::string said =
      verdict.failures.empty() ? in_words(verdict.reason) : in_one_line(verdict.failures.front());
  std::string outcome(judge::name_of(verdict.outcome));
  if (repeats.runs.size() > 1)
    outcome +=
        fmt::format(", {} of {} runs",
                    std::ranges::count(repeats.runs, verdict.outcome,
                                       [](const Result* run) { return run->verdict.outcome; }),
                    repeats.runs.size());
  if (verdict.outcome == Outcome::fail && is_known_failure(result, known)) outcome += ", known";
  return fmt::format("| {} | {} | {} | {} |\n", outcome, plain(result.trace.header.scenario),
                     plain(result.trace.header.client), plain(said));
}

auto news(const KnownByClient& known) {
  return [&known](const Result& result) { return !is_known_failure(result, known); };
}

}  // namespace

std::string github_annotations(const std::vector<Result>& results, const FileName& in_repository,
                               const KnownByClient& known) {
  std::vector<std::string> errors;
  for (const CauseGroup& group : groups_by_cause(results, news(known)))
    errors.push_back(error_for(group, in_repository));
  if (const auto better = better_than_known(results, known); !better.empty())
    errors.push_back(error_for(better));
  for (const auto& [reason, runs] : by_reason(results, Outcome::error))
    errors.push_back(command_for("error", "could not be carried out", reason, runs, in_repository));
  std::vector<std::string> warnings;
  for (const auto& [reason, runs] : by_reason(results, Outcome::inconclusive))
    warnings.push_back(command_for("warning", "not decided", reason, runs, in_repository));
  return at_most_ten(errors, "error") + at_most_ten(warnings, "warning");
}

std::string markdown_summary(const std::vector<Result>& results, const KnownByClient& known) {
  std::string text = fmt::format("## halfopen: {}\n\n", plain(totals(results)));
  for (const CauseGroup& group : groups_by_cause(results, news(known)))
    text += cause_section(group);
  if (const auto better = better_than_known(results, known); !better.empty())
    text += "### Better than expected.toml says\n\n" + plain(listed(better)) + "\n\n";
  std::vector<const Result*> all;
  all.reserve(results.size());
  for (const Result& result : results) all.push_back(&result);
  std::string rows;
  std::size_t left_out = 0;
  for (const Repeats& each : repeats_of(all)) {
    if (each.worst().verdict.outcome == Outcome::pass) continue;
    const std::string next = row(each, known);
    if (text.size() + rows.size() + next.size() > most_summary - 1000)
      ++left_out;
    else
      rows += next;
  }
  if (!rows.empty())
    text += "| outcome | scenario | client | what |\n| --- | --- | --- | --- |\n" + rows + "\n";
  if (left_out > 0) text += fmt::format("{} more runs are left out here.\n", left_out);
  return text;
}

}  // namespace halfopen::report
