// Dates as HTTP and traces write them.
#include "base/calendar.h"

#include <catch2/catch.hpp>

using namespace halfopen;

TEST_CASE("the example date of RFC 9110, section 5.6.7, both ways") {
  CHECK(http_date(784111777) == "Sun, 06 Nov 1994 08:49:37 GMT");
  CHECK(parse_http_date("Sun, 06 Nov 1994 08:49:37 GMT") == 784111777);
}

TEST_CASE("leap days, the ends of years and the beginning of time") {
  CHECK(http_date(0) == "Thu, 01 Jan 1970 00:00:00 GMT");
  CHECK(http_date(951782399) == "Mon, 28 Feb 2000 23:59:59 GMT");
  CHECK(http_date(951782400) == "Tue, 29 Feb 2000 00:00:00 GMT");
  for (const std::int64_t time : {0LL, 951782400LL, 1798761599LL, 4102444800LL})
    CHECK(parse_http_date(http_date(time)) == time);
}

TEST_CASE("what is no date is none") {
  for (const char* text : {"", "120", "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nox 1994 08:49:37 GMT",
                           "Sun, 31 Feb 1994 08:49:37 GMT", "Sun, 06 Nov 1994 24:49:37 GMT",
                           "Sunday, 06-Nov-94 08:49:37 GMT", "Sun, -6 Nov 1994 08:49:37 GMT"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_http_date(text));
  }
}

TEST_CASE("the timestamp of a trace") {
  CHECK(timestamp(784111777) == "1994-11-06T08:49:37Z");
  CHECK(parse_timestamp("1994-11-06T08:49:37Z") == 784111777);
  CHECK(exact_timestamp(std::chrono::microseconds(784111777'000025)) ==
        "1994-11-06T08:49:37.000025Z");
  CHECK(parse_timestamp("1994-11-06T08:49:37.999999Z") == 784111777);
  CHECK_FALSE(parse_timestamp("1994-11-06T08:49:37.9Z"));
  CHECK_FALSE(parse_timestamp("1994-11-06 08:49:37"));
  CHECK_FALSE(parse_timestamp("1994-13-06T08:49:37Z"));
  CHECK_FALSE(parse_timestamp(""));
}
