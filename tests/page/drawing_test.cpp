// What is drawn of a run.
#include "page/drawing.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "report/runs.h"

using namespace halfopen;
using namespace halfopen::page;
using namespace halfopen::report;

namespace {

nlohmann::json drawn(const Result& result, const Detail& detail = {}) {
  return nlohmann::json::parse(draw(result, detail));
}

bool is_told(const nlohmann::json& drawing, const std::string& text) {
  return std::ranges::any_of(drawing["lines"], [&](const nlohmann::json& line) {
    return line[4].get<std::string>().find(text) != std::string::npos;
  });
}

/// One connection that says so many different things.
Result talkative(int messages) {
  trace::Trace trace = trace_of("talkative");
  Story story(trace);
  first_attempt(story);
  for (int i = 0; i < messages; ++i)
    story.at(1100 + i, Frame{Side::client, Opcode::text, 5, true, true, 0, std::to_string(i)}, 1);
  story.at(9000, FaultStruck{Layer::drop, "fin", "at last"}, 1, 6).at(9001, Over{Ended::settled});
  return judged(std::move(trace));
}

}  // namespace

TEST_CASE("an attempt is drawn layer by layer, to scale") {
  const auto drawing = drawn(passing());
  CHECK(drawing["end"] == 5'702'000);
  REQUIRE(drawing["attempts"].size() == 3);
  const auto& first = drawing["attempts"][0];
  CHECK(first["n"] == 1);
  CHECK(first["opened"] == 1'007'000);
  CHECK(first["faults"] == nlohmann::json{"reset"});
  const nlohmann::json parts = {
      {"TCP", 5000, 1'006'000}, {"HTTP", 1'006'000, 1'007'000}, {"open", 1'007'000, 1'010'000}};
  CHECK(first["parts"] == parts);
  const nlohmann::json refused = {{"waiting", 2'510'000, 2'511'000}};
  CHECK(drawing["attempts"][1]["parts"] == refused);
}

TEST_CASE("a gap is drawn beside what was asked for") {
  const auto gaps = drawn(failing())["gaps"];
  REQUIRE(gaps.size() == 2);
  CHECK(gaps[0]["length"] == 1'500'000);
  CHECK(gaps[0]["lowest"] == 1'000'000);
  CHECK(gaps[0]["highest"] == 2'000'000);
  CHECK(gaps[0]["broken"] == false);
  CHECK(gaps[1]["broken"] == true);
}

TEST_CASE("a line has its moment, its attempt, its lane and the scenario's line") {
  const auto lines = drawn(passing())["lines"];
  const auto fault =
      std::ranges::find_if(lines, [](const auto& line) { return line[2] == "fault"; });
  REQUIRE(fault != lines.end());
  CHECK((*fault)[0] == 1'009'000);
  CHECK((*fault)[1] == 1);
  CHECK((*fault)[5] == 6);
}

TEST_CASE("a frame tells its fields and its bytes when it is asked") {
  const nlohmann::json lines = drawn(passing())["lines"];
  const auto welcome = std::ranges::find_if(
      lines, [](const auto& line) { return line[4] == "server → text \"welcome\""; });
  REQUIRE(welcome != lines.end());
  const nlohmann::json told = {
      {"of", "server"},    {"op", "text"},           {"number", 1}, {"fin", true}, {"length", 7},
      {"text", "welcome"}, {"hex", "77656c636f6d65"}};
  CHECK((*welcome)[6] == told);
}

TEST_CASE("a request tells its headers, and a long line all that was kept of it") {
  trace::Trace trace = trace_of("told");
  Story story(trace);
  first_attempt(story);
  story.at(1010, Request{"GET", "/", {{"Host", "server.test"}, {"X", "\u202e<b>"}}}, 1)
      .at(1020, ClientLog{Stream::err, std::string(500, 'x')})
      .at(9001, Over{Ended::settled});
  const nlohmann::json lines = drawn(judged(std::move(trace)))["lines"];
  const auto of = [&](const std::string& text) {
    const auto found = std::ranges::find_if(lines, [&](const auto& line) {
      return line[0] >= 1'010'000 && line[4].template get<std::string>().starts_with(text);
    });
    REQUIRE(found != lines.end());
    return (*found)[6];
  };
  const auto headers = nlohmann::json::array({{"Host", "server.test"}, {"X", "\\u202e<b>"}});
  CHECK(of("GET /")["headers"] == headers);
  CHECK(of("stderr: ")["text"] == std::string(500, 'x'));
}

TEST_CASE("of what lines tell when they are asked there is only so much, and the page says so") {
  const auto whole = drawn(talkative(100));
  CHECK(whole["lines_mute"] == 0);
  const auto less = drawn(talkative(100), {.lines = 2000, .attempts = 300, .asked = 1000});
  CHECK(less["lines"].size() == whole["lines"].size());
  CHECK(less["lines_mute"] > 50);
  CHECK(less.dump().size() < whole.dump().size() - 5000);
}

TEST_CASE("a long trace is thinned out in the middle, and says so") {
  const auto whole = drawn(talkative(500));
  CHECK(whole["lines_left_out"] == 0);
  CHECK(is_told(whole, "\"250\""));
  const auto thin = drawn(talkative(500), {.lines = 90, .attempts = 10, .asked = 1000});
  CHECK(thin["lines"].size() == 90);
  CHECK(thin["lines_left_out"] == whole["lines"].size() - 90);
  CHECK(is_told(thin, "fault reset"));
  CHECK(is_told(thin, "fault fin"));
  CHECK_FALSE(is_told(thin, "\"250\""));
}

TEST_CASE("of many attempts the first and the last are drawn") {
  trace::Trace trace = trace_of("restless");
  Story story(trace);
  for (int n = 1; n <= 100; ++n)
    story.at(n * 10, AttemptBegins{"192.0.2.10:1", Port::closed}, n)
        .at(n * 10 + 1, EndVisible{End::reset, 0}, n);
  story.at(2000, Over{Ended::time});
  const auto drawing =
      drawn(judged(std::move(trace)), {.lines = 100, .attempts = 12, .asked = 1000});
  CHECK(drawing["attempts_in_all"] == 100);
  REQUIRE(drawing["attempts"].size() == 12);
  CHECK(drawing["attempts"][0]["n"] == 1);
  CHECK(drawing["attempts"][7]["n"] == 8);
  CHECK(drawing["attempts"][8]["n"] == 97);
}

TEST_CASE("five hundred runs leave each its share of one page") {
  const Detail alone = detail_for(1);
  const Detail many = detail_for(500);
  CHECK(alone.lines >= 1000);
  CHECK(500 * (many.lines * 140 + many.asked) < 15'000'000);
}
