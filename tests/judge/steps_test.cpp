// The steps' own expectations, and `within`.
#include "tale.h"

using namespace halfopen::judge;

namespace {

const std::string two_steps =
    "[[attempt]]\nsteps = [\n  { send = \"welcome\" },\n  { expect = \"hello\", within = \"2s\" "
    "},\n]\n[expect]\nwithin = \"20s\"";

Tale welcomed() {
  return Tale()
      .begins(0, 1)
      .opened(0, 1)
      .event(0, StepBegins{0, "send \"welcome\""}, 1, 4)
      .event(0, StepPassed{0}, 1, 4)
      .event(0.5, StepBegins{1, "expect \"hello\" within 2s"}, 1, 5);
}

StepFailed no_hello() {
  return {.index = 1,
          .matching = Matching::text,
          .pattern = "hello",
          .within = std::chrono::seconds(2)};
}

}  // namespace

TEST_CASE("a failed step fails the run and names the steps that passed") {
  const Tale tale = welcomed().event(2.5, no_hello(), 1, 5).over(4);
  const Verdict verdict = judge(scenario_of(two_steps), tale.trace());
  CHECK(in_words(verdict) ==
        "fail\nstep expect \"hello\" within 2s (5): \"hello\" within 2s | nothing (at 2.50 s)");
  CHECK(verdict.failures.at(0).attempt == 1);
  CHECK(verdict.failures.at(0).passed_steps == std::vector<std::string>{"send \"welcome\""});
}

TEST_CASE(
    "a step that timed out while halfopen was late is doubted, one that saw the wrong is not") {
  const auto timing = [](double at, double late_at) {
    const Tale tale = welcomed()
                          .event(late_at, Lag{std::chrono::milliseconds(120)})
                          .event(at, no_hello(), 1, 5)
                          .over(4);
    return judge(scenario_of(two_steps), tale.trace()).failures.at(0).timing;
  };
  CHECK(timing(2.5, 2.0));
  CHECK(timing(2.6, 2.0));
  CHECK_FALSE(timing(2.74, 2.0));  // the client got the time back, twice
  CHECK_FALSE(timing(2.5, 0.1));
  CHECK_FALSE(timing(1.0, 0.9));
}

TEST_CASE("what a failed step cut off is not held against the client") {
  StepFailed ended = no_hello();
  ended.cause = Cause::ended;
  const Tale tale = welcomed().event(1.0, ended, 1, 5).over(2, "step-failed");
  CHECK(verdict_on(two_steps + "\nattempts = \"3..\"", tale) ==
        "fail\nstep expect \"hello\" within 2s (5): \"hello\" within 2s | nothing; then "
        "the client ended TCP (FIN) (at 1.00 s)\n"
        "not decided attempts (9): the run ended with the failed step");
}

TEST_CASE("where the connection had ended before a step's time was up, that is said") {
  Tale tale = welcomed().event(1.0, EndVisible{End::reset, 0, By::middlebox}, 1);
  CHECK_THAT(verdict_on(two_steps, tale.event(2.5, no_hello(), 1, 5).over(4)),
             Catch::Matchers::Contains(
                 "nothing (at 2.50 s); attempt 1 ended at 1.00 s by a middlebox's RST"));
}

TEST_CASE("where the server had closed first, the client's answer and its FIN are not the end") {
  StepFailed failed = no_hello();
  failed.cause = Cause::ended;
  const auto seen = [&](By closed_first) {
    Tale tale = welcomed().event(0.9, EndVisible{End::close, 1001, closed_first}, 1);
    return verdict_on(two_steps, tale.event(1.0, failed, 1, 5).over(2, "step-failed"));
  };
  const std::string ended = "; the server had closed first, at 0.90 s";
  using Catch::Matchers::Contains;
  CHECK_THAT(seen(By::server), Contains("then the client ended TCP (FIN) (at 1.00 s)" + ended));
  CHECK_THAT(seen(By::client), !Contains("had closed first"));
  failed.close_code = 1001;
  CHECK_THAT(seen(By::server),
             Contains("the client ended TCP (FIN), after its Close 1001 (at 1.00 s)" + ended));
  failed.how = End::close;
  CHECK_THAT(seen(By::server), Contains("the client closed (Close 1001) (at 1.00 s)" + ended));
  failed.missed = Missed::answer;
  CHECK_THAT(seen(By::server), !Contains("had closed first"));
}

TEST_CASE("a step that is not done when the time is up fails `within`") {
  CHECK(verdict_on(two_steps, welcomed().over(20, "time")) ==
        "fail\nwithin (8): all steps done within 20s | step expect \"hello\" within 2s (line 5), "
        "begun at 0.50 s, was not done");
  CHECK(verdict_on(two_steps, welcomed().event(1, StepPassed{1}, 1).over(20, "time")) == "pass");
  CHECK(verdict_on(two_steps, welcomed().over(3, "settled")) == "pass");
  CHECK(verdict_on(two_steps, welcomed().left(3, 1).over(20, "time")) == "pass");
}

TEST_CASE("a step under way counts in an attempt with a table of its own, however few must be") {
  const std::string expects = "[[attempt]]\nsteps = [{ expect = \"x\", within = \"19s\" }]\n";
  const std::string asks = "[expect]\nwithin = \"20s\"\nattempts = \"1..\"\n";
  const Tale second = Tale()
                          .begins(0, 1)
                          .opened(0, 1)
                          .ended(1, 1)
                          .begins(2, 2)
                          .opened(2, 2)
                          .event(2, StepBegins{0, "expect \"x\""}, 2, 4)
                          .over(20, "time");
  CHECK(verdict_on("[[attempt]]\n" + expects + asks, second).starts_with("fail\nwithin"));
  CHECK(verdict_on("[[attempt]]\n[[attempt]]\ntimes = \"rest\"\n" + asks, second) == "pass");
}

TEST_CASE("an answer to a Close that may have come too late for the link is not decided") {
  const std::string closes = "[[attempt]]\nsteps = [{ close = 1012 }]\n[expect]\nopens = 1\n";
  const auto unanswered = [](double at) {
    StepFailed failed;
    failed.missed = Missed::answer;
    failed.within = std::chrono::seconds(10);
    return Tale()
        .begins(0, 1)
        .opened(0, 1)
        .event(1, StepBegins{0, "close 1012"}, 1, 3)
        .ended(1, 1, End::close, 1012)
        .event(at, failed, 1, 3)
        .over(at + 1, "step-failed");
  };
  const std::string held_up = "inconclusive: step close 1012 is not decided: what the client was";
  CHECK(verdict_on(closes, unanswered(11)).starts_with("fail\nstep close 1012"));
  CHECK(verdict_on("[link]\ndelay = \"1s\"\n" + closes, unanswered(11)).starts_with(held_up));
  CHECK(verdict_on("[link]\ndelay = \"1s\"\n" + closes, unanswered(13))
            .starts_with("fail\nstep close 1012"));
  CHECK(verdict_on("[link]\ndelay = \"20ms\"\njitter = \"20ms\"\n" + closes, unanswered(11.1))
            .starts_with("fail\nstep close 1012"));
  // The run ended before the time was up that the client had.
  const Tale open =
      Tale().begins(0, 1).opened(0, 1).event(1, StepBegins{0, "close 1012"}, 1, 3).over(20, "time");
  CHECK(verdict_on(closes, open).starts_with(held_up));
}
