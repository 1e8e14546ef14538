// Attempts that never get as far as a SYN: their ends, and the gaps between them.
#include "judge/timeline.h"
#include "tale.h"

using namespace halfopen;
using namespace halfopen::judge;
using namespace std::chrono_literals;

namespace {

/// A look-up of attempt n, which the resolver answers (0: with an empty answer), or not at all.
Tale& looks_up(Tale& tale, double at, int n, std::optional<int> code) {
  tale.event(at, AttemptBegins{"192.0.2.10:5353", Port::open, true}, n);
  for (const char* type : {"A", "AAAA"}) {
    tale.event(at, NameAsked{"server.test", type, "udp", "", {}}, n);
    if (code)
      tale.event(at + 0.01, EndVisible{End::unresolved, *code}, n);
    else
      tale.event(at, EndVisible{End::silence, 0}, n);
    at += 0.1;
  }
  return tale;
}

}  // namespace

TEST_CASE("the gap after a look-up that failed is counted from its last answer") {
  Tale tale;
  looks_up(tale, 0, 1, 3);
  looks_up(tale, 2, 2, 3);
  const auto attempts = timeline(tale.trace());
  REQUIRE(attempts.size() == 2);
  CHECK(attempts[0].ended == 110ms);
  CHECK(attempts[0].gap_to_next == 1890ms);
  CHECK_FALSE(attempts[0].gap_at_most);
}

TEST_CASE("the gap after a silent resolver is counted from the client's own report") {
  Tale tale;
  looks_up(tale, 0, 1, std::nullopt);
  tale.says(2.0, "close", 1006);
  looks_up(tale, 2.5, 2, std::nullopt);
  const auto attempts = timeline(tale.trace());
  CHECK(attempts[0].gap_to_next == 500ms);
  CHECK_FALSE(attempts[0].gap_at_most);
}

TEST_CASE("without a report it is at most the time since the last query") {
  Tale tale;
  looks_up(tale, 0, 1, std::nullopt);
  looks_up(tale, 2.5, 2, std::nullopt);
  const auto attempts = timeline(tale.trace());
  CHECK(attempts[0].gap_to_next == 2400ms);
  CHECK(attempts[0].gap_at_most);
}

TEST_CASE("look-ups repeated at once are a hot loop") {
  Tale tale;
  for (int n = 1; n <= 5; ++n) looks_up(tale, n * 0.12, n, 2);
  CHECK_THAT(verdict_on("[expect]\nattempts = 5\n", tale.over(9)),
             Catch::Matchers::Contains("invariant no-hot-loop (0)"));
}

TEST_CASE("how a look-up failed is named") {
  for (const auto& [code, words] : {std::pair{3, "by NXDOMAIN"},
                                    {2, "by SERVFAIL"},
                                    {5, "by REFUSED"},
                                    {4, "by RCODE 4"},
                                    {0, "by a look-up without an address"}}) {
    Tale tale;
    looks_up(tale, 0, 1, code);
    looks_up(tale, 1, 2, code);
    CHECK_THAT(verdict_on("[expect]\ngaps = [\"5s..\"]\n", tale.over(9)),
               Catch::Matchers::Contains(words));
  }
}
