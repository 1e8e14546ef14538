// Shares the loop's turns out among those who read what others send, so that thousands of them that
// have something at once do not keep everything else waiting. Pure: the time is an argument.
#pragma once

#include <cstdint>
#include <optional>
#include <utility>

#include "base/time.h"

namespace halfopen::io {

class Turns {
 public:
  /// So long they read in one turn of the loop, together; whoever begins before that may finish.
  static constexpr Duration most = std::chrono::milliseconds(10);

  /// The loop is about to ask what is ready.
  void begin() {
    began_.reset();
    goes_on_ = std::exchange(left_out_, false);
    if (!goes_on_) ++round_;
  }
  /// Whether one may read now. What it may not is still there in the next turn, and nobody reads
  /// again before all have read who were left out. `served`: one's own, from 0.
  [[nodiscard]] bool admit(Time now, std::uint64_t& served) {
    if (!began_) began_ = now;
    const bool waits = served != round_;
    if (!waits && goes_on_) return false;
    if (now - *began_ >= most) {
      left_out_ = left_out_ || waits;
      return false;
    }
    served = round_;
    return true;
  }

 private:
  std::optional<Time> began_;  ///< When the first one read in this turn.
  std::uint64_t round_ = 1;    ///< Of turns in which everybody reads once.
  bool goes_on_ = false;       ///< It began in an earlier turn.
  bool left_out_ = false;      ///< Somebody has yet to read in it.
};

}  // namespace halfopen::io
