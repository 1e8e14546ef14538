// Results beside what a client is known to do.
#include "report/deviations.h"

#include "runs.h"

using namespace halfopen;
using namespace halfopen::report;

namespace {

using Lines = std::vector<std::string>;

Lines deviating(const Result& result, const std::string& verdict = "") {
  KnownByClient known;
  if (!verdict.empty())
    known[result.trace.header.client]["drops/reset"] = {verdict, "waits too long", {3, 1}};
  return deviations({result}, known);
}

}  // namespace

TEST_CASE("what is not named is expected to pass") {
  CHECK(deviating(passing()).empty());
  CHECK(
      deviating(failing()) ==
      Lines{"drops/reset slow: expected pass, but it failed: gaps[2] (line 12): expected 1s..3s, "
            "seen gap 2 was 4.99 s (attempt 2 ended at 2.51 s by RST, attempt 3 began at 7.50 s)"});
  CHECK(deviating(broken()).size() == 1);
}

TEST_CASE("a known failure is expected, and its mending is a change, too") {
  CHECK(deviating(failing(), "fail").empty());
  CHECK(deviating(passing(), "fail") ==
        Lines{"drops/reset reference: expected fail (waits too long, line 3), but it passed"});
}

TEST_CASE("a known failure may show itself with one seed of several") {
  KnownByClient known;
  known["ours"]["drops/reset"] = {"fail", "waits too long", {3, 1}};
  Result passes = passing();
  Result fails = failing();
  passes.trace.header.client = fails.trace.header.client = "ours";
  CHECK(deviations({passes, fails}, known).empty());
  CHECK(deviations({passes, passes}, known).size() == 2);
}

TEST_CASE("what could not be decided deviates from nothing") {
  for (const std::string verdict : {"", "fail", "unsupported"}) {
    CHECK(deviating(late(), verdict).empty());
    CHECK(deviating(unsupported(), verdict).empty());
  }
  CHECK(deviating(passing(), "unsupported").size() == 1);
}
