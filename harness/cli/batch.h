// Carries out runs, judges them and collects the results: what `run` and `mutants` share.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "io/client_launch.h"
#include "judge/judge.h"
#include "report/report.h"
#include "scenario/client.h"
#include "scenario/scenario.h"

namespace halfopen::cli {

enum class LinkChoice { automatic, packet, stream };

/// So many light clients run at once for each core, where neither --jobs nor the limit of open
/// files says less.
inline constexpr int runs_per_core = 128;
/// The same for that share of processors (Processors::share): a whole number, and at least 1.
[[nodiscard]] int for_cores(int each, double share);

struct BatchOptions {
  std::uint64_t seed = 0;
  LinkChoice link = LinkChoice::automatic;
  int jobs = 0;  ///< 0: by cores.
  report::Style style;
  judge::Options judging;
  io::Trust trust;                   ///< --clean-env, --may-capture
  bool lines = true;                 ///< One line for each run that has ended.
  bool fail_fast = false;            ///< After the first run that fails no other is begun.
  bool keep_events = false;          ///< Results keep the events of their traces.
  bool keep_stories = false;         ///< … or at least what they tell, of those that do not pass.
  std::vector<std::string> command;  ///< halfopen's own command line, for the trace.
  std::vector<std::string> captures;  ///< The file for each pair's packets; empty: none is wanted.
  /// So many pairs make a round: one is run after the other, until a run of one fails. 0: one
  /// round.
  std::size_t round = 0;
  /// While the traces of runs that have ended, and are still to be judged, written and freed, hold
  /// more bytes than this, no more runs start.
  std::size_t most_waiting = std::size_t{128} * 1024 * 1024;
  /// Called with each run's place among the pairs and its whole trace, as it ends; one after the
  /// other, but on another thread than the caller's.
  std::function<void(std::size_t index, const trace::Trace& trace)> on_end;
  /// The same with its result, which has its events still.
  std::function<void(std::size_t index, const report::Result& result)> on_result;
};

/// One pair of the batch; the pointers must outlive its results.
struct Pair {
  const scenario::Scenario* scenario = nullptr;
  const scenario::Client* client = nullptr;
  std::uint64_t seeds_later = 0;  ///< Its seed is so many behind that of the batch.
};

struct BatchOutcome {
  std::vector<report::Result> results;  ///< In the order of the pairs; not of later rounds.
  std::size_t ended = 0;                ///< So many of them had ended by themselves.
  bool interrupted = false;
  bool broken = false;                   ///< The broker has died: nothing could be run any more.
  std::optional<Error> capture_problem;  ///< Why a capture could not be written: the first.
};

[[nodiscard]] BatchOutcome run_batch(const std::vector<Pair>& pairs, const BatchOptions& options);

}  // namespace halfopen::cli
