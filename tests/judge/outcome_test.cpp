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

TEST_CASE("an error says whether it is halfopen's own fault") {
  const auto verdict = [](bool own) {
    const Tale tale = Tale().event(0, Broken{"its helper has died", own}).over(0);
    return judge::judge(scenario_of(three), tale.trace());
  };
  CHECK(is_own_fault(verdict(true)));
  CHECK_FALSE(is_own_fault(verdict(false)));
}

TEST_CASE("what is not to be had is unsupported, with the remedy") {
  CHECK(
      verdict_on(three,
                 Tale().event(0, Unsupported{"there is no packet link", "run as root"}).over(0)) ==
      "unsupported: there is no packet link; run as root");
}

TEST_CASE("a browser that never fetched its page has not been tested") {
  const std::string one = "[expect]\nattempts = 1";
  Tale tale = Tale().over(30, "time");
  CHECK(verdict_on(one, tale).starts_with("fail\n"));
  tale.trace().header.client_can = {"reports", "page"};
  CHECK(verdict_on(one, tale).starts_with(
      "inconclusive: the client never fetched its page: it started too slowly"));
  Tale fetched = Tale().event(2, PageServed{}).over(30, "time");
  fetched.trace().header.client_can = {"page"};
  CHECK(verdict_on(one, fetched).starts_with("fail\n"));
}

TEST_CASE("a failure that lateness could have caused is inconclusive") {
  // Gap 1 is 1 s above its range; halfopen's lateness in that gap counts twice.
  const std::string gap = "[expect]\ngaps = [\"1s..2s\"]";
  const auto late = [](double at, Duration by) {
    return Tale().closed_port({0, 3.001, 4}).event(at, Lag{by}).over(100, "time");
  };
  CHECK(verdict_on(gap, late(2.5, 600ms))
            .starts_with("inconclusive: halfopen itself was late: 600 ms in all, the longest 600 "
                         "ms at 2.50 s; run it on a quieter machine or with fewer --jobs\n"
                         "gaps[1] (3): 1s..2s | gap 1 was 3.00 s"));
  CHECK(verdict_on(gap, late(2.5, 400ms)).starts_with("fail\n"));
}

TEST_CASE("lateness at another time excuses nothing") {
  const std::string gap = "[expect]\ngaps = [\"1s..2s\"]";
  CHECK(verdict_on(gap, Tale().closed_port({0, 3.001, 9}).event(8, Lag{900ms}).over(10, "time"))
            .starts_with("fail\n"));
}

TEST_CASE("what never came is inconclusive only if the client had hardly been quiet") {
  CHECK(verdict_on(three, once().event(2, Lag{300ms}).over(5, "time")).starts_with("fail\n"));
  CHECK(verdict_on(three, once().event(2, Lag{1500ms}).event(4, Lag{1500ms}).over(5, "time"))
            .starts_with("inconclusive: halfopen itself was late: 3.00 s in all"));
  CHECK(verdict_on(three, once().says(4.9, "error").event(5, Lag{110ms}).over(5, "time"))
            .starts_with("inconclusive: "));
}

TEST_CASE("what a client that has exited did not do, it would never have done") {
  CHECK(verdict_on(three, once()
                              .event(0.1, ClientExited{0, 0, false})
                              .event(0.4, Lag{5s})
                              .over(0.4, "client-exited"))
            .starts_with("fail\n"));
}

TEST_CASE("growth is doubted where the gaps themselves are in doubt") {
  const std::string growing = "[expect]\ngrowing = true";
  const auto even = [](double at, Duration late) {
    return Tale().closed_port({0, 1.001, 2.002, 3.003}).event(at, Lag{late}).over(9, "time");
  };
  CHECK(verdict_on(growing, even(2.9, 150ms)).starts_with("inconclusive"));
  CHECK(verdict_on(growing, even(2.1, 150ms)).starts_with("inconclusive"));
  CHECK(verdict_on(growing, even(2.5, 150ms)).starts_with("fail\n"));  // it moved no end of a gap
}

TEST_CASE("a gap is doubted for what was late in it, not while the connection before it lived") {
  const auto long_lived = [](double at, Duration late) {
    Tale tale;
    for (const int n : {1, 2, 3, 4}) {
      const double began = 6.0 * (n - 1);
      tale.begins(began, n).opened(began + 0.1, n);
      if (n < 4) tale.ended(began + 5, n).left(began + 5.001, n);
      if (at > began && at < began + 6) tale.event(at, Lag{late});
    }
    return tale.over(19, "time");
  };
  const std::string growing = "[expect]\nsettle = \"5s\"\ngrowing = true";
  CHECK(verdict_on(growing, long_lived(17.9, 150ms)).starts_with("inconclusive"));
  CHECK(verdict_on(growing, long_lived(12.3, 150ms)).starts_with("fail\n"));
}

TEST_CASE("a late or unreliable link excuses too") {
  const std::string gap = "[expect]\ngaps = [\"1s..1980ms\"]";
  const auto with = [](Duration p99, Duration most) {
    LinkSummary link;
    link.late_p99 = p99;
    link.late_max = most;
    return Tale().closed_port({0, 2.001}).event(5, link).over(5, "time");
  };
  CHECK(verdict_on(gap, with(21ms, 30ms))
            .starts_with("inconclusive: halfopen's link was late, by up to 30.0 ms; "));
  CHECK(verdict_on(gap, with(21ms, 15ms)).starts_with("fail\n"));
  CHECK(verdict_on(gap, with(19ms, 30ms)).starts_with("fail\n"));
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
}

TEST_CASE("judging takes time in proportion to the trace, also for a client in a hot loop") {
  Tale tale;
  for (int n = 1; n <= 50'000; ++n)
    tale.begins(n * 0.001, n, Port::closed).ended(n * 0.001 + 0.0001, n);
  CHECK(
      verdict_on("[expect]\nopens = 0", tale.over(60)).starts_with("fail\ninvariant no-hot-loop"));
}

TEST_CASE("a trace from which events are missing is never a pass") {
  const auto unreliable = [](bool missing) {
    return once().event(1, Unreliable{"9 events were too many to keep", missing}).over(5, "time");
  };
  CHECK(verdict_on("[expect]\nattempts = 1", unreliable(true)) ==
        "inconclusive: 9 events were too many to keep");
  CHECK(verdict_on("[expect]\nattempts = 1", unreliable(false)) == "pass");
}

TEST_CASE(
    "a client that halfopen could not answer may try once more, but not one too many before") {
  const auto lost_at = [](double at) {
    Tale tale;
    tale.begins(0, 1).opened(0.1, 1).ended(1, 1).left(1, 1).begins(2, 2);
    const Unreliable lost{"accept a connection: Too many open files", false};
    if (at < 12) tale.event(at, lost);
    tale.left(12, 2).begins(13, 3);
    if (at > 13) tale.event(at, lost);
    return tale.over(20, "time");
  };
  const std::string two = "[expect]\nattempts = 2";
  CHECK(verdict_on(two, lost_at(2.1)).starts_with("inconclusive: accept a connection: Too many"));
  CHECK(verdict_on(two, lost_at(14)).starts_with("fail\nattempts"));
}

TEST_CASE("a flood that the scenario puts up with leaves nothing certain but what is wrong") {
  const Tale flooded =
      Tale().begins(0, 1).opened(0, 1).event(1, EventsOmitted{Noise::frames, 7}).over(3);
  CHECK(verdict_on("[expect]\nopens = 1\nwaive = [\"no-flood\"]", flooded) ==
        "inconclusive: 7 frames worth a line of their own were too many to keep, and nothing is "
        "known of them");
  CHECK(verdict_on("[expect]\nopens = 2\nwaive = [\"no-flood\"]", flooded).starts_with("fail"));
}

TEST_CASE("a step that asks nothing of the client judges nothing") {
  const auto verdict = [](const std::string& step) {
    return verdict_on("[[attempt]]\nsteps = [" + step + "]\n[expect]\nclient = { close = true }",
                      Tale()
                          .begins(0, 1)
                          .opened(0, 1)
                          .event(0, StepBegins{0, "a step"}, 1)
                          .event(0, StepPassed{0}, 1)
                          .over(3));
  };
  CHECK(verdict("{ send = \"welcome\" }").starts_with("unsupported: nothing here can be judged"));
  CHECK(verdict("{ expect = \"hello\" }").starts_with("pass"));
}

TEST_CASE("what is said of an attempt that never was is not decided") {
  const Tale one = Tale().begins(0, 1).opened(0, 1).says(0, "open").over(30, "time");
  CHECK(verdict_on("[expect]\nclient = { error = { attempt = 2, count = 0 } }", one)
            .starts_with("inconclusive: client.error is not decided: there was no attempt 2"));
  CHECK(verdict_on("[expect]\nmessages = { text = \"x\", attempt = 2, count = 0 }", one)
            .starts_with("inconclusive: messages[1] is not decided: there was no attempt 2"));
  CHECK(verdict_on("[expect]\nclient = { error = { attempt = 1, count = 0 } }", one) == "pass");
}
