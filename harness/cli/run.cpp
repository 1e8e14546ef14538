// `halfopen run`: every scenario × client pair, judged.
#include <fmt/format.h>

#include <memory>
#include <optional>

#include "base/error.h"
#include "cli/clients.h"
#include "cli/commands.h"
#include "cli/dry_run.h"
#include "cli/earlier_report.h"
#include "cli/known_runs.h"
#include "cli/output.h"
#include "cli/own_command.h"
#include "cli/page_file.h"
#include "cli/pairs.h"
#include "cli/part.h"
#include "cli/run_options.h"
#include "cli/run_output.h"
#include "cli/watch_and_run.h"

namespace halfopen::cli {
namespace {

std::vector<scenario::Client> find_clients(const RunOptions& options) {
  std::vector<scenario::Client> clients;
  clients.reserve(options.clients.size());
  for (const std::string& text : options.clients)
    clients.push_back(with_abilities(find_client(text), options.can));
  tell_apart(clients);
  return clients;
}

/// What the options say of how often; of an earlier report's runs only those that are to be
/// repeated.
std::vector<Pair> pairs_for(const RunOptions& options, const std::vector<EarlierRun>& earlier,
                            const std::vector<scenario::Scenario>& scenarios,
                            const std::vector<scenario::Client>& clients, std::uint64_t seed) {
  std::vector<Pair> pairs = pair_up(scenarios, clients, options.seeds);
  if (earlier.empty()) return pairs;
  pairs = only_those_of(earlier, std::move(pairs));
  if (pairs.empty())
    throw Misuse("--rerun-failed",
                 fmt::format("none of the {} runs that failed in {} is one of these scenarios with "
                             "one of these clients",
                             earlier.size(), options.rerun_failed));
  return options.seed.empty() && options.seeds == 1 ? with_their_seeds(earlier, pairs, seed)
                                                    : pairs;
}

int run_all(const RunOptions& options, const Part& part,
            const std::vector<scenario::Client>& clients,
            const std::optional<report::KnownByClient>& known, BatchOptions batch) {
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
  if (options.until_fail) batch.round = pairs.size() / static_cast<std::size_t>(options.repeat);
  BatchOutcome outcome = run_batch(pairs, batch);
  if (options.until_fail)
    complain(fmt::format("halfopen: --until-fail: {} of at most {} rounds were run",
                         outcome.results.size() / batch.round, options.repeat));
  report::decide_together(outcome.results);
  traces.name_files(outcome.results);
  // First: they do not hang on what is wrong with a terminal.
  options.reports.write(outcome.results);
  page.write(outcome.results, clients, known);
  print_results(outcome.results, options);
  print_causes(outcome.results, options, known.value_or(report::KnownByClient{}));
  options.github.tell(outcome.results, known.value_or(report::KnownByClient{}));
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
  return known ? compare(outcome.results, *known)
               : report::exit_code(outcome.results, options.require_all);
}

int run(RunOptions options) {
  check_repetitions(options);
  std::vector<EarlierRun> earlier;
  if (!options.rerun_failed.empty()) {
    earlier = failed_in(options.rerun_failed);
    if (options.scenarios.empty()) options.scenarios = scenarios_of(earlier);
    if (options.clients.empty()) options.clients = clients_of(earlier);
    if (options.settings.given.empty()) options.settings.given = settings_of(earlier);
  }
  require_client(options);
  const BatchOptions batch = batch_options(options);
  if (options.watch) return watch_and_run(options.scenarios, options.clients);
  auto loaded = load_scenarios(options.scenarios, options.settings);
  if (!loaded) return bad_scenario;
  const std::vector<scenario::Client> clients = find_clients(options);
  std::optional<report::KnownByClient> known;
  if (options.expected) known = known_results(clients, *loaded);
  const auto scenarios = select(std::move(*loaded), options.selection);
  const std::vector<Pair> pairs = pairs_for(options, earlier, scenarios, clients, batch.seed);
  const Part part(options.part, repeated(pairs, options.repeat), batch.seed);
  if (options.list) {
    list_runs(options.part.shard.empty() ? pairs : part.pairs(), batch,
              options.part.shard.empty() ? options.repeat : 1);
    return all_passed;
  }
  for (const scenario::Client& client : clients)
    if (missing_programs(client).empty() && !install(client)) return bad_scenario;
  return run_all(options, part, clients, known, batch);
}

}  // namespace

void add_run(CommandLine& line) {
  Command command = line.add("run", "Runs scenarios against clients and judges them");
  const auto options = std::make_shared<RunOptions>();
  add_options(command, *options);
  add_run_options(command, *options);
  add_page_options(command, options->html, options->baseline);
  options->github.add_option(command);
  options->part.add(command);
  command.does([options] { return run(*options); });
}

}  // namespace halfopen::cli
