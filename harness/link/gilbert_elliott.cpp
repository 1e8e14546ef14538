#include "link/gilbert_elliott.h"

namespace halfopen::link {
namespace {

const std::uint64_t transition_key = key_of("loss: transition");
const std::uint64_t retransmission_key = key_of("loss: retransmission");
const std::uint64_t coin_key = key_of("loss: coin");

/// One step of a chain: where each of the two states leads.
struct Step {
  bool good_to_bad;
  bool bad_to_bad;
};

Step step(const GilbertElliott& model, std::uint64_t chain, int index) {
  const double u = Draws(mix({chain, static_cast<std::uint64_t>(index)})).unit();
  return {u < model.p, u < 1 - model.r};
}

double stationary_share(const GilbertElliott& model) {
  return model.p + model.r > 0 ? model.p / (model.p + model.r) : 0;
}

std::uint64_t chain_of(const Passage& passage) {
  const Identity& identity = passage.unit.identity;
  return mix({passage.origin.seed, static_cast<std::uint64_t>(identity.attempt),
              static_cast<std::uint64_t>(passage.origin.direction),
              static_cast<std::uint64_t>(identity.kind), transition_key});
}

bool is_data_again(const Identity& identity) {
  return identity.kind == DropRule::Kind::data && identity.nth > 1;
}

}  // namespace

bool GilbertElliottChains::is_bad(const GilbertElliott& model, std::uint64_t chain, int ordinal) {
  Known& known = memory_[chain % memory_.size()];
  bool swapped = false;
  bool bad = false;
  for (int n = ordinal; n > 1; --n) {
    if (known.chain == chain && known.ordinal == n) {
      bad = known.bad;
      break;
    }
    const Step before = step(model, chain, n - 1);
    if (before.good_to_bad == before.bad_to_bad) {
      bad = before.good_to_bad;
      break;
    }
    if (before.good_to_bad) swapped = !swapped;
  }
  known = {chain, ordinal, bad != swapped};
  return known.bad;
}

bool GilbertElliottChains::is_lost(const GilbertElliott& model, const Passage& passage) {
  const Identity& identity = passage.unit.identity;
  const bool bad = is_data_again(identity)
                       ? passage.draws(retransmission_key).chance(stationary_share(model))
                       : is_bad(model, chain_of(passage), identity.ordinal);
  return passage.draws(coin_key).chance(bad ? model.bad : model.good);
}

}  // namespace halfopen::link
