// Fourth stage: a line that sends one unit after the other at a fixed rate, with a drop-tail queue
// in front of it.
#pragma once

#include <cstdint>
#include <optional>

#include "link/passage.h"

namespace halfopen::link {

class RateStage {
 public:
  void change(const Settings& settings, Time now);
  void pass(Passage& passage);

 private:
  /// When `bytes` more than those sent since `busy_since_` are on the wire.
  [[nodiscard]] Time sent_after(std::uint64_t bytes) const;
  /// Bytes that have not been serialised yet, with the rest of the unit that is on the line.
  [[nodiscard]] double waiting(Time now) const;

  std::optional<double> rate_;  ///< Bits per second.
  std::uint64_t queue_ = 0;
  // Times are computed from the bytes of the whole busy period, so rounding never adds up.
  Time busy_since_ = Time::min();
  std::uint64_t bytes_ = 0;  ///< Taken since then.
  Time free_ = Time::min();  ///< When the last of them is on the wire.
  // What an earlier rate left in the queue; it keeps its due times, so the line is taken until
  // busy_since_.
  double left_ = 0;
  Time left_since_ = Time::min();
};

}  // namespace halfopen::link
