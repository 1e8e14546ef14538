// `halfopen mutants`: proves that scenarios can fail. Each is run against the variants of a client
// that it names in `mutants`, and every one of them must fail it. With --only and --all the other
// way round: a variant is run against all scenarios, and must fail those that name it and no other.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <list>
#include <memory>

#include "base/error.h"
#include "cli/clients.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/own_command.h"
#include "cli/run_options.h"
#include "scenario/coins.h"

namespace halfopen::cli {
namespace {

/// Whether the scenario says that the variant which it was run against must fail it.
bool is_named(const report::Result& result) {
  const auto& names = result.scenario->mutants;
  return std::any_of(names.begin(), names.end(), [&](const std::string& name) {
    return result.trace.header.client.ends_with("@" + name);
  });
}

/// Where nothing said that the scenario must fail, only a failure is worth a line, and that only if
/// it is no matter of chance.
int report_others(const std::vector<report::Result>& results, const report::Style& style) {
  int failures = 0;
  for (const report::Result& result : results) {
    if (is_named(result) || scenario::throws_coins(*result.scenario)) continue;
    if (result.verdict.outcome != judge::Outcome::fail) continue;
    ++failures;
    fmt::print("not named, and failed: {}\n", report::summary_line(result, style));
  }
  return failures;
}

int report_survivors(const std::vector<report::Result>& results, const report::Style& style) {
  int killed = 0;
  int undecided = 0;
  int survivors = 0;
  for (const report::Result& result : results) {
    if (!is_named(result)) continue;
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
  const int others = report_others(results, style);
  fmt::print("{} mutants: {} failed as they must, {} undecided, {} did not fail\n",
             killed + undecided + survivors, killed, undecided, survivors);
  if (others > 0) fmt::print("{} failed a scenario that does not name them\n", others);
  if (survivors + others > 0) return some_failed;
  return undecided > 0 ? ExitCode::undecided : all_passed;
}

/// Each scenario with the variants that it names; or, where there are any in `only`, with these.
/// The pairs point into `mutants`. Throws Error for a variant that there is not.
std::vector<Pair> pair_up(const std::vector<scenario::Scenario>& scenarios,
                          const scenario::Client& client, const std::vector<std::string>& only,
                          std::list<scenario::Client>& mutants) {
  std::vector<Pair> pairs;
  for (const scenario::Scenario& scenario : scenarios)
    for (const std::string& name : only.empty() ? scenario.mutants : only) {
      try {
        mutants.push_back(variant_of(client, name));
      } catch (const Error& unknown) {
        throw Error(only.empty() ? scenario.file : "--only", unknown.what());
      }
      pairs.push_back({&scenario, &mutants.back()});
    }
  return pairs;
}

struct Choice {
  std::vector<std::string> only;
  bool all = false;
};

/// Throws Misuse if it comes to none although there should be some.
std::vector<std::string> chosen(const Choice& choice, const scenario::Client& client) {
  std::vector<std::string> names = choice.only;
  if (choice.all)
    for (const auto& [name, variant] : client.variants) names.push_back(name);
  if (choice.all && names.empty()) throw Misuse("--all", "the client has no [variants]");
  return names;
}

int run(const RunOptions& options, const Choice& choice) {
  require_client(options);
  BatchOptions batch = batch_options(options);
  const auto scenarios = load_scenarios(options.scenarios, options.settings);
  if (!scenarios) return bad_scenario;
  if (options.clients.size() != 1) throw Misuse("--client", "`halfopen mutants` takes exactly one");
  const scenario::Client client = find_client(options.clients.front());
  if (!install(client)) return bad_scenario;
  std::list<scenario::Client> mutants;
  std::vector<Pair> pairs;
  try {
    pairs = pair_up(*scenarios, client, chosen(choice, client), mutants);
  } catch (const Error& unknown) {
    complain(unknown.what());
    return choice.only.empty() && !choice.all ? bad_scenario : usage;
  }
  check_outputs(options);
  TraceFolder traces(options, pairs);
  batch.on_end = traces.on_end();
  batch.captures = capture_files(options, pairs);
  batch.command = own_command();
  batch.judging.strict = true;  // a mutant may be wrong in what an RFC says SHOULD be
  BatchOutcome outcome = run_batch(pairs, batch);
  traces.name_files(outcome.results);
  options.reports.write(outcome.results);
  traces.check();
  if (outcome.capture_problem) throw Error(*outcome.capture_problem);
  if (outcome.interrupted) return internal;
  const report::Style style = style_of(STDOUT_FILENO);
  if (options.verbose)
    for (const report::Result& result : outcome.results)
      fmt::print("{}\n", report::timeline(result, style));
  const int code = report_survivors(outcome.results, style);
  const bool judged = std::ranges::any_of(
      outcome.results, [](const report::Result& each) { return each.verdict.judged; });
  if (code == all_passed && !judged) return ExitCode::undecided;
  return code == ExitCode::undecided && judged && !options.require_all ? all_passed : code;
}

}  // namespace

void add_mutants(CommandLine& line) {
  Command command = line.add(
      "mutants",
      "Proves that scenarios can fail: runs them, strictly, against the mutants they name");
  const auto options = std::make_shared<RunOptions>();
  add_options(command, *options);
  const auto choice = std::make_shared<Choice>();
  Option only = command.add_option(
      "--only", choice->only,
      "Runs this mutant against all of the scenarios: those that name it, and no "
      "others, must fail; may be given again");
  only.one_a_time();
  command.add_flag("--all", choice->all, "Does the same for every mutant of the client")
      .excludes(only);
  command.does([options, choice] { return run(*options, *choice); });
}

}  // namespace halfopen::cli
