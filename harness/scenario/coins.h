// What happens by chance: a coin is thrown for every fault that has a `chance`.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "scenario/scenario.h"

namespace halfopen::scenario {

/// The coins of one attempt. Each falls by the seed of the run, the scenario, the attempt and the
/// place of its fault, and by nothing else: no other coin and no scheduler moves it.
struct Coins {
  std::uint64_t seed = 0;
  std::string scenario;  ///< Its name.
  int attempt = 0;       ///< From 1.

  /// Whether what has that chance happens. `place` names it within the attempt: "port", "step 2".
  [[nodiscard]] bool fall_for(double chance, std::string_view place) const;
};

/// An attempt's table once the coins of all layers up to the handshake have fallen.
struct Thrown {
  Attempt attempt;                  ///< Without the faults that do not strike.
  std::vector<std::string> spared;  ///< Those, by name.
};

/// Whether anything before the steps of the attempt is left to chance.
[[nodiscard]] bool has_coins(const Attempt& attempt);
/// Whether anything at all is left to chance, so that whom the scenario catches depends on how
/// coins fall.
[[nodiscard]] bool throws_coins(const Scenario& scenario);
/// Whether the seed decides about anything that the client meets: coins, or a link that loses,
/// delays, changes or reorders at random.
[[nodiscard]] bool depends_on_seed(const Scenario& scenario);
/// Whether chance has a part in the verdict: the seed's, or the client's own in gaps that are to
/// grow.
[[nodiscard]] bool hangs_on_chance(const Scenario& scenario);
[[nodiscard]] Thrown throw_coins(const Attempt& attempt, const Coins& coins);
/// The attempt as it is where no coin falls for a fault.
[[nodiscard]] Attempt luckiest(const Attempt& attempt);

}  // namespace halfopen::scenario
