// The stream link's version of a pipeline. A relay cannot drop bytes of a TCP stream, so a lost
// chunk is delivered late, by the time that TCP's retransmissions would have taken, and everything
// behind it waits.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "base/time.h"
#include "link/decision_hash.h"
#include "link/identity.h"
#include "link/loss.h"
#include "link/passage.h"
#include "link/pipeline.h"
#include "link/settings.h"

namespace halfopen::link {

/// One direction of one relayed connection, or of several that share a line. What a relay cannot
/// do honestly (duplicate, corrupt, reorder, reordering jitter) is ignored here; so is the queue's
/// size, because a relay pushes back on the sender instead of dropping.
class StreamPipeline {
 public:
  /// How often one chunk is lost at most; after that many losses TCP would have given up
  /// (Linux's tcp_retries2 = 15), and so late that no run sees it, the chunk comes.
  static constexpr int most_losses = 16;

  struct Result {
    Time due;        ///< Never decreases from one chunk of an attempt to the next.
    int losses = 0;  ///< Transmissions lost, by chance or by a drop rule, before the one that came.
  };

  /// `round_trip`: of the link's two directions together, without jitter and queues.
  StreamPipeline(const Settings& settings, Direction direction, std::uint64_t seed, Time start,
                 Duration round_trip);

  /// `chunk` is a first transmission (nth = 1). Calls come in order of time.
  Result decide(const Identity& chunk, std::size_t size, Time now);
  void change(const Settings& settings, Duration round_trip, Time now);
  /// As Pipeline::decisions_hash.
  [[nodiscard]] std::string decisions_hash() const;

 private:
  /// Counts the losses of one chunk; returns by how much they delay it.
  Duration retransmit(Unit unit, Time now, int& losses);
  /// `due`, or that of the chunk in front of it if that is later.
  Time behind_earlier(int attempt, Time due, Time now);

  Origin origin_;
  Duration round_trip_;
  LossStage loss_;
  Pipeline pipeline_;  ///< All stages behind loss.
  DecisionHash losses_;
  std::map<int, Time> last_due_;  ///< By attempt, where that is still to come.
};

}  // namespace halfopen::link
