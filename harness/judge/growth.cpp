#include "judge/growth.h"

#include <cmath>

#include "judge/growth_signs.h"

namespace halfopen::judge {

Duration Gap::least() const {
  return at_most || length < doubt ? Duration::zero() : length - doubt;
}

Growth grows(std::span<const Gaps> runs) {
  using namespace curves;
  const Sample all(runs, true);
  const Sample behind(runs, false);
  Growth growth;
  growth.gaps = all.all.size();
  if (!all.all.empty()) growth.times = std::exp(spread(all.all));
  growth.times_by_chance = std::exp(closeness_limit(all));
  const auto no = [&](Stagnation stagnation) {
    growth.answer = Answer::no;
    growth.stagnation = stagnation;
    return growth;
  };
  if (hot(runs)) return no(Stagnation::hot);
  if (growth.gaps < 2) return growth;
  if (constant(all) || constant_behind_first(all, behind)) return no(Stagnation::constant);
  growth.fell_back_at = period(all);
  if (growth.fell_back_at) return no(Stagnation::falls_back);
  if (flat(all, behind)) return no(Stagnation::flat);
  growth.proven = proven(all, behind);
  if (growth.proven || steps_up(all, behind) || exponential(all)) growth.answer = Answer::yes;
  return growth;
}

}  // namespace halfopen::judge
