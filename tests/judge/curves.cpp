#include "curves.h"

#include <algorithm>
#include <cmath>

#include "base/random.h"

namespace halfopen::judge {
namespace {

using namespace std::chrono_literals;
using Flaw = CurveClient::Flaw;

constexpr std::size_t period = 4;  // Of a sawtooth.

double seconds(Duration duration) { return std::chrono::duration<double>(duration).count(); }

double longest(const CurveClient& client) {
  constexpr double year = 3.2e7;  // Beyond that a Duration overflows soon.
  const bool capped = client.policy.cap && client.flaw != Flaw::capless;
  return capped ? seconds(*client.policy.cap) : year;
}

double delay(const CurveClient& client, std::size_t step) {
  if (client.flaw == Flaw::constant) step = 0;
  if (client.flaw == Flaw::falls_back) step %= period;
  return std::min(longest(client), seconds(client.policy.base) *
                                       std::pow(client.policy.factor, static_cast<double>(step)));
}

/// Decorrelated jitter grows from the delay before.
double grown_to(const CurveClient& client, std::size_t step, double last) {
  const bool anew =
      client.flaw == Flaw::constant || (client.flaw == Flaw::falls_back && step % period == 0);
  return anew ? seconds(client.policy.base) : last;
}

double jittered(const CurveClient& client, std::size_t step, double last, Draws& draws) {
  const Policy& policy = client.policy;
  const double unjittered = delay(client, step);
  if (client.flaw == Flaw::hot) return 0.005 * draws.unit();
  switch (policy.jitter) {
    case Policy::Jitter::none:
      return unjittered;
    case Policy::Jitter::share:
      return unjittered * (1 + policy.share * (2 * draws.unit() - 1));
    case Policy::Jitter::equal:
      return unjittered / 2 * (1 + draws.unit());
    case Policy::Jitter::full:
      return unjittered * draws.unit();
    case Policy::Jitter::decorrelated: {
      const double base = seconds(policy.base);
      const double next =
          base + (policy.factor * grown_to(client, step, last) - base) * draws.unit();
      return std::min(longest(client), next);
    }
  }
  return 0;
}

}  // namespace

Gaps CurveClient::gaps(std::size_t count, std::uint64_t run) const {
  Draws draws(mix({key_of("curve"), static_cast<std::uint64_t>(policy.jitter), count, run}));
  Gaps gaps;
  double last = seconds(policy.base);
  std::size_t step = 0;
  while (gaps.size() < count) {
    double wait = 0;
    if (!gaps.empty() || first == First::by_policy)
      wait = last = jittered(*this, step++, last, draws);
    else if (first == First::at_random)
      wait = 5 * draws.unit();
    wait += seconds(overhead) * (1 + draws.unit()) / 2;
    gaps.push_back(
        {.length = std::chrono::duration_cast<Duration>(std::chrono::duration<double>(wait))});
  }
  return gaps;
}

std::vector<Gaps> CurveClient::runs(std::size_t runs, std::size_t count, std::uint64_t run) const {
  std::vector<Gaps> all;
  for (std::size_t i = 0; i < runs; ++i) all.push_back(gaps(count, run * runs + i));
  return all;
}

Policy doubling(Policy::Jitter jitter, double share) {
  return {.base = 500ms,
          .factor = jitter == Policy::Jitter::decorrelated ? 3.0 : 2.0,
          .cap = 30s,
          .jitter = jitter,
          .share = share};
}

std::vector<CurveClient> usual(Policy::Jitter jitter, double share) {
  using First = CurveClient::First;
  const bool decorrelated = jitter == Policy::Jitter::decorrelated;
  std::vector<CurveClient> clients;
  for (const double factor : {1.3, 1.5, 2.0, 3.0})
    for (const int cap : {4, 10, 0})
      for (const First first : {First::by_policy, First::at_once, First::at_random})
        for (const Duration overhead : {5ms, 50ms}) {
          if (decorrelated && (factor < 3 || cap == 4)) continue;
          Policy policy{.base = first == First::at_random ? 1000ms : 100ms,
                        .factor = factor,
                        .cap = {},
                        .jitter = jitter,
                        .share = share};
          if (cap != 0) policy.cap = cap * policy.base;
          clients.push_back({.policy = policy, .first = first, .overhead = overhead});
        }
  return clients;
}

}  // namespace halfopen::judge
