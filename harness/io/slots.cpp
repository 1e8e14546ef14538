#include "io/slots.h"

#include <algorithm>

namespace halfopen::io {
namespace {

/// A loop that was later than this has begun to matter to what it measures …
constexpr Duration much_late = std::chrono::milliseconds(10);
/// … and here it spoils it: nothing starts until it has recovered.
constexpr Duration too_late = std::chrono::milliseconds(100);
constexpr double busy = 0.05;
constexpr double calm = 0.25;
/// What is left to the machine, as a share of all memory.
constexpr std::uint64_t spare_share = 10;

}  // namespace

void Slots::measured(const Load& load) {
  paused_ = load.late > too_late || load.memory < load.all_memory / spare_share;
  if (load.late > much_late)
    starting_limit_ = std::max(1, starting_limit_ / 2);
  else if (load.idle < busy)  // As it should be: others that are busy, too, must not stop us.
    starting_limit_ = std::max(std::min(starting_limit_, limits_.starting), starting_limit_ - 1);
  else if (load.idle > calm)
    starting_limit_ = std::min(limits_.most_starting, starting_limit_ + 1);
}

int Slots::clamped(int weight) const {
  return std::clamp(weight, 1, std::min(limits_.jobs, limits_.starting));
}

bool Slots::may_start(int weight) const {
  if (held_back_) return false;
  if (running_ == 0) return true;
  if (paused_ || running_ + weight > limits_.jobs) return false;
  // A client that weighs more than all that may start now starts alone.
  return starting_ == 0 || starting_ + weight <= starting_limit_;
}

void Slots::starts(int weight) {
  running_ += weight;
  starting_ += weight;
}

}  // namespace halfopen::io
