#include "cli/run_output.h"

#include <fmt/format.h>
#include <unistd.h>

#include <map>
#include <string>

#include "base/bytes.h"
#include "cli/next_commands.h"
#include "cli/own_command.h"
#include "report/causes_text.h"
#include "report/verdict_text.h"
#include "report/verdict_words.h"

namespace halfopen::cli {
namespace {

/// What was lacking, each reason once: the matrix has no room for it.
void print_unsupported(const std::vector<report::Result>& results) {
  std::map<std::string, int> reasons;
  for (const report::Result& result : results)
    if (result.verdict.outcome == judge::Outcome::unsupported)
      ++reasons[report::in_words(result.verdict.reason)];
  for (const auto& [reason, count] : reasons)
    fmt::print("? unsupported ×{}: {}\n", count, printable_line(reason));
}

}  // namespace

void print_results(const std::vector<report::Result>& results, const RunOptions& options) {
  const report::Style style = style_of(STDOUT_FILENO);
  for (const report::Result& result : results) {
    const judge::Outcome outcome = result.verdict.outcome;
    if (options.verbose || (results.size() == 1 && !options.quiet))
      fmt::print("{}\n", report::timeline(result, style));
    else if (results.size() == 1)
      fmt::print("{}\n", report::summary_line(result, style));
    else if (!options.quiet && outcome != judge::Outcome::pass &&
             outcome != judge::Outcome::unsupported)
      fmt::print("{}\n{}\n", report::summary_line(result, style),
                 report::verdict_text(result, style));
  }
  if (results.size() == 1) return;
  if (!options.quiet) print_unsupported(results);
  fmt::print("{}{}", report::matrix(results, style), report::seeds_that_failed(results));
}

void print_causes(const std::vector<report::Result>& results, const RunOptions& options,
                  const report::KnownByClient& known) {
  std::size_t failed = 0;
  const auto groups = report::groups_by_cause(results, [&](const report::Result& result) {
    if (report::is_known_failure(result, known)) return false;
    failed += result.verdict.outcome == judge::Outcome::fail ? 1 : 0;
    return true;
  });
  if (groups.empty() || failed < (options.quiet ? 1U : 2U)) return;
  fmt::print("\n{}\n{}", report::causes_text(groups, style_of(STDOUT_FILENO)),
             next_commands(groups, options, own_command()));
}

}  // namespace halfopen::cli
