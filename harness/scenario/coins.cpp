#include "scenario/coins.h"

#include <algorithm>

#include "base/random.h"
#include "scenario/story.h"
#include "scenario/words.h"

namespace halfopen::scenario {
namespace {

/// Takes out what has a chance and does not strike. `strikes`: of a chance and the key of a layer.
template <class Strikes>
Thrown without_spared(const Attempt& table, const Strikes& strikes) {
  Thrown thrown{table, {}};
  Attempt& attempt = thrown.attempt;
  if (attempt.dns && !strikes(attempt.dns->chance, "dns")) {
    thrown.spared.emplace_back(attempt.dns->fault->name);
    attempt.dns.reset();
  }
  if (attempt.port && !strikes(attempt.port->chance, "port")) {
    thrown.spared.emplace_back(attempt.port->fault->name);
    attempt.port.reset();
  }
  if (attempt.proxy && !strikes(attempt.proxy->value.chance, "proxy")) {
    thrown.spared.emplace_back(attempt.proxy->value.fault->name);
    attempt.proxy.reset();
  }
  if (attempt.tls && !strikes(attempt.tls->value.chance, "tls")) {
    thrown.spared.emplace_back(attempt.tls->value.fault->name);
    attempt.tls.reset();
  }
  if (!strikes(attempt.handshake.chance, "handshake")) {
    thrown.spared.push_back(name_of(attempt.handshake));
    attempt.handshake = {};
  }
  return thrown;
}

bool is_random(const link::Settings& link) {
  return std::holds_alternative<link::Bernoulli>(link.loss) ||
         std::holds_alternative<link::GilbertElliott>(link.loss) || link.duplicate > 0 ||
         link.corrupt > 0 || link.reorder > 0 || link.jitter > Duration::zero();
}

}  // namespace

bool Coins::fall_for(double chance, std::string_view place) const {
  const std::uint64_t number = static_cast<std::uint64_t>(attempt);
  return Draws(mix({seed, key_of("coin"), key_of(scenario), number, key_of(place)})).chance(chance);
}

bool has_coins(const Attempt& attempt) {
  return (attempt.dns && attempt.dns->chance < 1) || (attempt.port && attempt.port->chance < 1) ||
         (attempt.proxy && attempt.proxy->value.chance < 1) ||
         (attempt.tls && attempt.tls->value.chance < 1) || attempt.handshake.chance < 1;
}

bool throws_coins(const Scenario& scenario) {
  return std::ranges::any_of(scenario.attempts, [](const Attempt& attempt) {
    return has_coins(attempt) ||
           std::ranges::any_of(attempt.steps, [](const Step& step) { return step.chance < 1; });
  });
}

bool depends_on_seed(const Scenario& scenario) {
  const auto changes = scenario::changes(scenario);
  return throws_coins(scenario) || is_random(scenario.link.up) || is_random(scenario.link.down) ||
         std::ranges::any_of(scenario.every, [](const Every& rule) { return rule.jitter > 0; }) ||
         std::ranges::any_of(changes, [](const link::Change& change) {
           return (change.up && is_random(*change.up)) || (change.down && is_random(*change.down));
         });
}

bool hangs_on_chance(const Scenario& scenario) {
  return depends_on_seed(scenario) || scenario.expect.growing || scenario.expect.curve;
}

Thrown throw_coins(const Attempt& attempt, const Coins& coins) {
  return without_spared(attempt, [&](double chance, std::string_view place) {
    return coins.fall_for(chance, place);
  });
}

Attempt luckiest(const Attempt& attempt) {
  return without_spared(attempt, [](double chance, std::string_view) { return chance == 1; })
      .attempt;
}

}  // namespace halfopen::scenario
