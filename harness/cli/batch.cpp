#include "cli/batch.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <memory>
#include <utility>

#include "base/error.h"
#include "base/processors.h"
#include "cli/aside.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/preflight.h"
#include "cli/progress.h"
#include "io/descriptor_budget.h"
#include "io/loop/interruption.h"
#include "io/schedule.h"
#include "report/packet_comment.h"
#include "trace/noise.h"

namespace halfopen::cli {
namespace {

io::Schedule::Limits limits_for(const BatchOptions& options) {
  const double share = usable_processors().share();
  io::Schedule::Limits limits;
  limits.jobs = options.jobs > 0 ? options.jobs : for_cores(runs_per_core, share);
  limits.jobs = std::clamp(limits.jobs, 1, std::max(1, io::runs_within_limit()));
  limits.starting = for_cores(4, share);
  limits.most_starting = for_cores(8, share);
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
    std::vector<io::RunRequest> requests = plan();
    std::size_t begin = 0;
    std::size_t round = 0;
    do {
      ++round;
      const std::size_t end = end_of_round(begin);
      run_round({std::make_move_iterator(requests.begin() + static_cast<std::ptrdiff_t>(begin)),
                 std::make_move_iterator(requests.begin() + static_cast<std::ptrdiff_t>(end))},
                begin);
      begin = end;
    } while (begin < planned_.size() && !failed_ && !interrupted_ && host_.broker().alive());
    if (options_.round > 0) results_.resize(std::min(results_.size(), round * options_.round));
    return collect();
  }

 private:
  /// Behind the last request of the round that begins with that one.
  [[nodiscard]] std::size_t end_of_round(std::size_t begin) const {
    if (options_.round == 0) return planned_.size();
    std::size_t end = begin;
    while (end < planned_.size() &&
           planned_[end] / options_.round == planned_[begin] / options_.round)
      ++end;
    return end;
  }

  /// `begin`: the place of the first one among all requests.
  void run_round(std::vector<io::RunRequest> requests, std::size_t begin) {
    const std::size_t total = requests.size();
    io::Schedule schedule(host_, std::move(requests), limits_for(options_),
                          [this, begin](std::size_t index, trace::Trace trace) {
                            finished(planned_[begin + index], std::move(trace));
                          });
    Progress progress(host_, schedule, total, options_.lines);
    progress_ = &progress;
    schedule_ = &schedule;
    if (begin == 0)
      for (const std::size_t index : settled_) announce(index);
    const auto stop = [&] {
      interrupted_ = true;
      schedule.interrupt();
    };
    const io::Interruption interruption(host_.loop(), internal, stop);
    if (begin == 0) began_ = io::now();
    schedule.run();
    aside_.wait();
    host_.captures().wait();
    progress_ = nullptr;
    schedule_ = nullptr;
    for (std::size_t i = 0; i < total; ++i)
      if (!schedule.began(i)) results_[planned_[begin + i]] = not_started(planned_[begin + i]);
  }

  /// Decides for each pair whether and how it is run.
  std::vector<io::RunRequest> plan() {
    std::vector<io::RunRequest> requests;
    const io::Abilities& abilities = host_.broker().abilities();
    const LinkTaken link = take_link(options_.link, abilities);
    warn(link, abilities);
    for (std::size_t i = 0; i < pairs_.size(); ++i) {
      trace::Header header = make_header(pairs_[i], link, abilities, options_);
      if (io::runs_within_limit() == 0) {
        results_[i] = result_of(
            i, not_run(std::move(header),
                       trace::Broken{fmt::format("a run needs more open files than this limit "
                                                 "allows; {}",
                                                 more_files)}));
        settled_.push_back(i);
        continue;
      }
      if (const auto lacking = unsupported(pairs_[i], link, abilities)) {
        results_[i] = result_of(i, not_run(std::move(header), *lacking));
        settled_.push_back(i);
        ++ended_;
        continue;
      }
      planned_.push_back(i);
      headers_[i] = header;
      headers_[i].scenario_text.clear();
      headers_[i].scenario_parts.clear();
      requests.push_back({pairs_[i].scenario, pairs_[i].client, link.kind, std::move(header),
                          options_.trust, capture_of(i)});
    }
    return requests;
  }

  [[nodiscard]] io::CaptureRequest capture_of(std::size_t index) const {
    if (options_.captures.empty()) return {};
    return {options_.captures.at(index), report::packet_comment};
  }

  /// Of what was asked for and will not be there.
  void warn(const LinkTaken& link, const io::Abilities& abilities) {
    if (!options_.captures.empty() && link.kind == io::LinkKind::stream)
      complain(
          fmt::format("halfopen: --pcap-dir: no captures are written: the stream link moves no "
                      "packets ({}){}{}",
                      link.why, abilities.remedy.empty() ? "" : "; ", abilities.remedy));
    if (const auto& problem = host_.key_log().problem())
      complain(fmt::format("halfopen: {}: no TLS secrets are added to it", problem->what()));
  }

  /// Judges it aside, while other runs go on; no more of them start while too much waits for that.
  void finished(std::size_t index, trace::Trace trace) {
    const auto whole = std::make_shared<trace::Trace>(std::move(trace));
    const auto result = std::make_shared<report::Result>();
    const Duration ended = io::now() - began_;
    const std::size_t held = trace::memory_of(*whole);
    const auto judge = [this, index, whole, result, ended] {
      *result = result_of(index, std::move(*whole));
      result->ended = ended;
    };
    const auto judged = [this, index, result, by_itself = !interrupted_] {
      results_[index] = std::move(*result);
      failed_ = failed_ || results_[index]->verdict.outcome == judge::Outcome::fail;
      if (!by_itself) return;
      ++ended_;
      announce(index);
    };
    if (options_.fail_fast) {  // here: no run begins before it is known how this one ended
      judge();
      judged();
      if (failed_) schedule_->start_no_more();
      return;
    }
    const auto back = [this, judged] {
      hold_back();
      judged();
    };
    aside_.put(judge, back, held);
    hold_back();
  }

  void hold_back() {
    if (schedule_ != nullptr) schedule_->hold_back(aside_.bytes_waiting() > options_.most_waiting);
  }

  /// Shares nothing with other runs that changes.
  [[nodiscard]] report::Result result_of(std::size_t index, trace::Trace trace) const {
    report::Result result =
        report::make_result(scenario_of(index), std::move(trace), options_.judging);
    if (options_.on_end) options_.on_end(index, result.trace);
    if (options_.on_result) options_.on_result(index, result);
    const bool passed = result.verdict.outcome == judge::Outcome::pass;
    if (!options_.keep_events) report::let_go(result, options_.keep_stories && !passed);
    return result;
  }

  report::Result not_started(std::size_t index) const {
    report::Result result;
    result.scenario = scenario_of(index);
    result.trace.header = headers_.at(index);
    result.verdict.outcome = judge::Outcome::inconclusive;
    result.verdict.reason =
        judge::reason::NotStarted{options_.fail_fast && failed_ && !interrupted_};
    return result;
  }

  /// It outlives the batch, and is not copied for each run.
  [[nodiscard]] std::shared_ptr<const scenario::Scenario> scenario_of(std::size_t index) const {
    return {std::shared_ptr<void>(), pairs_[index].scenario};
  }

  void announce(std::size_t index) {
    progress_->line(report::summary_line(*results_[index], options_.style));
  }

  BatchOutcome collect() {
    BatchOutcome outcome;
    outcome.interrupted = interrupted_;
    outcome.capture_problem = host_.captures().problem();
    outcome.broken = !host_.broker().alive();
    outcome.ended = ended_;
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
  io::Schedule* schedule_ = nullptr;              ///< While it runs.
  std::map<std::size_t, trace::Header> headers_;  ///< Of the planned, should they never start.
  Time began_ = io::now();
  std::size_t ended_ = 0;
  bool interrupted_ = false;
  bool failed_ = false;        ///< And so no more are begun.
  Aside aside_{host_.loop()};  ///< Last: what it does uses all of the above.
};

}  // namespace

int for_cores(int each, double share) { return std::max(1, static_cast<int>(each * share)); }

BatchOutcome run_batch(const std::vector<Pair>& pairs, const BatchOptions& options) {
  return Batch(pairs, options).run();
}

}  // namespace halfopen::cli
