// What held is in the verdict, with its number: steps, and what stands in every scenario.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "scenario/invariants.h"
#include "tale.h"

using namespace halfopen;
using namespace halfopen::judge;
using namespace std::chrono_literals;

namespace {

const std::string any = "[expect]\nopens = \"0..\"";

Verdict verdict_of(const std::string& toml, const Tale& tale) {
  return judge::judge(scenario_of(toml), tale.trace());
}

/// What held of that kind, a line each: "name (line), attempt, times: range measured".
std::string held(const Verdict& verdict, Kind kind) {
  std::string text;
  for (const Decision& each : verdict.decisions) {
    if (each.status != Status::held || each.expectation.kind != kind) continue;
    text += fmt::format("{} ({}), attempt {}, {}×", each.expectation.name, each.line, each.attempt,
                        each.times);
    if (each.measure)
      text +=
          fmt::format(": {}..{} {}: {}", each.measure->lowest, each.measure->highest.value_or(-1),
                      name_of(each.measure->unit), each.measure->value);
    text += "\n";
  }
  return text;
}

std::set<std::string> held_invariants(const Verdict& verdict) {
  std::set<std::string> names;
  for (const Decision& each : verdict.decisions)
    if (each.status == Status::held && each.expectation.kind == Kind::invariant)
      names.insert(each.expectation.name);
  return names;
}

/// Attempt `n` opens, and step 2 of it waits for so long for a "hello".
Tale& greeted(Tale& tale, double at, int n, double waits) {
  return tale.begins(at, n)
      .opened(at, n)
      .event(at, StepBegins{0, "send \"welcome\""}, n, 4)
      .event(at, StepPassed{0}, n, 4)
      .event(at, StepBegins{1, "expect \"hello\" within 2s"}, n, 5)
      .event(at + waits, StepPassed{1}, n, 5)
      .ended(at + waits, n);
}

std::string with_steps(const std::string& expect) {
  return "[[attempt]]\ntimes = 9000\nsteps = [{ send = \"welcome\" },\n  " + expect +
         ",\n]\n[expect]\nwithin = \"20s\"";
}

const std::string hello = "{ expect = \"hello\", within = \"2s\" }";

/// A client that comes upon everything that an invariant speaks of, and does nothing wrong.
Tale flawless() {
  Tale tale;
  tale.trace().header.client_can = {"reports"};
  tale.begins(0, 1)
      .accepted(0, 1)
      .event(0, ProxyAsked{"CONNECT", "server.test:443", {}}, 1)
      .event(0, ProxyAnswered{502}, 1)
      .ended(0.1, 1)
      .begins(1, 2)
      .accepted(1, 2)
      .event(1, FaultStruck{Layer::tls, "expired"}, 2)
      .event(1, TlsFailed{"certificate_expired", Side::client, ""}, 2)
      .ended(1.1, 2)
      .begins(3, 3)
      .refused(3, 3, 503)
      .ended(3.1, 3)
      .begins(6, 4)
      .opened(6, 4)
      .says(6, "open")
      .event(7, FaultStruck{Layer::frame, "reserved-opcode"}, 4)
      .sent(7.5, 4, "close", 1002)
      .left(7.5, 4)
      .says(7.5, "close")
      .says(8, "gave-up");
  return tale.over(20);
}

const std::string one_bad_certificate =
    "[server]\ntls = true\n[[attempt]]\n[[attempt]]\ntls = \"expired\"\n" + any;

}  // namespace

TEST_CASE("a step that held is there once for all attempts, with the longest time that it took") {
  Tale tale;
  greeted(greeted(greeted(tale, 0, 1, 0.5), 5, 2, 1.5), 10, 3, 0.25).over(14);
  const Verdict verdict = verdict_of(with_steps(hello), tale);
  CHECK(in_words(verdict) == "pass");
  CHECK(held(verdict, Kind::step) ==
        "expect \"hello\" within 2s (5), attempt 0, 3×: 0..2000000 us: 1500000\n");
}

TEST_CASE("a step that held in one attempt names it, and one that failed later is no less held") {
  Tale tale;
  greeted(tale, 0, 1, 0.5)
      .begins(5, 2)
      .opened(5, 2)
      .event(5, StepBegins{1, "expect \"hello\" within 2s"}, 2, 5)
      .event(7, StepFailed{.index = 1, .within = 2s}, 2, 5)
      .over(8, "step-failed");
  const Verdict verdict = verdict_of(with_steps(hello), tale);
  CHECK(verdict.failures.size() == 1);
  CHECK(held(verdict, Kind::step) ==
        "expect \"hello\" within 2s (5), attempt 1, 1×: 0..2000000 us: 500000\n");
}

namespace {

/// A step that waits for a "hello" in an attempt that is over at `at` without it.
Tale& ungreeted(Tale& tale, double at, int n) {
  return tale.begins(at, n)
      .opened(at, n)
      .event(at, StepBegins{1, "expect \"hello\" within 2s"}, n, 5)
      .ended(at, n);
}

const std::string optional_hello = "{ expect = \"hello\", within = \"2s\", optional = true }";

}  // namespace

TEST_CASE("a step that is optional held where it was done") {
  Tale tale;
  ungreeted(greeted(tale, 0, 1, 0.5), 2, 2).over(6);
  const Verdict verdict = verdict_of(with_steps(optional_hello), tale);
  CHECK(in_words(verdict) == "pass");
  CHECK(held(verdict, Kind::step) ==
        "expect \"hello\" within 2s (5), attempt 1, 1×: 0..2000000 us: 500000\n");
}

TEST_CASE("a step that was passed over has not held, and is not judged, once for all attempts") {
  Tale tale;
  ungreeted(ungreeted(tale, 0, 1), 2, 2).over(6);
  const Verdict verdict = verdict_of(with_steps(optional_hello), tale);
  const std::string why =
      "it is optional, and was passed over: the connection was over before it was done";
  const std::string step = "step expect \"hello\" within 2s";
  CHECK(in_words(verdict) == "unsupported: nothing here can be judged: " + step + ", " + why +
                                 "\nnot judged " + step + " (5): " + why);
  CHECK(held(verdict, Kind::step).empty());
  CHECK_FALSE(verdict.judged);
}

TEST_CASE("a step that is optional and under way on a connection that lives was not passed over") {
  const Tale tale = Tale()
                        .begins(0, 1)
                        .opened(0, 1)
                        .event(0, StepBegins{1, "expect \"hello\" within 2s"}, 1, 5)
                        .over(1, "time");
  CHECK(verdict_on(with_steps(optional_hello), tale).starts_with("fail\nwithin"));
}

TEST_CASE("thousands of attempts make no more decisions than one") {
  const auto decisions = [](int attempts) {
    Tale tale;
    for (int n = 1; n <= attempts; ++n) greeted(tale, n, n, 0.5);
    return verdict_of(with_steps(hello), tale.over(attempts + 4)).decisions.size();
  };
  CHECK(decisions(4000) == decisions(2));
}

TEST_CASE("settle and within hold with the time that was lived and taken") {
  const Tale tale = Tale().begins(0, 1).opened(1, 1).over(6);
  const Verdict verdict =
      verdict_of("[expect]\nopens = 1\nsettle = \"4s\"\nwithin = \"20s\"", tale);
  CHECK(held(verdict, Kind::settle) == " (0), attempt 1, 1×: 4000000..-1 us: 5000000\n");
  CHECK(held(verdict, Kind::within) == " (5), attempt 0, 1×: 0..20000000 us: 6000000\n");
  CHECK(held(verdict, Kind::crash) == " (0), attempt 0, 1×\n");
  // What ended before that, not by the client, has shown nothing.
  const Verdict shorter = verdict_of("[expect]\nopens = 1\nsettle = \"4s\"",
                                     Tale().begins(0, 1).opened(1, 1).ended(2, 1).over(9));
  CHECK(held(shorter, Kind::settle).empty());
  const Verdict late = verdict_of(any, Tale().begins(0, 1).opened(1, 1).over(30, "time"));
  CHECK(held(late, Kind::within).empty());
}

TEST_CASE("every invariant holds where a client came upon it and did nothing wrong") {
  const Verdict verdict = verdict_of(one_bad_certificate, flawless());
  CHECK(in_words(verdict) == "pass");
  std::set<std::string> all;
  for (const auto& each : scenario::invariant_names()) all.emplace(each.name);
  CHECK(held_invariants(verdict) == all);
  CHECK(held(verdict, Kind::invariant)
            .find("fails-bad-frame (0), attempt 0, 1×: 0..5000000 us: 500000\n") !=
        std::string::npos);
  CHECK(held(verdict, Kind::invariant).find("no-hot-loop (0), attempt 0, 1×: 0..3 count: 0\n") !=
        std::string::npos);
}

TEST_CASE("an invariant that a client never came upon is not said to have held") {
  CHECK(held_invariants(verdict_of(any, Tale().over(3))) == std::set<std::string>{"no-flood"});
  CHECK(held_invariants(verdict_of(any, Tale().closed_port({0}).over(3))) ==
        std::set<std::string>{"no-flood", "no-hot-loop", "one-connecting"});
}

TEST_CASE("of a handshake nothing held where there was only other HTTP") {
  const Tale plain = Tale()
                         .begins(0, 1)
                         .accepted(0, 1)
                         .event(0, Request{"GET", "/config", {{"Host", "server.test"}}}, 1)
                         .event(0, Violation{"valid-handshake-request", "a GET"}, 1)
                         .ended(0, 1, End::refusal, 426)
                         .over(3);
  CHECK(held_invariants(verdict_of(any, plain)) ==
        std::set<std::string>{"no-flood", "no-hot-loop", "one-connecting"});
}

TEST_CASE("an invariant that is broken, waived or not decided has not held") {
  const auto holds = [](const std::string& name, const Verdict& verdict) {
    return held_invariants(verdict).contains(name);
  };
  const Tale opened = Tale().begins(0, 1).opened(0, 1).over(3);
  CHECK(holds("version-13", verdict_of(any, opened)));
  CHECK_FALSE(holds("version-13", verdict_of(any + "\nwaive = [\"version-13\"]", opened)));
  const Tale wrong =
      Tale().begins(0, 1).opened(0, 1).event(0, Violation{"version-13", "8"}, 1).over(3);
  CHECK_FALSE(holds("version-13", verdict_of(any, wrong)));
  // The run ended before the client's five seconds were up.
  Tale untold = Tale().begins(0, 1).opened(0, 1).says(0, "open").ended(1, 1).over(2);
  untold.trace().header.client_can = {"reports"};
  CHECK_FALSE(holds("one-close", verdict_of(any, untold)));
  Tale kept = Tale().begins(0, 1).accepted(0, 1).event(0, trace::Answer{101, "bad", false}, 1);
  CHECK_FALSE(holds("fails-bad-handshake", verdict_of(any, kept.over(2))));
}

TEST_CASE("of a trace of which something is missing no invariant is said to have held") {
  const auto none = [](const Tale& tale) { return held_invariants(verdict_of(any, tale)).empty(); };
  const auto opened = [] { return Tale().begins(0, 1).opened(0, 1); };
  CHECK_FALSE(none(opened().over(3)));
  CHECK(none(opened().over(3, "interrupted")));
  CHECK(none(opened().event(1, Unreliable{"packets were lost"}).over(3)));
  CHECK(none(opened().event(1, EventsOmitted{Noise::logs, 3}).over(3)));
}

TEST_CASE("what a failure too many may have been is not said to have held") {
  Tale tale;
  for (int n = 1; n <= 101; ++n)
    tale.begins(6 * n, n)
        .opened(6 * n, n)
        .event(6 * n, StepFailed{.index = 1, .within = 2s}, n, 5)
        .ended(6 * n + 1, n);
  const Verdict verdict = verdict_of(with_steps(hello), tale.over(700));
  CHECK(verdict.failures.size() == 100);
  CHECK(held_invariants(verdict).empty());
}

TEST_CASE("what stands in every scenario makes no run a judged one") {
  const std::string reported = "[expect]\nclient = { open = { count = 1 } }";
  const Verdict verdict = verdict_of(reported, Tale().begins(0, 1).opened(0, 1).over(6));
  CHECK(verdict.outcome == Outcome::unsupported);
  CHECK_FALSE(verdict.judged);
  CHECK(!held_invariants(verdict).empty());
}
