// `growing`: the error rates that judge/growth.h promises, and single cases. Draws are keyed, so
// that the rates are the same in each run.
#include <algorithm>
#include <catch2/catch.hpp>

#include "curves.h"

using namespace halfopen;
using namespace halfopen::judge;
using namespace std::chrono_literals;

namespace {

using Jitter = Policy::Jitter;
using Flaw = CurveClient::Flaw;

Gaps gaps_of(std::initializer_list<Duration> lengths, Duration doubt = 0ms) {
  Gaps gaps;
  for (const Duration length : lengths) gaps.push_back({.length = length, .doubt = doubt});
  return gaps;
}

Growth grows(const Gaps& gaps) { return judge::grows(std::vector<Gaps>{gaps}); }
Answer answer(const Gaps& gaps) { return grows(gaps).answer; }
std::optional<Stagnation> stagnation(const Gaps& gaps) { return grows(gaps).stagnation; }

/// Per cent of 400 samples that get this answer.
double share(const CurveClient& client, std::size_t gaps, Answer answer, std::size_t runs = 1) {
  constexpr int samples = 400;
  int found = 0;
  for (std::uint64_t i = 0; i < samples; ++i)
    found += judge::grows(client.runs(runs, gaps, i)).answer == answer ? 1 : 0;
  return 100.0 * found / samples;
}

double said_no(const CurveClient& client, std::size_t gaps, std::size_t runs = 1) {
  return share(client, gaps, Answer::no, runs);
}
double said_yes(const CurveClient& client, std::size_t gaps, std::size_t runs = 1) {
  return share(client, gaps, Answer::yes, runs);
}

CurveClient wrong(Flaw flaw, double jitter) { return {.policy = doubling(jitter), .flaw = flaw}; }
CurveClient right(Policy policy) { return {.policy = policy}; }

/// How many of 10,000 runs of usual curves are said not to grow.
int false_alarms(Jitter jitter, double share = 0) {
  constexpr int samples = 10'000;
  constexpr std::size_t lengths[] = {2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 9, 10, 13, 13, 24, 40};
  const std::vector<CurveClient> clients = usual(jitter, share);
  int alarms = 0;
  for (std::uint64_t i = 0; i < samples; ++i) {
    const CurveClient& client = clients[i % clients.size()];
    const Gaps gaps = client.gaps(lengths[i / clients.size() % std::size(lengths)], i);
    alarms += answer(gaps) == Answer::no ? 1 : 0;
  }
  return alarms;
}

/// Where 1 is expected, more than 4 are seen once in 270 times.
constexpr int allowance = 4;

}  // namespace

TEST_CASE("growing: no usual curve is said not to grow, whatever its jitter") {
  CHECK(false_alarms(Jitter::none) == 0);
  CHECK(false_alarms(Jitter::full) <= allowance);
  CHECK(false_alarms(Jitter::equal) <= allowance);
  CHECK(false_alarms(Jitter::decorrelated) <= allowance);
  CHECK(false_alarms(Jitter::share, 0.1) <= allowance);
  CHECK(false_alarms(Jitter::share, 0.2) <= allowance);
  CHECK(false_alarms(Jitter::share, 0.5) <= allowance);
}

TEST_CASE("growing: nor are several runs of it together") {
  for (const Jitter jitter : {Jitter::none, Jitter::full, Jitter::equal, Jitter::decorrelated})
    for (const CurveClient& client : usual(jitter)) {
      CHECK(judge::grows(client.runs(10, 3, 1)).answer != Answer::no);
      CHECK(judge::grows(client.runs(10, 7, 1)).answer != Answer::no);
    }
}

TEST_CASE("growing: constant delays are found, the sooner the less jitter they have") {
  CHECK(said_no(wrong(Flaw::constant, 0), 4) >= 99);
  CHECK(said_no(wrong(Flaw::constant, 0.1), 7) >= 99);
  CHECK(said_no(wrong(Flaw::constant, 0.2), 10) >= 99);
  CHECK(said_no(wrong(Flaw::constant, 0.3), 13) >= 99);
}

TEST_CASE("growing: a constant delay of ± 50 % is never said to grow by more than chance") {
  CHECK(said_yes(wrong(Flaw::constant, 0.5), 3) <= 1);
  CHECK(said_yes(wrong(Flaw::constant, 0.5), 7) <= 1);
  CHECK(said_yes(wrong(Flaw::constant, 0.5), 24) == 0);
}

TEST_CASE("growing: a curve that begins anew is found, the sooner the less jitter it has") {
  CHECK(said_no(wrong(Flaw::falls_back, 0), 6) >= 99);
  CHECK(said_no(wrong(Flaw::falls_back, 0.05), 7) >= 99);
  CHECK(said_no(wrong(Flaw::falls_back, 0.1), 10) >= 99);
  CHECK(said_no(wrong(Flaw::falls_back, 0.2), 16) >= 99);
  CHECK(said_yes(wrong(Flaw::falls_back, 0.5), 7) <= 1);
}

TEST_CASE("growing: a curve that begins anew is found where a busy machine made it late once") {
  const Growth sawtooth = grows(gaps_of({328ms, 602ms, 1210ms, 2400ms, 302ms, 602ms}));
  CHECK(sawtooth.stagnation == Stagnation::falls_back);
  CHECK(sawtooth.fell_back_at == 4);
  CHECK(stagnation(gaps_of({302ms, 602ms, 1210ms, 2400ms, 303ms, 640ms})) ==
        Stagnation::falls_back);
  CHECK(answer(gaps_of({400ms, 602ms, 1210ms, 2400ms, 302ms, 602ms})) == Answer::cannot_tell);
  CHECK(answer(gaps_of({328ms, 602ms, 1210ms, 2400ms, 302ms})) == Answer::cannot_tell);
  // Twice is too often.
  CHECK(answer(gaps_of({328ms, 640ms, 1210ms, 2400ms, 302ms, 602ms})) == Answer::cannot_tell);
}

TEST_CASE("growing: a hot loop is found") {
  CHECK(said_no(wrong(Flaw::hot, 0), 7) == 100);
  CHECK(stagnation(gaps_of({1ms, 3ms, 12ms, 2ms, 9ms, 20ms, 6ms})) == Stagnation::hot);
  CHECK(stagnation(gaps_of({0ms, 0ms, 0ms, 1ms})) == Stagnation::hot);
}

TEST_CASE("growing: curves are seen to grow") {
  CHECK(said_yes(right(doubling(0)), 3) == 100);
  CHECK(said_yes(right(doubling(0.2)), 3) >= 97);
  CHECK(said_yes(right(doubling(0.2)), 4) == 100);
  CHECK(said_yes(right(doubling(0.5)), 5) >= 99);
  CHECK(said_yes(right(doubling(Jitter::equal)), 4) >= 99);
}

TEST_CASE("growing: several runs decide what one cannot") {
  const CurveClient jittery = wrong(Flaw::constant, 0.5);
  CHECK(said_no(jittery, 7) <= 5);
  CHECK(said_no(jittery, 7, 4) >= 99);
  const CurveClient full = right(doubling(Jitter::full));
  CHECK(said_yes(full, 7, 6) >= 99);
  const CurveClient constant{.policy = doubling(Jitter::full), .flaw = Flaw::constant};
  CHECK(said_no(constant, 7) == 0);
  CHECK(said_yes(constant, 7, 6) <= 1);
  CHECK(judge::grows(constant.runs(100, 7, 1)).stagnation == Stagnation::flat);
}

TEST_CASE("growing: single runs") {
  CHECK(stagnation(gaps_of({300ms, 301ms, 300ms})) == Stagnation::constant);
  CHECK(answer(gaps_of({300ms, 600ms, 1200ms})) == Answer::yes);
  CHECK(answer(gaps_of({1s, 1300ms, 1690ms})) == Answer::yes);
  CHECK(answer(gaps_of({1s, 2s})) == Answer::yes);
  CHECK(answer(gaps_of({1s, 1s})) == Answer::cannot_tell);
  CHECK(answer(gaps_of({1s})) == Answer::cannot_tell);
  CHECK(answer({}) == Answer::cannot_tell);
  CHECK(answer(gaps_of({1s, 2s, 4s, 5s, 5s, 5s, 5s, 5s})) == Answer::yes);
  CHECK(answer(gaps_of({0s, 2s, 10s, 30s})) == Answer::yes);
  const Growth sawtooth = grows(gaps_of({305ms, 604ms, 1206ms, 2405ms, 303ms, 605ms}));
  CHECK(sawtooth.stagnation == Stagnation::falls_back);
  CHECK(sawtooth.fell_back_at == 4);
}

TEST_CASE("growing: the first delay may be drawn at random") {
  CHECK(answer(gaps_of({4300ms, 1s, 2s, 4s, 8s})) != Answer::no);
  CHECK(answer(gaps_of({4300ms, 1s, 2s, 4s, 8s, 16s, 32s})) == Answer::yes);
  // Constant behind it is constant; but a short one is no growth either.
  CHECK(stagnation(gaps_of({4300ms, 2s, 2s, 2s, 2s, 2s})) == Stagnation::constant);
  CHECK(answer(gaps_of({0s, 2s, 2s, 2s})) == Answer::cannot_tell);
}

TEST_CASE("growing: what is in doubt decides nothing") {
  CHECK(answer(gaps_of({300ms, 301ms, 300ms}, 20ms)) == Answer::cannot_tell);
  CHECK(answer(gaps_of({1s, 2s, 4s}, 900ms)) == Answer::cannot_tell);
  CHECK(answer(gaps_of({1s, 2s, 4s}, 10ms)) == Answer::yes);
}

TEST_CASE("growing: a gap known only from above counts for hot loops only") {
  Gaps gaps = gaps_of({1s, 9s, 2s, 4s});
  gaps[1].at_most = true;
  CHECK(grows(gaps).gaps == 3);
  CHECK(answer(gaps) != Answer::no);
}

TEST_CASE("growing = false is broken only by what no constant delay does, full jitter included") {
  CHECK(grows(gaps_of({1s, 2s, 4s, 8s, 16s})).proven);
  CHECK_FALSE(grows(gaps_of({1s, 2s, 4s})).proven);
  int proven = 0;
  for (const Jitter jitter : {Jitter::full, Jitter::equal})
    for (std::uint64_t i = 0; i < 5000; ++i) {
      const CurveClient constant{.policy = doubling(jitter), .flaw = Flaw::constant};
      proven += grows(constant.gaps(3 + i % 12, i)).proven ? 1 : 0;
    }
  CHECK(proven <= allowance);
}
