// The recorder: what it keeps, and that it stays bounded.
#include <algorithm>
#include <catch2/catch.hpp>

#include "trace/codec.h"
#include "trace/recorder.h"

using namespace halfopen;
using namespace halfopen::trace;
using namespace std::chrono_literals;

TEST_CASE("times are counted from the start, in whole microseconds") {
  const Time start{5s};
  Recorder recorder(Header{}, start);
  recorder.add(start + 1500ns, Opened{}, 1, 7);
  REQUIRE(recorder.trace().events.size() == 1);
  CHECK(to_line(recorder.trace().events[0]) == R"({"at":1,"attempt":1,"line":7,"event":"opened"})");
}

namespace {

void flood(Recorder& recorder, const Body& body, std::size_t times) {
  for (std::size_t i = 0; i < times; ++i) recorder.add(recorder.start(), body, 1);
}

/// The lines of the events from the end, without those of that kind.
std::vector<std::string> others(const Recorder& recorder, Noise kind) {
  std::vector<std::string> lines;
  for (const Event& event : recorder.trace().events)
    if (noise_in(event.body) != kind) lines.push_back(to_line(event));
  return lines;
}

}  // namespace

TEST_CASE("what a client floods with is counted, is its failure, and crowds nothing out") {
  Recorder recorder(Header{}, {});
  flood(recorder, ClientEvent{Report::message, "", "", 0, false, "{}"}, 240'000);
  flood(recorder, Frame{}, 10);
  recorder.add({}, AttemptBegins{"peer"}, 2);
  recorder.add({}, Violation{"masked-frames", "an unmasked frame"}, 2);
  recorder.add({}, Over{Ended::time});
  CHECK(recorder.omitted(Noise::reports) == 140'000);
  const auto& events = recorder.trace().events;
  CHECK(std::ranges::count_if(events, [](const Event& event) {
          return std::holds_alternative<Frame>(event.body);
        }) == 10);
  const auto lines = others(recorder, Noise::reports);
  CHECK(lines.front() == R"({"at":0,"event":"violation","rule":"no-flood",)"
                         R"("text":"more than 100000 reports, or 32 MiB of them, in one run"})");
  CHECK(
      std::vector(lines.end() - 4, lines.end()) ==
      std::vector<std::string>{R"({"at":0,"attempt":2,"event":"attempt-begins","peer":"peer"})",
                               R"({"at":0,"attempt":2,"event":"violation","rule":"masked-frames",)"
                               R"("text":"an unmasked frame"})",
                               R"({"at":0,"event":"events-omitted","count":140000})",
                               R"({"at":0,"event":"over","why":"time"})"});
}

TEST_CASE("fat events use their budget up sooner") {
  Recorder recorder(Header{}, {});
  flood(recorder, ClientLog{Stream::err, std::string(16'000, 'x')}, 2'000);
  CHECK(recorder.omitted(Noise::logs) > 900);
  CHECK(recorder.omitted(Noise::logs) < 1'000);
  flood(recorder, ClientLog{Stream::err, ""}, 1);
  CHECK(recorder.omitted(Noise::logs) > 900);  // no holes: what came behind it is not kept either
}

TEST_CASE("requests are kept, but not all that thousands of them say") {
  Recorder recorder(Header{}, {});
  flood(recorder, Request{"GET", "/", {{"X-Filler", std::string(60'000, 'x')}}}, 1'000);
  recorder.add({}, Over{Ended::time});
  const auto& events = recorder.trace().events;
  std::size_t bytes = 0;
  std::size_t requests = 0;
  for (const Event& event : events) {
    bytes += text_in(event.body);
    requests += std::holds_alternative<Request>(event.body) ? 1 : 0;
  }
  CHECK(requests == 1'000);
  CHECK(bytes < std::size_t{17} * 1024 * 1024);
  CHECK(recorder.omitted(Noise::headers) > 700);
  CHECK(to_line(events[events.size() - 2]).find(R"("kind":"headers")") != std::string::npos);
}

TEST_CASE("what is lost without the client's doing makes the trace unreliable, not the client") {
  Recorder recorder(Header{}, {});
  flood(recorder, DataLost{}, 100'007);
  recorder.add({}, Over{Ended::time});
  const auto lines = others(recorder, Noise::data_lost);
  CHECK(
      lines ==
      std::vector<std::string>{
          R"({"at":0,"event":"events-omitted","kind":"data-lost","count":7})",
          R"({"at":0,"event":"unreliable","why":"7 events were too many to keep","events_missing":true})",
          R"({"at":0,"event":"over","why":"time"})"});
}

TEST_CASE("past the limit only the end of the run is kept, and the loss is said") {
  Recorder recorder(Header{}, {});
  flood(recorder, Opened{}, Recorder::limit + 5);
  recorder.add({}, LinkSummary{});
  recorder.add({}, Over{Ended::time});
  const auto& events = recorder.trace().events;
  REQUIRE(events.size() == Recorder::limit + 3);
  CHECK(
      to_line(events[Recorder::limit + 1]) ==
      R"({"at":0,"event":"unreliable","why":"5 events were too many to keep","events_missing":true})");
  CHECK(std::get<Over>(events.back().body).why == Ended::time);
}
