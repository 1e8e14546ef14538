// Clients that wait by some curve or other, right and wrong, in virtual time.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "judge/curve_fit.h"
#include "judge/growth.h"

namespace halfopen::judge {

struct CurveClient {
  enum class Flaw {
    none,
    constant,    ///< Always the first delay.
    hot,         ///< Hardly any delay.
    falls_back,  ///< Begins anew with every fifth gap.
    capless,
  };
  enum class First { by_policy, at_once, at_random };  ///< At random: from 0 to 5 s.

  Policy policy;
  Flaw flaw = Flaw::none;
  First first = First::by_policy;
  Duration overhead =
      std::chrono::milliseconds{5};  ///< Half of it to all of it on top of each delay.

  /// The gaps of a run; the same for the same number.
  [[nodiscard]] Gaps gaps(std::size_t count, std::uint64_t run) const;
  [[nodiscard]] std::vector<Gaps> runs(std::size_t runs, std::size_t count,
                                       std::uint64_t run) const;
};

/// 500 ms, doubled up to 30 s.
[[nodiscard]] Policy doubling(Policy::Jitter jitter, double share = 0);
[[nodiscard]] inline Policy doubling(double share) {
  return doubling(Policy::Jitter::share, share);
}

/// Every usual curve with that kind of jitter: factors from 1.3 to 3, early, late and no caps, slow
/// clients, and first delays of their own.
[[nodiscard]] std::vector<CurveClient> usual(Policy::Jitter jitter, double share = 0);

}  // namespace halfopen::judge
