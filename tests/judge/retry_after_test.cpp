// Retry-After says how long a client ought to wait: a warning, and a failure only under --strict.
#include "tale.h"

using namespace halfopen;
using namespace halfopen::judge;
using namespace std::chrono_literals;

namespace {

Tale back_at(double second_attempt) {
  return Tale()
      .begins(0, 1)
      .accepted(0, 1)
      .event(1, trace::Answer{503, "retry-after", false, 3s}, 1, 4)
      .event(1, EndVisible{End::refusal, 503}, 1)
      .begins(second_attempt, 2)
      .opened(second_attempt, 2)
      .over(second_attempt + 1);
}

std::string strictly(double second_attempt) {
  return verdict_on("[expect]\nopens = 1", back_at(second_attempt), {.strict = true});
}

}  // namespace

TEST_CASE("a client that comes back later than it was asked to is right") {
  CHECK(strictly(4.0) == "pass");
  CHECK(strictly(60) == "pass");
}

TEST_CASE("a client that comes back earlier is warned") {
  const auto verdict = judge::judge(scenario_of("[expect]\nopens = 1"), back_at(2.5).trace());
  CHECK(verdict.outcome == Outcome::pass);
  CHECK(verdict.warnings.size() == 1);
  CHECK(strictly(2.5) ==
        "fail\nretry-after (4): no attempt for 3.00 s after HTTP 503 with Retry-After (RFC 9110, "
        "section 10.2.3) | attempt 2 began 1.50 s after it, at 2.50 s");
}
