#include "link/delay.h"

#include <algorithm>
#include <cmath>

namespace halfopen::link {
namespace {

const std::uint64_t stage_key = key_of("delay");

/// Standard normal within three standard deviations.
double cut_normal(Draws& draws) {
  for (;;) {
    const double value = draws.normal();
    if (std::abs(value) <= 3) return value;
  }
}

/// Mean 1: Lomax with shape 3 and scale 2.
double pareto(Draws& draws) { return 2 * (std::pow(1 - draws.unit(), -1.0 / 3) - 1); }

}  // namespace

Duration draw_jitter(Duration jitter, Distribution distribution, Draws draws) {
  const auto scale = static_cast<double>(jitter.count());
  switch (distribution) {
    case Distribution::uniform:
      return bounded(scale * (2 * draws.unit() - 1));
    case Distribution::normal:
      return bounded(scale * cut_normal(draws));
    case Distribution::pareto:
      return bounded(scale * pareto(draws));
  }
  return {};
}

void DelayStage::change(const Settings& settings, Time) {
  delay_ = settings.delay;
  jitter_ = settings.jitter;
  distribution_ = settings.distribution;
}

void DelayStage::pass(Passage& passage) {
  for (std::size_t i = 0; i < passage.count; ++i) {
    Traveller& traveller = passage.travellers[i];
    if (jitter_ > Duration{})
      traveller.drawn = draw_jitter(jitter_, distribution_, passage.draws(stage_key, i));
    traveller.copy.due += std::max(Duration{}, delay_ + traveller.drawn);
  }
}

}  // namespace halfopen::link
