// How people write quantities.
#include "base/units.h"

#include <catch2/catch.hpp>
#include <string>

using namespace halfopen;
using namespace std::chrono_literals;

TEST_CASE("durations have a number and a unit, or several") {
  CHECK(parse_duration("250ms").value == 250ms);
  CHECK(parse_duration("2s").value == 2s);
  CHECK(parse_duration("1m30s").value == 90s);
  CHECK(parse_duration("1.5s").value == 1500ms);
  CHECK(parse_duration("40us").value == 40us);
  CHECK(parse_duration("2h").value == 2h);
  CHECK(parse_duration("0").value == 0s);
  CHECK(parse_duration("0s").value == 0s);
}

TEST_CASE("what is no duration says how to write one") {
  const std::string remedy =
      " is not a duration: write a number with its unit (us, ms, s, m or h), like \"250ms\" or "
      "\"1m30s\"";
  for (const std::string text : {"", "5", "s", "5 s", "-5s", "5sec", "1e3s", "5s3", ".5s", "nan"})
    CHECK(parse_duration(text).problem == "`" + text + "`" + remedy);
  CHECK(parse_duration("9000h").problem ==
        "`9000h` is not a sensible duration: the limit is one year");
  CHECK_FALSE(parse_duration(std::string(400, '9') + "s"));
}

TEST_CASE("ranges may be open at either end") {
  CHECK(parse_duration_range("1s..3s").value == DurationRange{1s, 3s});
  CHECK(parse_duration_range("..10s").value == DurationRange{0s, 10s});
  CHECK(parse_duration_range("3s..").value == DurationRange{3s, forever});
  CHECK(parse_duration_range("2s").value == DurationRange{2s, 2s});
  CHECK(parse_count_range("3..5").value == CountRange{3, 5});
  CHECK(parse_count_range("..5").value == CountRange{0, 5});
  CHECK(parse_count_range("3..").value == CountRange{3, no_limit});
  CHECK(parse_count_range("4").value == CountRange{4, 4});
}

TEST_CASE("ranges that hold nothing, or say nothing, are problems") {
  CHECK(parse_duration_range("3s..1s").problem ==
        "the range `3s..1s` is empty: its lower end comes after its upper end");
  CHECK(parse_count_range("..").problem == "`..` is not a range: give at least one end");
  CHECK_FALSE(parse_count_range("-1"));
  CHECK_FALSE(parse_count_range("1.5"));
  CHECK_FALSE(parse_count_range("99999999999"));
  CHECK_FALSE(parse_count_range("1...2"));
}

TEST_CASE("shares, rates and sizes") {
  CHECK(parse_share("3%").value == Approx(0.03));
  CHECK(parse_share("100%").value == 1);
  CHECK_FALSE(parse_share("101%"));
  CHECK_FALSE(parse_share("3"));
  CHECK_FALSE(parse_share("-3%"));
  CHECK(parse_rate("2Mbit/s").value == 2e6);
  CHECK(parse_rate("56kbit/s").value == 56e3);
  CHECK(parse_rate("125KB/s").value == 1e6);
  CHECK_FALSE(parse_rate("0bit/s"));
  CHECK_FALSE(parse_rate("2Mbps"));
  CHECK(parse_size("64KiB").value == 65536);
  CHECK(parse_size("1500").value == 1500);
  CHECK(parse_size("1MB").value == 1000000);
  CHECK_FALSE(parse_size("64KB/s"));
  CHECK_FALSE(parse_size("9000000GiB"));
}

TEST_CASE("quantities are written in their shortest usual form") {
  CHECK(format(Duration(250ms)) == "250ms");
  CHECK(format(Duration(1500ms)) == "1.5s");
  CHECK(format(Duration(90s)) == "1m30s");
  CHECK(format(Duration(60s)) == "1m");
  CHECK(format(Duration(2h + 5min)) == "2h5m");
  CHECK(format(Duration(0s)) == "0s");
  CHECK(format(Duration(-2s)) == "-2s");
  CHECK(format(forever) == "forever");
  CHECK(format(DurationRange{0s, 10s}) == "..10s");
  CHECK(format(DurationRange{1s, forever}) == "1s..");
  CHECK(format(CountRange{3, 5}) == "3..5");
  CHECK(format(CountRange{3, no_limit}) == "3..");
  CHECK(format_share(0.005) == "0.5%");
  CHECK(format_rate(1.6e6) == "1.6Mbit/s");
  CHECK(format_size(65536) == "64KiB");
  CHECK(format_size(1500) == "1500B");
}

TEST_CASE("what was written is read back") {
  for (const std::string text :
       {"40us", "250ms", "1.5s", "59.999s", "1m30s", "1m", "2h", "2h5m", "1m0.5s"})
    CHECK(format(*parse_duration(text).value) == text);
  for (const Duration duration :
       {Duration(999600us), Duration(59999600us), Duration(3599999ms), Duration(999'600ns)}) {
    const auto again = parse_duration(format(duration));
    REQUIRE(again);
    CHECK(std::chrono::abs(*again.value - duration) <= 1ms);
  }
}
