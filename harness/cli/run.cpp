// `halfopen run`: every scenario × client pair, judged.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <map>
#include <memory>

#include "base/bytes.h"
#include "base/error.h"
#include "cli/clients.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/own_command.h"
#include "cli/page_file.h"
#include "cli/run_options.h"
#include "report/deviations.h"
#include "report/verdict_text.h"
#include "report/verdict_words.h"
#include "scenario/coins.h"
#include "scenario/files.h"

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

/// One run is told whole; of many, what went wrong, and the matrix. Quiet: the matrix only.
void print(const std::vector<report::Result>& results, const RunOptions& options) {
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

/// The expected.toml of every client that has one. Throws Misuse.
report::KnownByClient known_results(const std::vector<scenario::Client>& clients,
                                    const std::vector<scenario::Scenario>& scenarios) {
  std::vector<std::string> files;
  files.reserve(scenarios.size());
  for (const scenario::Scenario& scenario : scenarios) files.push_back(scenario.file);
  const std::vector<std::string> names = scenario::scenario_names(files);
  report::KnownByClient known;
  for (const scenario::Client& client : clients)
    known[client.name] = find_known_results(client, names);
  return known;
}

/// What was not judged is not as expected either.
int compare(const std::vector<report::Result>& results, const report::KnownByClient& known) {
  const auto lines = report::deviations(results, known);
  for (const std::string& line : lines) fmt::print("deviates: {}\n", printable_line(line));
  const int code = report::exit_code(results, false);
  if (code == internal || (lines.empty() && code == undecided)) return code;
  if (lines.empty()) fmt::print("all as expected\n");
  return lines.empty() ? all_passed : some_failed;
}

/// Two commands may run the same program; in reports and files they are two clients.
void tell_apart(std::vector<scenario::Client>& clients) {
  std::map<std::string, std::vector<std::string>> given;  // by name, in order
  for (scenario::Client& client : clients) {
    auto& others = given[client.name];
    const auto found = std::find(others.begin(), others.end(), client.given);
    const auto nth = found - others.begin() + 1;
    if (found == others.end()) others.push_back(client.given);
    if (nth > 1) client.name += fmt::format(" #{}", nth);
  }
}

/// Everything with everything; where chance has a part in the verdict, with so many seeds.
std::vector<Pair> pair_up(const std::vector<scenario::Scenario>& scenarios,
                          const std::vector<scenario::Client>& clients, int seeds) {
  std::vector<Pair> pairs;
  for (const scenario::Client& client : clients)
    for (const scenario::Scenario& scenario : scenarios) {
      const int times = scenario::hangs_on_chance(scenario) ? seeds : 1;
      for (int later = 0; later < times; ++later)
        pairs.push_back({&scenario, &client, static_cast<std::uint64_t>(later)});
    }
  return pairs;
}

int run(const RunOptions& options) {
  BatchOptions batch = batch_options(options);
  const auto scenarios = load_scenarios(options.scenarios);
  if (!scenarios) return bad_scenario;
  std::vector<scenario::Client> clients;
  clients.reserve(options.clients.size());
  for (const std::string& text : options.clients)
    clients.push_back(with_abilities(find_client(text), options.can));
  tell_apart(clients);
  for (const scenario::Client& client : clients)
    if (missing_programs(client).empty() && !install(client)) return bad_scenario;
  const report::KnownByClient known =
      options.expected ? known_results(clients, *scenarios) : report::KnownByClient{};
  const Part part(options.part, pair_up(*scenarios, clients, options.seeds), batch.seed);
  const std::vector<Pair>& pairs = part.pairs();
  check_outputs(options);
  TraceFolder traces(options, pairs);
  part.write_list(options.trace_dir, traces.names());
  batch.on_end = traces.on_end();
  batch.captures = capture_files(options, pairs);
  PageFile page(options.html, options.baseline, pairs.size());
  batch.on_result = page.on_result();
  batch.keep_events = batch.keep_events || pairs.size() == 1;  // it is told whole
  batch.command = own_command();
  BatchOutcome outcome = run_batch(pairs, batch);
  report::decide_together(outcome.results);
  traces.name_files(outcome.results);
  options.reports.write(
      outcome.results);  // first: they do not hang on what is wrong with a terminal
  page.write(outcome.results, clients, options.expected ? std::optional(known) : std::nullopt);
  print(outcome.results, options);
  options.github.tell(outcome.results);
  traces.check();
  if (outcome.capture_problem) throw Error(*outcome.capture_problem);
  if (outcome.interrupted) {
    complain(
        fmt::format("halfopen: interrupted; {} of {} runs had ended", outcome.ended, pairs.size()));
    return internal;
  }
  if (outcome.broken) {
    complain("halfopen: its broker has died, and what it had under way could not be finished");
    return internal;
  }
  return options.expected ? compare(outcome.results, known)
                          : report::exit_code(outcome.results, options.require_all);
}

}  // namespace

void add_run(CommandLine& line) {
  Command command = line.add("run", "run scenarios against clients and judge them");
  const auto options = std::make_shared<RunOptions>();
  add_options(command, *options);
  command.add_flag("--expected", options->expected,
                   "succeed if each client does what its expected.toml says, and fail on any "
                   "change, in either direction");
  add_page_options(command, options->html, options->baseline);
  options->github.add_option(command);
  options->part.add(command);
  command
      .add_option("--seeds", options->seeds,
                  "run a scenario with so many seeds, from --seed on, where its verdict hangs on "
                  "chance: by the link, by a `chance`, or by gaps that are to grow, which are then "
                  "judged together")
      .between(1, 1000);
  command.does([options] { return run(*options); });
}

}  // namespace halfopen::cli
