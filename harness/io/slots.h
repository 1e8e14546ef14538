// How many clients may start and run at once, by how the machine takes it. Pure: it is told what
// was measured.
#pragma once

#include <cstdint>

#include "base/time.h"

namespace halfopen::io {

/// What was measured over a short while.
struct Load {
  double idle = 1;                    ///< Share of the processors' time that nobody used, 0 to 1.
  Duration late{};                    ///< The most that halfopen's loop was late.
  std::uint64_t memory = UINT64_MAX;  ///< Bytes that can still be had.
  std::uint64_t all_memory = UINT64_MAX;
};

/// Additive increase, multiplicative decrease (Chiu, Jain, 1989) of what starts at once; what runs
/// is bounded by the caller's cap and by memory alone, because waiting costs nothing else.
class Slots {
 public:
  struct Limits {
    int jobs = 64;           ///< Weight of the clients running at once, by Client::weight.
    int starting = 8;        ///< Weight of the clients starting at once, to begin with.
    int most_starting = 32;  ///< … and when the machine has time to spare.
  };
  explicit Slots(const Limits& limits) : limits_(limits), starting_limit_(limits.starting) {}

  /// To be called every 100 ms or so.
  void measured(const Load& load);

  /// Whether a client of that weight may start now. One may where none runs, however bad things
  /// are: else nothing would ever go on. (Who holds back goes on by itself.)
  [[nodiscard]] bool may_start(int weight) const;
  void starts(int weight);
  void has_started(int weight) { starting_ -= weight; }
  void has_ended(int weight) { running_ -= weight; }
  /// Nothing starts meanwhile, not even where nothing runs.
  void hold_back(bool held) { held_back_ = held; }

  /// The weight, no more than what may ever be started.
  [[nodiscard]] int clamped(int weight) const;
  [[nodiscard]] int starting_limit() const { return starting_limit_; }

 private:
  Limits limits_;
  int starting_limit_;
  int running_ = 0;
  int starting_ = 0;
  bool paused_ = false;
  bool held_back_ = false;
};

}  // namespace halfopen::io
