// What answers a step that waits for the client, and how it is said what came instead.
#include "run/expected.h"

#include <catch2/catch.hpp>

using namespace halfopen;
using namespace halfopen::run;
using namespace std::chrono_literals;
using Answer = Expected::Answer;

namespace {

scenario::StepBody close_with(int code) { return scenario::ExpectCloseStep{code, 2s}; }

/// What came instead of what that step waits for.
trace::StepFailed missed(const Expected& expected, const scenario::StepBody& step) {
  trace::StepFailed failed = wanted_by(step).value();
  expected.add_what_came(step, failed);
  return failed;
}

void say(Expected& expected, std::string_view text) { expected.message(as_bytes(text), {}); }

}  // namespace

TEST_CASE("a Close with another code than the expected one is a wrong answer") {
  Held held;
  Expected expected(held);
  CHECK(expected.answer_to(close_with(1000)) == Answer::none);
  CHECK(missed(expected, close_with(1000)).close_code == 0);
  expected.closed(1001);
  CHECK(expected.answer_to(close_with(1001)) == Answer::right);
  CHECK(expected.answer_to(close_with(1000)) == Answer::wrong);
  CHECK(missed(expected, close_with(1000)).code == 1000);
  CHECK(missed(expected, close_with(1000)).close_code == 1001);
}

TEST_CASE("a Close of the server's is answered by a Close of any code") {
  Held held;
  Expected expected(held);
  const scenario::StepBody close = scenario::CloseStep{};
  CHECK(expected.answer_to(close) == Answer::none);
  expected.closed(4000);
  CHECK(expected.answer_to(close) == Answer::right);
}

TEST_CASE("what does not wait for the client is answered by nothing that comes") {
  Held held;
  Expected expected(held);
  say(expected, "hello");
  expected.closed(1000);
  CHECK(expected.answer_to(scenario::WaitStep{1s}) == Answer::none);
  CHECK_FALSE(wanted_by(scenario::WaitStep{1s}));
}

TEST_CASE("a message that answers a step is taken, and those before it are passed over") {
  Held held;
  Expected expected(held);
  scenario::ExpectStep second;
  second.match = scenario::TextMatch{"second"};
  second.within = 2s;
  say(expected, "first");
  CHECK(expected.answer_to(second) == Answer::none);
  CHECK(missed(expected, second).came == std::vector<std::string>{"first"});
  say(expected, "second");
  CHECK(expected.answer_to(second) == Answer::right);
  CHECK(expected.answer_to(second) == Answer::none);
}
