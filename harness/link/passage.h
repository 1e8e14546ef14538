// What goes through the stages of a pipeline. A stage is a class with two verbs:
//   void change(const Settings&, Time now)   takes its settings, the first ones too
//   void pass(Passage&)                      does its part to a unit that is still carried
// To add one, write it like duplicate.cpp and put its name into the list in pipeline.cpp.
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "base/random.h"
#include "base/time.h"
#include "link/identity.h"
#include "link/pipeline.h"

namespace halfopen::link {

/// What all units of a pipeline have in common.
struct Origin {
  Direction direction = Direction::up;
  std::uint64_t seed = 0;
  Time start{};
};

/// One copy of a unit on its way.
struct Traveller {
  Copy copy;         ///< Its due time grows from stage to stage.
  Time ready{};      ///< When it left the rate stage and could be sent.
  Duration drawn{};  ///< The random part of its delay.
  bool overtakes = false;
};

/// One unit on its way through the stages.
class Passage {
 public:
  Passage(const Origin& from, const Unit& which, Time when)
      : origin(from),
        unit(which),
        now(when),
        key(mix({from.seed, static_cast<std::uint64_t>(which.identity.attempt),
                 static_cast<std::uint64_t>(from.direction),
                 static_cast<std::uint64_t>(which.identity.kind), place_of(which.identity),
                 static_cast<std::uint64_t>(which.identity.nth)})) {
    travellers[0].copy.due = when;
    travellers[0].ready = when;
  }

  [[nodiscard]] std::span<Traveller> copies() { return {travellers.data(), count}; }
  [[nodiscard]] bool carried() const { return verdict == Verdict::carried; }
  /// The draws that belong to this unit, this stage and this copy alone. `stage` is the key_of
  /// the stage's name.
  [[nodiscard]] Draws draws(std::uint64_t stage, std::size_t copy = 0) const {
    return Draws(mix({key, stage, copy}));
  }

  const Origin& origin;
  const Unit& unit;
  const Time now;
  const std::uint64_t key;  ///< Hash of all that the unit is.
  Verdict verdict = Verdict::carried;
  std::array<Traveller, 2> travellers{};
  std::size_t count = 1;
};

/// Nanoseconds as a duration that can be added to any time of a run: at most three years.
[[nodiscard]] Duration bounded(double nanoseconds);

}  // namespace halfopen::link
