// Duplicates, flipped bits and overtaking.
#include <catch2/catch.hpp>

#include <cmath>
#include <set>

#include "units.h"

namespace halfopen::link {
namespace {

constexpr int units = 20'000;

/// Whether `seen` out of 20,000 is within three standard deviations of the share.
bool is_about(int seen, double share) {
  return std::abs(seen - units * share) < 3 * std::sqrt(units * share * (1 - share));
}

TEST_CASE("the share of units that was asked for arrives twice, each copy with its own jitter") {
  Settings settings;
  settings.duplicate = .05;
  settings.delay = 50ms;
  settings.jitter = 10ms;
  settings.jitter_reorders = true;
  Pipeline link = up(settings);
  int twice = 0;
  int together = 0;
  for (int n = 1; n <= units; ++n) {
    const Decision decision = link.decide(data(n), zero);
    if (decision.arrivals().size() != 2) continue;
    ++twice;
    if (decision.copies[0].due == decision.copies[1].due) ++together;
  }
  CHECK(is_about(twice, .05));
  CHECK(together == 0);
}

TEST_CASE("the share of units that was asked for has a flipped bit, not always the same") {
  Settings settings;
  settings.corrupt = .02;
  Pipeline link = up(settings);
  int corrupt = 0;
  std::set<std::uint64_t> flips;
  for (int n = 1; n <= units; ++n) {
    const Decision decision = link.decide(data(n), zero);
    if (!decision.copies[0].corrupt) continue;
    ++corrupt;
    flips.insert(decision.copies[0].flip);
  }
  CHECK(is_about(corrupt, .02));
  CHECK(flips.size() == static_cast<std::size_t>(corrupt));
}

TEST_CASE("of two copies one may be corrupt and the other whole") {
  Settings settings;
  settings.duplicate = 1;
  settings.corrupt = .5;
  Pipeline link = up(settings);
  int different = 0;
  for (int n = 1; n <= units; ++n) {
    const Decision decision = link.decide(data(n), zero);
    if (decision.copies[0].corrupt != decision.copies[1].corrupt) ++different;
  }
  CHECK(is_about(different, .5));
}

TEST_CASE("reordered units go at once, past the delay; the others keep delay and order") {
  Settings settings;
  settings.delay = 100ms;
  settings.reorder = .1;
  Pipeline link = up(settings);
  int overtakers = 0;
  for (int n = 1; n <= units; ++n) {
    const Time now = zero + n * 1ms;
    const Duration delay = link.decide(data(n), now).copies[0].due - now;
    if (delay == 0ms)
      ++overtakers;
    else
      CHECK(delay == 100ms);
  }
  CHECK(is_about(overtakers, .1));
}

TEST_CASE("a unit that overtakes still takes its time on the line") {
  Settings settings;
  settings.delay = 100ms;
  settings.rate = 8e6;
  settings.reorder = 1;
  Pipeline link = up(settings);
  CHECK(link.decide(data(1), zero).copies[0].due == zero + 1500us);
  CHECK(link.decide(data(2), zero).copies[0].due == zero + 3000us);
}

TEST_CASE("a unit that overtakes holds nobody back") {
  Settings settings;
  settings.delay = 50ms;
  settings.jitter = 49ms;
  settings.reorder = .5;
  Pipeline link = up(settings);
  Time last = zero;
  for (int n = 1; n <= 2000; ++n) {
    const Time now = zero + n * 1us;
    const Time due = link.decide(data(n), now).copies[0].due;
    if (due == now) continue;
    CHECK(due >= last);
    last = due;
  }
}

}  // namespace
}  // namespace halfopen::link
