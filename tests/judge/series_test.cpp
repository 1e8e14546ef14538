// Gaps in several series: a curve may begin anew behind a connection that was open for long.
#include "judge/series.h"

#include <array>

#include "curves.h"
#include "tale.h"

using namespace halfopen;
using namespace halfopen::judge;
using namespace std::chrono_literals;

namespace {

/// Several series of one client, with connections between them that were open for so long.
Gaps joined(const std::vector<Gaps>& series, Duration open) {
  Gaps all;
  for (const Gaps& gaps : series)
    for (std::size_t i = 0; i < gaps.size(); ++i) {
      all.push_back(gaps[i]);
      if (i == 0 && &gaps != &series.front()) all.back().after = open;
    }
  return all;
}

Gaps of(const std::vector<int>& milliseconds) {
  Gaps gaps;
  for (const int each : milliseconds) gaps.push_back({std::chrono::milliseconds(each), {}, false});
  return gaps;
}

const Policy doubled{300ms, 2, 5s, Policy::Jitter::none, 0};

}  // namespace

TEST_CASE("a curve may begin anew behind a connection that was open, or go on") {
  const std::vector<Gaps> anew{
      joined({of({300, 600, 1200, 2400}), of({300, 600, 1200, 2400})}, 6s)};
  CHECK(fits(doubled, anew).answer == judge::Answer::no);
  CHECK(fits_in_series(doubled, anew).answer == judge::Answer::yes);
  CHECK(grows_in_series(anew).answer == judge::Answer::yes);
  const std::vector<Gaps> on{joined({of({300, 600, 1200}), of({2400, 4800, 5000})}, 6s)};
  CHECK(fits_in_series(doubled, on).answer == judge::Answer::yes);
  CHECK(grows_in_series(on).answer == judge::Answer::yes);
}

TEST_CASE("how long it must have been open is the client's own affair, but one and the same") {
  Gaps gaps = joined({of({300, 600, 1200}), of({300, 600, 1200}), of({2400, 4800})}, 9s);
  gaps[6].after = 4s;  // Too short for it.
  CHECK(fits_in_series(doubled, std::array{gaps}).answer == judge::Answer::yes);
  std::swap(gaps[3].after, gaps[6].after);
  CHECK(fits_in_series(doubled, std::array{gaps}).answer == judge::Answer::no);
}

TEST_CASE("nothing else lets a curve begin anew") {
  const std::vector<Gaps> sawtooth{of({300, 600, 1200, 2400, 300, 600, 1200, 2400})};
  CHECK(fits_in_series(doubled, sawtooth).answer == judge::Answer::no);
  CHECK(grows_in_series(sawtooth).answer == judge::Answer::no);
  const std::vector<Gaps> constant{joined({of({300, 300, 300, 300}), of({300, 300, 300})}, 6s)};
  CHECK(fits_in_series(doubled, constant).answer == judge::Answer::no);
  CHECK(grows_in_series(constant).answer == judge::Answer::no);
}

TEST_CASE("a misfit is told where it is, in the way that gets furthest") {
  const CurveFit fit =
      fits_in_series(doubled, std::array{joined({of({300, 600, 1200}), of({300, 600, 9000})}, 6s)});
  CHECK(fit.answer == judge::Answer::no);
  CHECK(fit.run == 0);
  CHECK(fit.gap == 5);
}

TEST_CASE("right clients that begin anew are called wrong no more often than others") {
  constexpr std::uint64_t runs = 300;
  for (const auto jitter : {Policy::Jitter::none, Policy::Jitter::equal, Policy::Jitter::full,
                            Policy::Jitter::decorrelated})
    for (const CurveClient& client : usual(jitter))
      for (std::uint64_t run = 0; run < runs / 10; ++run) {
        const std::vector<Gaps> seen{joined(client.runs(3, 4, run), 6s)};
        CHECK(grows_in_series(seen).answer != judge::Answer::no);
        if (client.first == CurveClient::First::by_policy)
          CHECK(fits_in_series(client.policy, seen).answer != judge::Answer::no);
      }
}
