// The failures of many runs, by cause, for a terminal.
#include "report/causes_text.h"

#include "runs.h"

using namespace halfopen;
using namespace halfopen::report;

namespace {

Result crashed(const std::string& scenario, const std::string& client) {
  Result result = failing();
  result.trace.header.scenario = scenario;
  result.trace.header.client = client;
  judge::Failure crash;
  crash.expectation.kind = judge::Kind::crash;
  crash.wanted = judge::wanted::NoCrash{};
  crash.seen = judge::seen::Running{};
  result.verdict.failures = {crash};
  return result;
}

}  // namespace

TEST_CASE("causes: most runs first, with what that means and the shortest that shows it") {
  Result longer = failing();
  longer.trace.header.scenario = "drops/longer";
  longer.duration += std::chrono::seconds(1);
  const std::vector<Result> results{crashed("close/1000", "one"), longer, passing(), failing(),
                                    unsupported()};
  const auto groups = groups_by_cause(results);
  REQUIRE(groups.size() == 2);
  CHECK(groups[0].cause->name == "too-slow");
  CHECK(groups[0].shortest == &results[3]);
  CHECK(causes_text(groups, {false, 200}) == R"(What is wrong, by cause:
  2 scenarios fail: slow comes back later than it should
    The network works again, and people still wait.
    shortest: drops/reset  gaps[2] (line 12): expected 1s..3s, seen gap 2 was 4.99 s (attempt 2 ended at 2.51 s by RST, attempt 3 began at 7.50 s)
  1 scenario fails: one crashes
    The application is gone until somebody starts it again.
    shortest: close/1000  client: expected the client not to crash, seen it was still running when the run ended at 0.00 s
)");
}

TEST_CASE("causes: several runs and clients of one scenario are one scenario") {
  const std::string text =
      causes_text(groups_by_cause(std::vector<Result>{crashed("a", "one"), crashed("a", "two"),
                                                      crashed("a", "two")}),
                  {});
  CHECK(text.find("  1 scenario fails: the client crashes\n") != std::string::npos);
}

TEST_CASE("causes: nothing where nothing failed") {
  CHECK(causes_text(groups_by_cause(std::vector<Result>{passing(), unsupported()}), {}).empty());
}
