#include "report/github.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/bytes.h"
#include "report/cause_groups.h"
#include "report/verdict_text.h"
#include "report/verdict_words.h"

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
  if (group.runs.size() > 1) text += "\nIn all: " + listed(group.scenarios());
  text += "\n" + replay_command(header);
  return fmt::format("::error file={},line={},title={}::{}\n",
                     as_property(in_repository(header.scenario_file)), std::max(line, 1),
                     as_property("halfopen: " + headline(group)), as_data(text));
}

/// Runs that say nothing about the client, by their reason.
std::map<std::string, std::vector<const Result*>> undecided(const std::vector<Result>& results) {
  std::map<std::string, std::vector<const Result*>> found;
  for (const Result& result : results) {
    const Outcome outcome = result.verdict.outcome;
    if (outcome == Outcome::inconclusive || outcome == Outcome::error)
      found[fmt::format("{}: {}", judge::name_of(outcome), in_words(result.verdict.reason))]
          .push_back(&result);
  }
  return found;
}

std::string warning_for(const std::string& reason, const std::vector<const Result*>& runs,
                        const FileName& in_repository) {
  std::vector<std::string> names;
  names.reserve(runs.size());
  for (const Result* run : runs)
    names.push_back(run->trace.header.scenario + " (" + run->trace.header.client + ")");
  return fmt::format("::warning file={},title={}::{}\n",
                     as_property(in_repository(runs.front()->trace.header.scenario_file)),
                     as_property(fmt::format("halfopen: {} not decided",
                                             runs.size() == 1 ? "a run was" : "runs were")),
                     as_data(reason + "\n" + listed(names)));
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
  return fmt::format("### {}\n\n{}\n\nShortest: {} ({}): {}\n\n    {}\n\n", plain(headline(group)),
                     plain(group.cause->means), plain(group.shortest->trace.header.scenario),
                     plain(group.shortest->trace.header.client), plain(in_one_line(*group.example)),
                     printable_line(replay_command(group.shortest->trace.header)));
}

std::string row(const Result& result) {
  const judge::Verdict& verdict = result.verdict;
  const std::string said =
      verdict.failures.empty() ? in_words(verdict.reason) : in_one_line(verdict.failures.front());
  return fmt::format("| {} | {} | {} | {} |\n", judge::name_of(verdict.outcome),
                     plain(result.trace.header.scenario), plain(result.trace.header.client),
                     plain(said));
}

}  // namespace

std::string github_annotations(const std::vector<Result>& results, const FileName& in_repository) {
  std::vector<std::string> errors;
  for (const CauseGroup& group : groups_by_cause(results))
    errors.push_back(error_for(group, in_repository));
  std::vector<std::string> warnings;
  for (const auto& [reason, runs] : undecided(results))
    warnings.push_back(warning_for(reason, runs, in_repository));
  return at_most_ten(errors, "error") + at_most_ten(warnings, "warning");
}

std::string markdown_summary(const std::vector<Result>& results) {
  std::string text = fmt::format("## halfopen: {}\n\n", plain(totals(results)));
  for (const CauseGroup& group : groups_by_cause(results)) text += cause_section(group);
  std::string rows;
  std::size_t left_out = 0;
  for (const Result& result : results) {
    if (result.verdict.outcome == Outcome::pass) continue;
    const std::string next = row(result);
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
