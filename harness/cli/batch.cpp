#include "cli/batch.h"

#include <fmt/format.h>

#include <csignal>
#include <thread>
#include <utility>

#include "base/error.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/preflight.h"
#include "cli/progress.h"
#include "io/descriptor_budget.h"
#include "io/loop/interruption.h"
#include "io/schedule.h"
#include "scenario/files.h"
#include "scenario/loader.h"

namespace halfopen::cli {
namespace {

io::Schedule::Limits limits_for(const BatchOptions& options) {
  const int cores = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
  io::Schedule::Limits limits;
  limits.jobs = options.jobs > 0 ? options.jobs : 32 * cores;
  limits.jobs = std::clamp(limits.jobs, 1, std::max(1, io::runs_within_limit()));
  limits.starting = 4 * cores;
  return limits;
}

/// A run that was never carried out, and why.
trace::Trace not_run(trace::Header header, const trace::Body& why) {
  return {std::move(header), {{{}, 0, 0, why}, {{}, 0, 0, trace::Over{trace::Ended::not_run}}}};
}

/// The batch under way.
class Batch {
 public:
  Batch(const std::vector<Pair>& pairs, const BatchOptions& options)
      : pairs_(pairs), options_(options), results_(pairs.size()) {}

  BatchOutcome run() {
    std::signal(SIGPIPE, SIG_IGN);
    std::vector<io::RunRequest> requests = plan();
    io::Schedule schedule(host_, requests, limits_for(options_),
                          [this](std::size_t index, trace::Trace trace) {
                            finished(planned_[index], std::move(trace));
                          });
    Progress progress(host_, schedule, requests.size(), options_.lines);
    progress_ = &progress;
    for (const std::size_t index : settled_) announce(index);
    const auto stop = [&] {
      interrupted_ = true;
      schedule.interrupt();
    };
    const io::Interruption interruption(host_.loop(), internal, stop);
    schedule.run();
    progress_ = nullptr;
    return collect();
  }

 private:
  /// Decides for each pair whether and how it is run.
  std::vector<io::RunRequest> plan() {
    std::vector<io::RunRequest> requests;
    const io::Abilities& abilities = host_.broker().abilities();
    const LinkTaken link = take_link(options_.link, abilities);
    for (std::size_t i = 0; i < pairs_.size(); ++i) {
      trace::Header header = make_header(pairs_[i], link, abilities, options_);
      if (io::runs_within_limit() == 0) {
        store(i, not_run(std::move(header),
                         trace::Broken{fmt::format("a run needs more open files than this limit "
                                                   "allows; {}",
                                                   more_files)}));
        settled_.push_back(i);
        continue;
      }
      if (const auto lacking = unsupported(pairs_[i], link, abilities)) {
        store(i, not_run(std::move(header), *lacking));
        settled_.push_back(i);
        continue;
      }
      planned_.push_back(i);
      requests.push_back({pairs_[i].scenario, pairs_[i].client, link.kind, std::move(header),
                          options_.clean_environment});
    }
    return requests;
  }

  void finished(std::size_t index, trace::Trace trace) {
    if (interrupted_) return;
    store(index, std::move(trace));
    announce(index);
  }

  void store(std::size_t index, trace::Trace trace) {
    results_[index] =
        report::make_result(*pairs_[index].scenario, std::move(trace), options_.judging);
  }

  void announce(std::size_t index) {
    progress_->line(report::summary_line(*results_[index], options_.style));
  }

  BatchOutcome collect() {
    BatchOutcome outcome;
    outcome.interrupted = interrupted_;
    outcome.broken = !host_.broker().alive();
    for (auto& result : results_)
      if (result) outcome.results.push_back(std::move(*result));
    return outcome;
  }

  io::Host host_;  ///< First: it forks the broker.
  const std::vector<Pair>& pairs_;
  const BatchOptions& options_;
  std::vector<std::optional<report::Result>> results_;
  std::vector<std::size_t> planned_;  ///< Request → pair.
  std::vector<std::size_t> settled_;  ///< Pairs that need no run.
  Progress* progress_ = nullptr;
  bool interrupted_ = false;
};

}  // namespace

BatchOutcome run_batch(const std::vector<Pair>& pairs, const BatchOptions& options) {
  return Batch(pairs, options).run();
}

std::optional<std::vector<scenario::Scenario>> load_scenarios(
    const std::vector<std::string>& named) try {
  std::vector<scenario::Scenario> scenarios;
  bool clean = true;
  for (const std::string& file : scenario::find_scenarios(named)) {
    const std::string text = scenario::read_file(file);
    auto loaded = scenario::load_scenario(text, file);
    for (const Diagnostic& diagnostic : loaded.diagnostics) complain(render(diagnostic, text));
    clean = clean && loaded.diagnostics.empty();
    if (loaded.value) scenarios.push_back(std::move(*loaded.value));
  }
  if (!clean) return std::nullopt;
  return scenarios;
} catch (const Error& failure) {
  complain(std::string("halfopen: ") + failure.what());
  return std::nullopt;
}

}  // namespace halfopen::cli
