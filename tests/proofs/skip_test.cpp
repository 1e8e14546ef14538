// A proof that was left out is none: what support/skip.h does where skips are forbidden.
#include "support/skip.h"

#include <catch2/catch.hpp>
#include <cstdlib>

using halfopen::tests::skip;

TEST_CASE("where skips are forbidden, one fails its test", "[!shouldfail]") {
  ::setenv("HALFOPEN_FORBID_SKIPS", "1", 1);
  skip("a test of skipping");
}

TEST_CASE("elsewhere a skip is told, and the test goes on") {
  ::setenv("HALFOPEN_FORBID_SKIPS", "0", 1);
  CHECK_NOTHROW(skip("a test of skipping"));
}
