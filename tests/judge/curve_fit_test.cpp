// `curve`: the error rates that judge/curve_fit.h promises, and single cases.
#include <catch2/catch.hpp>

#include "curves.h"

using namespace halfopen;
using namespace halfopen::judge;
using namespace std::chrono_literals;

namespace {

using Jitter = Policy::Jitter;
using Flaw = CurveClient::Flaw;

Gaps gaps_of(std::initializer_list<Duration> lengths) {
  Gaps gaps;
  for (const Duration length : lengths) gaps.push_back({.length = length});
  return gaps;
}

CurveFit fits(const Policy& policy, const Gaps& gaps) {
  return judge::fits(policy, std::vector<Gaps>{gaps});
}

/// Per cent of 400 samples.
double share(const CurveClient& client, std::size_t gaps, Answer answer, std::size_t runs = 1) {
  constexpr int samples = 400;
  int found = 0;
  for (std::uint64_t i = 0; i < samples; ++i)
    found += judge::fits(client.policy, client.runs(runs, gaps, i)).answer == answer ? 1 : 0;
  return 100.0 * found / samples;
}

CurveClient client(Jitter jitter, double share, Flaw flaw) {
  Policy policy = doubling(jitter, share);
  policy.cap = 8s;  // Low enough to be passed within seven gaps.
  return {.policy = policy, .flaw = flaw};
}

int false_alarms(Jitter jitter, double share = 0) {
  std::vector<CurveClient> clients = usual(jitter, share);
  std::erase_if(clients, [](const CurveClient& client) {
    return client.first != CurveClient::First::by_policy;  // That is not what was promised.
  });
  int alarms = 0;
  for (std::uint64_t i = 0; i < 10'000; ++i) {
    const CurveClient& client = clients[i % clients.size()];
    const Gaps gaps = client.gaps(2 + i / clients.size() % (client.policy.cap ? 24 : 12), i);
    alarms += fits(client.policy, gaps).answer == Answer::no ? 1 : 0;
  }
  return alarms;
}

}  // namespace

TEST_CASE("curve: who keeps it is never said not to") {
  CHECK(false_alarms(Jitter::none) == 0);
  CHECK(false_alarms(Jitter::equal) == 0);
  CHECK(false_alarms(Jitter::share, 0.1) == 0);
  CHECK(false_alarms(Jitter::share, 0.5) == 0);
  CHECK(false_alarms(Jitter::full) <= 4);  // Where 1 is expected, more are seen once in 270 times.
  CHECK(false_alarms(Jitter::decorrelated) <= 4);
}

TEST_CASE("curve: constant, hot, sawtooth and capless curves are found in seven gaps") {
  for (const Flaw flaw : {Flaw::constant, Flaw::hot, Flaw::falls_back, Flaw::capless}) {
    CHECK(share(client(Jitter::none, 0, flaw), 7, Answer::no) == 100);
    CHECK(share(client(Jitter::share, 0.2, flaw), 7, Answer::no) == 100);
    CHECK(share(client(Jitter::share, 0.5, flaw), 7, Answer::no) >= 99);
    CHECK(share(client(Jitter::equal, 0, flaw), 7, Answer::no) >= 99);
  }
}

TEST_CASE("curve: who keeps it is believed once its gaps cannot be those of a constant delay") {
  CHECK(share(client(Jitter::none, 0, Flaw::none), 3, Answer::yes) == 100);
  CHECK(share(client(Jitter::share, 0.2, Flaw::none), 3, Answer::yes) == 100);
  CHECK(share(client(Jitter::share, 0.5, Flaw::none), 4, Answer::yes) == 100);
  CHECK(share(client(Jitter::none, 0, Flaw::none), 1, Answer::cannot_tell) == 100);
}

TEST_CASE("curve: of full jitter, seven gaps show a hot loop, several runs the rest") {
  const CurveClient kept = client(Jitter::full, 0, Flaw::none);
  CHECK(share(client(Jitter::full, 0, Flaw::hot), 7, Answer::no) == 100);
  CHECK(share(client(Jitter::full, 0, Flaw::falls_back), 7, Answer::no) <= 3);
  CHECK(share(client(Jitter::full, 0, Flaw::falls_back), 7, Answer::yes) <= 1);
  CHECK(share(kept, 7, Answer::no) == 0);
  CHECK(share(kept, 7, Answer::cannot_tell) >= 80);
  CHECK(share(kept, 7, Answer::yes, 10) >= 99);
  CHECK(share(client(Jitter::full, 0, Flaw::constant), 7, Answer::no, 2) >= 99);
  CHECK(share(client(Jitter::full, 0, Flaw::falls_back), 7, Answer::no, 20) >= 99);
}

TEST_CASE("curve: what is wrong, where, and what would have been right") {
  Policy policy = doubling(0.2);
  const CurveFit constant = fits(policy, gaps_of({500ms, 500ms, 500ms}));
  CHECK(constant.misfit == Misfit::too_short);
  CHECK(constant.gap == 1);
  CHECK(constant.allowed.lo == 779ms);
  CHECK(constant.allowed.hi == 1324ms);
  CHECK(fits(policy, gaps_of({500ms, 3s})).misfit == Misfit::too_long);
  policy.cap = 1s;
  CHECK(fits(policy, gaps_of({500ms, 1s, 2s})).misfit == Misfit::beyond_cap);
  CHECK(fits(policy, gaps_of({500ms, 1s, 1200ms})).answer == Answer::yes);
}

TEST_CASE("curve: full jitter that is always short is told by its chance") {
  const Policy policy = doubling(Jitter::full);
  const CurveFit hot = fits(policy, gaps_of({10ms, 20ms, 10ms, 20ms, 10ms, 20ms, 10ms}));
  CHECK(hot.misfit == Misfit::too_short_together);
  CHECK(hot.chance < 1e-9);
}

TEST_CASE("curve: what is in doubt decides nothing") {
  const Policy policy = doubling(0);
  Gaps gaps = gaps_of({500ms, 500ms, 2s});
  CHECK(fits(policy, gaps).answer == Answer::no);
  gaps[1].doubt = 600ms;
  CHECK(fits(policy, gaps).answer == Answer::yes);
  // At most 1.5 s: it may have been 1 s. At most 0.5 s: it cannot.
  gaps[1] = {.length = 1500ms, .at_most = true};
  CHECK(fits(policy, gaps).answer == Answer::yes);
  gaps[1].length = 500ms;
  CHECK(fits(policy, gaps).misfit == Misfit::too_short);
}
