// `halfopen mutants`: proves that scenarios can fail. Each is run against the variants of a client
// that it names in `mutants`, and every one of them must fail it.
#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <list>
#include <memory>

#include "base/error.h"
#include "cli/clients.h"
#include "cli/commands.h"
#include "cli/own_command.h"
#include "cli/run_options.h"

namespace halfopen::cli {
namespace {

int report_survivors(const std::vector<report::Result>& results, const report::Style& style) {
  int killed = 0;
  int undecided = 0;
  int survivors = 0;
  for (const report::Result& result : results) {
    switch (result.verdict.outcome) {
      case judge::Outcome::fail:
        ++killed;
        break;
      case judge::Outcome::pass:
        ++survivors;
        fmt::print("survived: {}\n", report::summary_line(result, style));
        break;
      case judge::Outcome::inconclusive:
      case judge::Outcome::unsupported:
        ++undecided;
        fmt::print("undecided: {}\n", report::summary_line(result, style));
        break;
      case judge::Outcome::error:
        ++survivors;
        fmt::print("not run: {}\n", report::summary_line(result, style));
        break;
    }
  }
  fmt::print("{} mutants: {} failed as they must, {} undecided, {} did not fail\n", results.size(),
             killed, undecided, survivors);
  if (survivors > 0) return some_failed;
  return undecided > 0 ? ExitCode::undecided : all_passed;
}

int run(const RunOptions& options, const CLI::App& command) {
  const auto scenarios = load_scenarios(options.scenarios);
  if (!scenarios) return bad_scenario;
  if (options.clients.size() != 1) throw Error("`halfopen mutants` takes exactly one --client");
  const scenario::Client client = find_client(options.clients.front());
  install(client);
  std::list<scenario::Client> mutants;  // the pairs point into it
  std::vector<Pair> pairs;
  for (const scenario::Scenario& scenario : *scenarios)
    for (const std::string& name : scenario.mutants) {
      mutants.push_back(variant_of(client, name));
      pairs.push_back({&scenario, &mutants.back()});
    }
  BatchOptions batch = batch_options(options, command);
  batch.command = own_command();
  batch.judging.strict = true;  // a mutant may be wrong in what an RFC says SHOULD be
  const BatchOutcome outcome = run_batch(pairs, batch);
  write_reports(outcome.results, options);
  if (outcome.interrupted) return internal;
  const report::Style style = style_of(STDOUT_FILENO);
  if (options.verbose)
    for (const report::Result& result : outcome.results)
      fmt::print("{}\n", report::timeline(result, style));
  const int code = report_survivors(outcome.results, style);
  return code == ExitCode::undecided && !options.require_all ? all_passed : code;
}

}  // namespace

void add_mutants(CLI::App& app, int& exit_code) {
  CLI::App* command = app.add_subcommand(
      "mutants",
      "prove that scenarios can fail: run them, strictly, against the mutants they name");
  const auto options = std::make_shared<RunOptions>();
  add_options(*command, *options);
  command->callback([options, command, &exit_code] { exit_code = run(*options, *command); });
}

}  // namespace halfopen::cli
