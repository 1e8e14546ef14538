// Which outcome a run gets: when a failure is one, and when halfopen itself was at fault.
#include "tale.h"

using namespace halfopen;
using namespace halfopen::judge;
using namespace std::chrono_literals;

namespace {

const std::string three = "[expect]\nattempts = 3";

Tale once() { return Tale().closed_port({0}); }

}  // namespace

TEST_CASE("a run that could not be carried out is an error") {
  CHECK(verdict_on(three, Tale().event(0, Broken{"start node: no such file"}).over(0)) ==
        "error: start node: no such file");
  CHECK(verdict_on(three, once()) ==
        "error: the trace has no end: it was cut short, or halfopen was killed");
}

TEST_CASE("what is not to be had is unsupported, with the remedy") {
  CHECK(
      verdict_on(three,
                 Tale().event(0, Unsupported{"there is no packet link", "run as root"}).over(0)) ==
      "unsupported: there is no packet link; run as root");
}

TEST_CASE("a failure that depends on time is inconclusive where halfopen was late") {
  CHECK(verdict_on(three, once().event(1, Lag{160ms}).event(2, Lag{150ms}).over(5, "time"))
            .starts_with("inconclusive: halfopen itself was late: 310 ms in all, the longest 160 "
                         "ms at 1.00 s; run it on a quieter machine or with fewer --jobs\n"
                         "attempts (3): 3 | 1 attempt, at 0.00 s"));
}

TEST_CASE("lateness that could not have caused a failure is no excuse for it") {
  CHECK(verdict_on(three, once().event(1, Lag{240ms}).over(5, "time")).starts_with("fail"));
  CHECK(verdict_on(three, once().event(1, Lag{260ms}).over(50, "time")).starts_with("fail"));
  const std::string gap = "[expect]\ngaps = [\"1s..2s\"]";
  const auto three_seconds_apart = [](Duration late) {
    return Tale().closed_port({0, 3}).event(4, Lag{late}).over(100, "time");
  };
  CHECK(verdict_on(gap, three_seconds_apart(900ms)).starts_with("fail"));
  CHECK(verdict_on(gap, three_seconds_apart(1100ms)).starts_with("inconclusive"));
}

TEST_CASE("a late or unreliable link makes such a failure inconclusive too") {
  LinkSummary late;
  late.late_p99 = 260ms;
  CHECK(verdict_on(three, once().event(5, late).over(5, "time"))
            .starts_with("inconclusive: halfopen's link was late: by 260 ms for one unit in a "
                         "hundred; "));
  late.late_p99 = 240ms;
  CHECK(verdict_on(three, once().event(5, late).over(5, "time")).starts_with("fail"));
  CHECK(verdict_on(three, once().event(1, Unreliable{"the device dropped 3"}).over(5, "time"))
            .starts_with("inconclusive: the device dropped 3; "));
}

TEST_CASE("a pass stays a pass, and a certain failure a failure, however late halfopen was") {
  CHECK(verdict_on("[expect]\nattempts = 1", once().event(1, Lag{5s}).over(5, "time")) == "pass");
  CHECK(verdict_on(three, once()
                              .event(1, Lag{5s})
                              .event(2, Violation{"masked-frames", "not masked"}, 1)
                              .over(5, "time"))
            .starts_with("fail\n"));
}

TEST_CASE("an interrupted run decides nothing") {
  CHECK(verdict_on("[expect]\nattempts = 1", once().over(1, "interrupted")) ==
        "inconclusive: the run was interrupted");
}

TEST_CASE("failures are bounded in number") {
  Tale tale = Tale().begins(0, 1).opened(0, 1);
  for (int i = 0; i < 1000; ++i) tale.sent(1, 1, "close", 1002);
  const Verdict verdict =
      judge::judge(scenario_of("[expect]\ncloses_with = 1000"), tale.over(2).trace());
  CHECK(verdict.failures.size() == 100);
  CHECK(verdict.skipped ==
        std::vector<std::string>{"there were more failures; the first 100 are kept"});
}

TEST_CASE("judging takes time in proportion to the trace, also for a client in a hot loop") {
  Tale tale;
  for (int n = 1; n <= 50'000; ++n)
    tale.begins(n * 0.001, n, Port::closed).ended(n * 0.001 + 0.0001, n);
  CHECK(
      verdict_on("[expect]\nopens = 0", tale.over(60)).starts_with("fail\ninvariant no-hot-loop"));
}
