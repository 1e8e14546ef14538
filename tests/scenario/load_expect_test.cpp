// What the loader makes of expectations.
#include "loaded.h"

using namespace halfopen;
using namespace halfopen::scenario;
using namespace std::chrono_literals;

TEST_CASE("expectations, each with its place") {
  const Expect expect = load("", R"(attempts = "3..5"
gaps = ["..5s", "1s.."]
growing = true
within = "1m"
settle = "2s"
opens = 1
closes_with = { code = [1002, 1007], attempt = 2 }
client = { close = { code = 1006, clean = false }, open = { count = "1..2" }, message = false, error = { text = "x+" }, exit = 0, output = "y" }
waive = ["no-hot-loop"])")
                            .expect;
  CHECK(expect.attempts->value == CountRange{3, 5});
  CHECK(expect.attempts->place == Place{4, 12});
  REQUIRE(expect.gaps.size() == 2);
  CHECK(expect.gaps[0].value == DurationRange{0s, 5s});
  CHECK(expect.gaps[1].value == DurationRange{1s, forever});
  CHECK(expect.growing->value);
  CHECK(expect.within.value == 1min);
  CHECK(expect.settle == 2s);
  CHECK(expect.opens->value == CountRange{1, 1});
  CHECK(expect.closes_with->value.codes == std::vector{1002, 1007});
  CHECK(expect.closes_with->value.attempt == 2);
  REQUIRE(expect.client_events.size() == 4);
  CHECK(expect.client_events[0].code == 1006);
  CHECK(expect.client_events[0].clean == false);
  CHECK(expect.client_events[1].count == CountRange{1, 2});
  CHECK(expect.client_events[2].count == CountRange{0, 0});
  CHECK(expect.client_events[3].text == "x+");
  CHECK(expect.exit_code->value == 0);
  CHECK(expect.output->value == "y");
  CHECK(expect.waive.at(0).value == "no-hot-loop");
}

TEST_CASE("a short run settles within itself") {
  CHECK(load("", "attempts = 1\nwithin = \"2s\"").expect.settle == 1s);
}

TEST_CASE("several conditions of one event, each with its attempt and time") {
  const Expect expect =
      load(
          "",
          R"(client = { close = [{ code = 1006, count = 2 }, { code = 1000, count = 0 }], error = { text = "offline", by = "5s", attempt = 2 } })")
          .expect;
  REQUIRE(expect.client_events.size() == 3);
  CHECK(expect.client_events[0].code == 1006);
  CHECK(expect.client_events[1].code == 1000);
  CHECK(expect.client_events[1].count == CountRange{0, 0});
  CHECK(expect.client_events[1].place > expect.client_events[0].place);
  CHECK(expect.client_events[2].by == 5s);
  CHECK(expect.client_events[2].attempt == 2);
  CHECK_FALSE(expect.client_events[0].by);
}

TEST_CASE("what the client is to send") {
  const Expect expect =
      load(
          "",
          R"(messages = [{ regex = "heartbeat", attempt = 4, count = "..8" }, { text = "sub" }, { hex = "00" }])")
          .expect;
  REQUIRE(expect.messages.size() == 3);
  CHECK(std::get<RegexMatch>(expect.messages[0].match).pattern == "heartbeat");
  CHECK(expect.messages[0].attempt == 4);
  CHECK(expect.messages[0].count == CountRange{0, 8});
  CHECK(std::get<TextMatch>(expect.messages[1].match).text == "sub");
  CHECK(expect.messages[1].count == CountRange{1, no_limit});
  CHECK_FALSE(expect.messages[1].attempt);
  CHECK(load("", "messages = { any = true, count = 0 }").expect.messages.size() == 1);
}

TEST_CASE("a curve of gaps, and how long it takes to recover") {
  const auto curve = [](const std::string& text) {
    return load("", "curve = " + text).expect.curve.value().value;
  };
  const Curve full = curve(R"({ base = "500ms", factor = 1.5, cap = "30s", jitter = "full" })");
  CHECK(full.base == 500ms);
  CHECK(full.factor == 1.5);
  CHECK(full.cap == 30s);
  CHECK(full.jitter == Curve::Jitter::full);
  const Curve plain = curve(R"({ base = "1s" })");
  CHECK(plain.factor == 2);
  CHECK(plain.cap == forever);
  CHECK(plain.jitter == Curve::Jitter::none);
  CHECK(curve(R"({ base = "1s", jitter = "equal" })").jitter == Curve::Jitter::equal);
  CHECK(curve(R"({ base = "1s", jitter = "decorrelated" })").jitter == Curve::Jitter::decorrelated);
  CHECK(curve(R"({ base = "1s", jitter = "decorrelated" })").factor == 3);
  CHECK(curve(R"({ base = "1s", factor = 2, jitter = "decorrelated" })").factor == 2);
  CHECK(curve(R"({ base = "1s", jitter = "full" })").factor == 2);
  CHECK(curve(R"({ base = "1s", jitter = "20%" })").jitter == Curve::Jitter::share);
  CHECK(curve(R"({ base = "1s", jitter = "20%" })").share == 0.2);
  CHECK(load("", "recovers = \"..10s\"").expect.recovers->value == DurationRange{0s, 10s});
}

TEST_CASE("one range of gaps holds for every gap") {
  const Expect expect = load("", "gaps = \"1s..3s\"").expect;
  CHECK(expect.gaps.empty());
  CHECK(expect.every_gap->value == DurationRange{1s, 3s});
}
