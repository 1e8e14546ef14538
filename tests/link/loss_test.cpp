// The simple losses: single ones, outages by the clock, and drop rules inside a pipeline.
#include <catch2/catch.hpp>

#include "link/drop_rule.h"
#include "statistics.h"
#include "units.h"

namespace halfopen::link {
namespace {

Settings lossy(const Loss& loss) {
  Settings settings;
  settings.loss = loss;
  return settings;
}

TEST_CASE("single losses have the share that was asked for, within three standard deviations") {
  constexpr int units = 20'000;
  for (const double p : {.001, .01, .03, .1, .5}) {
    Pipeline link = up(lossy(Bernoulli{p}), 3);
    int lost = 0;
    for (int n = 1; n <= units; ++n)
      if (link.decide(data(n), zero).verdict == Verdict::lost) ++lost;
    INFO("p = " << p);
    CHECK(std::abs(lost - units * p) < 3 * std::sqrt(units * p * (1 - p)));
  }
}

TEST_CASE("single losses come in runs as chance has it") {
  constexpr double p = .3;
  Pipeline link = up(lossy(Bernoulli{p}), 5);
  std::vector<double> seen(32);
  std::size_t length = 0;
  double count = 0;
  for (int n = 1; n <= 20'000; ++n) {
    if (link.decide(data(n), zero).verdict == Verdict::lost) {
      ++length;
    } else if (length > 0) {
      ++seen[std::min<std::size_t>(length, 32) - 1];
      ++count;
      length = 0;
    }
  }
  std::vector<double> expected;
  for (int k = 1; k <= 32; ++k) expected.push_back(count * std::pow(p, k - 1) * (1 - p));
  const ChiSquare chi(seen, expected);
  CHECK(chi.sum < chi.limit());
}

TEST_CASE("a loss of nothing loses nothing, a loss of all loses all") {
  Pipeline none = up(lossy(Bernoulli{0}));
  Pipeline all = up(lossy(Bernoulli{1}));
  for (int n = 1; n <= 1000; ++n) {
    CHECK(none.decide(data(n), zero).verdict == Verdict::carried);
    const Decision lost = all.decide(data(n), zero);
    CHECK(lost.verdict == Verdict::lost);
    CHECK(lost.arrivals().empty());
  }
}

TEST_CASE("outages follow the clock, counted from the start of the run") {
  const Time start = zero + 100s;
  Pipeline link(lossy(Outages{2s, 500ms}), Direction::up, 1, start);
  const auto carried = [&](Duration since) {
    return link.decide(data(1), start + since).verdict == Verdict::carried;
  };
  CHECK(carried(0s));
  CHECK(carried(2s - 1ns));
  CHECK_FALSE(carried(2s));
  CHECK_FALSE(carried(2500ms - 1ns));
  CHECK(carried(2500ms));
  CHECK_FALSE(carried(4500ms));
  link.change(lossy(Outages{1s, 1s}), start + 5s);
  CHECK_FALSE(carried(5s));
  CHECK(carried(6s));
}

TEST_CASE("an outage of no length loses nothing, one without a pause loses all") {
  CHECK(up(lossy(Outages{0s, 0s})).decide(data(1), zero).verdict == Verdict::carried);
  CHECK(up(lossy(Outages{1s, 0s})).decide(data(1), zero + 1s).verdict == Verdict::carried);
  CHECK(up(lossy(Outages{0s, 1s})).decide(data(1), zero).verdict == Verdict::lost);
}

TEST_CASE("a drop rule comes before chance, and the verdict says so") {
  Settings settings = lossy(Bernoulli{1});
  settings.drop = {*parse_drop_rule("syn 1-3").value};
  Pipeline link = up(settings);
  CHECK(link.decide(control(DropRule::Kind::syn, 3), zero).verdict == Verdict::dropped_by_rule);
  CHECK(link.decide(control(DropRule::Kind::syn, 4), zero).verdict == Verdict::lost);
}

}  // namespace
}  // namespace halfopen::link
