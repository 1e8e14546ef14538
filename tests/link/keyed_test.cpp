// Equal seeds, equal fates: a decision belongs to the packet, whatever comes before or between.
#include <catch2/catch.hpp>

#include <map>
#include <tuple>

#include "base/random.h"
#include "link/drop_rule.h"
#include "units.h"

namespace halfopen::link {
namespace {

using Key = std::tuple<int, DropRule::Kind, std::uint64_t, int, int>;

/// All that is random about a decision. The delay stands for itself where nothing keeps the order.
using Fate = std::vector<std::int64_t>;

Key key(const Identity& id) { return {id.attempt, id.kind, id.position, id.nth, id.ordinal}; }

Settings all_kinds_of_trouble() {
  Settings settings;
  settings.loss = GilbertElliott{.05, .3, .8, .01};
  settings.duplicate = .05;
  settings.corrupt = .05;
  settings.delay = 50ms;
  settings.jitter = 20ms;
  settings.jitter_reorders = true;
  settings.reorder = .02;
  settings.drop = {*parse_drop_rule("up data 7 x2").value};
  return settings;
}

std::vector<Unit> traffic() {
  std::vector<Unit> units;
  for (int attempt = 1; attempt <= 3; ++attempt) {
    for (int n = 1; n <= 3; ++n) units.push_back(control(DropRule::Kind::syn, n, attempt));
    for (int n = 1; n <= 500; ++n) {
      units.push_back(data(n, 1, attempt));
      units.push_back(ack(n, attempt));
      if (n % 9 == 0) units.push_back(data(n, 2, attempt));
      if (n % 27 == 0) units.push_back(data(n, 3, attempt));
    }
    units.push_back(control(DropRule::Kind::fin, 1, attempt));
  }
  return units;
}

struct Outcome {
  std::map<Key, Fate> fates;
  std::string hash;
};

Outcome run(Pipeline link, const std::vector<Unit>& units, Duration pace) {
  Outcome outcome;
  Time now = zero;
  for (const Unit& unit : units) {
    const Decision decision = link.decide(unit, now);
    Fate fate{static_cast<std::int64_t>(decision.verdict)};
    for (const Copy& copy : decision.arrivals()) {
      fate.push_back((copy.due - now).count());
      fate.push_back(copy.corrupt ? static_cast<std::int64_t>(copy.flip) : -1);
    }
    outcome.fates[key(unit.identity)] = fate;
    now += pace;
  }
  outcome.hash = link.decisions_hash();
  return outcome;
}

void shuffle(std::vector<Unit>& units, std::uint64_t seed) {
  Draws draws(seed);
  for (std::size_t i = units.size(); i > 1; --i) std::swap(units[i - 1], units[draws.bits() % i]);
}

TEST_CASE("equal seeds give equal decisions in any order of arrival and at any pace") {
  const std::vector<Unit> units = traffic();
  const Outcome reference = run(up(all_kinds_of_trouble(), 42), units, 1ms);
  for (std::uint64_t i = 1; i <= 5; ++i) {
    std::vector<Unit> shuffled = units;
    shuffle(shuffled, i);
    const Outcome other = run(up(all_kinds_of_trouble(), 42), shuffled, Duration(i * 1000));
    CHECK(other.fates == reference.fates);
    CHECK(other.hash == reference.hash);
  }
}

TEST_CASE("the fates of data do not depend on how many ACKs there are, nor does the hash") {
  std::vector<Unit> units = traffic();
  const Outcome reference = run(up(all_kinds_of_trouble(), 42), units, 1ms);
  std::erase_if(units, [](const Unit& unit) {
    return unit.identity.kind == DropRule::Kind::ack && unit.identity.ordinal % 2 == 0;
  });
  const Outcome fewer = run(up(all_kinds_of_trouble(), 42), units, 1ms);
  for (const auto& [id, fate] : fewer.fates) CHECK(reference.fates.at(id) == fate);
  CHECK(fewer.hash == reference.hash);
}

TEST_CASE("one impairment more does not move the decisions of another") {
  Settings only_loss;
  only_loss.loss = all_kinds_of_trouble().loss;
  Settings with_more = all_kinds_of_trouble();
  with_more.drop.clear();
  Pipeline one = up(only_loss, 9);
  Pipeline other = up(with_more, 9);
  for (const Unit& unit : traffic())
    CHECK(one.decide(unit, zero).verdict == other.decide(unit, zero).verdict);
}

TEST_CASE("another seed, direction or attempt is another fate") {
  const std::vector<Unit> units = traffic();
  const Outcome reference = run(up(all_kinds_of_trouble(), 42), units, 1ms);
  CHECK(run(up(all_kinds_of_trouble(), 43), units, 1ms).hash != reference.hash);
  CHECK(run(Pipeline(all_kinds_of_trouble(), Direction::down, 42, zero), units, 1ms).hash !=
        reference.hash);

  Pipeline link = up(all_kinds_of_trouble(), 42);
  int different = 0;
  for (int n = 1; n <= 500; ++n)
    if (link.decide(data(n, 1, 1), zero).verdict != link.decide(data(n, 1, 2), zero).verdict)
      ++different;
  CHECK(different > 50);
}

TEST_CASE("a retransmission has a fate of its own") {
  Settings settings;
  settings.loss = Bernoulli{.5};
  Pipeline link = up(settings);
  int different = 0;
  for (int n = 1; n <= 1000; ++n)
    if (link.decide(data(n, 1), zero).verdict != link.decide(data(n, 2), zero).verdict) ++different;
  CHECK(different > 400);
  CHECK(different < 600);
}

TEST_CASE("the decisions of a seed are the same on every machine and in every version") {
  Settings settings = all_kinds_of_trouble();
  settings.jitter = {};
  CHECK(run(up(settings, 42), traffic(), 1ms).hash == "14cd45b13efbd640");
}

TEST_CASE("the hash tells one decision from another") {
  Settings settings;
  settings.loss = Bernoulli{.5};
  Pipeline one = up(settings, 1);
  Pipeline other = up(settings, 1);
  const std::string empty = one.decisions_hash();
  CHECK(empty == "0000000000000000");
  one.decide(data(1), zero);
  CHECK(one.decisions_hash() != empty);
  other.decide(data(2), zero);
  CHECK(one.decisions_hash() != other.decisions_hash());
}

TEST_CASE("settings change under way and the loss model goes on where it was") {
  Settings settings;
  settings.loss = GilbertElliott{.05, .3, 1, 0};
  Pipeline steady = up(settings, 4);
  Pipeline changed = up(settings, 4);
  for (int n = 1; n <= 2000; ++n) {
    settings.delay = Duration(n % 7 * 1ms);
    changed.change(settings, zero);
    CHECK(steady.decide(data(n), zero).verdict == changed.decide(data(n), zero).verdict);
  }
}

}  // namespace
}  // namespace halfopen::link
