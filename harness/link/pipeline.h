// One direction of a link: a pipeline of seeded stages that decides the fate of one unit. Pure:
// the time is an argument, and equal inputs give equal decisions on every machine.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "base/time.h"
#include "link/identity.h"
#include "link/settings.h"

namespace halfopen::link {

enum class Verdict { carried, lost, dropped_by_rule, overflowed, blackholed };

struct Copy {
  Time due;              ///< Never before the unit came.
  bool corrupt = false;  ///< Flip bit `flip` (counted over the unit's payload bits, modulo).
  std::uint64_t flip = 0;
};

struct Decision {
  Verdict verdict = Verdict::carried;
  std::array<Copy, 2> copies{};
  std::size_t count = 0;  ///< How many of `copies` there are: none unless carried; two if doubled.

  /// The copies that arrive. Valid as long as the decision.
  [[nodiscard]] std::span<const Copy> arrivals() const& { return {copies.data(), count}; }
  std::span<const Copy> arrivals() const&& = delete;
};

class Pipeline {
 public:
  /// `start` is the start of the run: outages are counted from it.
  Pipeline(const Settings& settings, Direction direction, std::uint64_t seed, Time start);
  ~Pipeline();
  Pipeline(Pipeline&&) noexcept;
  Pipeline& operator=(Pipeline&&) noexcept;

  /// The fate of a unit that comes now. Calls come in order of time.
  Decision decide(const Unit& unit, Time now);

  /// Takes new settings; units already under way keep their due times, and the queue's state and
  /// the loss model's state carry over where the model stays the same.
  void change(const Settings& settings, Time now);

  /// Hash of all decisions so far about all units but pure ACKs, keyed by identity and independent
  /// of the order of arrival; 16 hexadecimal digits. (How many pure ACKs there are is up to the
  /// receiving kernel's timers: with them no two real runs would have the same hash.)
  [[nodiscard]] std::string decisions_hash() const;

 private:
  struct Stages;
  std::unique_ptr<Stages> stages_;
};

}  // namespace halfopen::link
