// Both forms of Retry-After (RFC 9110, section 10.2.3).
#include "ws/retry_after.h"

#include <catch2/catch.hpp>

using namespace halfopen;
using namespace halfopen::ws;
using namespace std::chrono_literals;

TEST_CASE("a number of seconds") {
  CHECK(parse_retry_after("120", 5) == Duration(120s));
  CHECK(parse_retry_after(" 0 ", 5) == Duration(0s));
}

TEST_CASE("a date, counted from now; one that is past is no wait") {
  CHECK(parse_retry_after("Sun, 06 Nov 1994 08:49:37 GMT", 784111770) == Duration(7s));
  CHECK(parse_retry_after("Sun, 06 Nov 1994 08:49:37 GMT", 784111780) == Duration(0s));
}

TEST_CASE("a very long time is a year") {
  CHECK(parse_retry_after("99999999999999999999999", 0) == Duration(366 * 24h));
  CHECK(parse_retry_after("Fri, 31 Dec 9999 23:59:59 GMT", 0) == Duration(366 * 24h));
}

TEST_CASE("anything else says nothing") {
  for (const char* text : {"", "-1", "1.5", "soon", "12 s"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_retry_after(text, 0));
  }
}
