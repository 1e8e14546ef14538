// Bursts of losses as a pure function of what a unit is.
//
// A chain that is advanced by every unit that happens to come would give a packet another fate
// whenever an ACK before it came a little later. So each chain belongs to one attempt, direction
// and kind, and is indexed by the unit's ordinal among the first transmissions of that kind: the
// state in front of unit n is a function of (seed, attempt, direction, kind, n).
//
// It is found by going backwards (coupling from the past; Propp and Wilson, RSA 9, 1996). Step i
// draws one number u(i), keyed by i, and maps good to bad where u < p, bad to bad where u < 1 − r.
// Where both states map to the same one, the history before no longer matters: that happens with
// probability p + r (or 2 − p − r where that sum is over 1) in each step, so the way back is
// short. It ends at the first unit, in front of which the state is good, at the latest.
//
// Retransmissions of data come at least a round trip after their original, at which the chain has
// long moved on: each draws its state anew from the stationary distribution, keyed by position and
// nth. So the share of losses is the same for them, and a rule of the sender never moves the chain.
#pragma once

#include <array>
#include <cstdint>

#include "link/passage.h"
#include "link/settings.h"

namespace halfopen::link {

class GilbertElliottChains {
 public:
  /// Whether the unit is lost.
  [[nodiscard]] bool is_lost(const GilbertElliott& model, const Passage& passage);
  /// Forgets what it remembers, for another model.
  void clear() { memory_ = {}; }

 private:
  /// The last state found in one chain: only saves time, never changes a result.
  struct Known {
    std::uint64_t chain = 0;
    int ordinal = 0;  ///< 0: nothing known.
    bool bad = false;
  };

  [[nodiscard]] bool is_bad(const GilbertElliott& model, std::uint64_t chain, int ordinal);

  std::array<Known, 16> memory_{};
};

}  // namespace halfopen::link
