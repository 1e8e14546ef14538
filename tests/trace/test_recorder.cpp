// The recorder: what it keeps, and that it stays bounded.
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

TEST_CASE("past the limit only the end of the run is kept, and the loss is said") {
  const Time start{};
  Recorder recorder(Header{}, start);
  for (std::size_t i = 0; i < Recorder::limit + 5; ++i) recorder.add(start, Frame{}, 1);
  recorder.add(start, LinkSummary{});
  recorder.add(start, Over{Ended::time});
  const auto& events = recorder.trace().events;
  CHECK(recorder.omitted() == 5);
  REQUIRE(events.size() == Recorder::limit + 3);
  CHECK(to_line(events[Recorder::limit + 1]) ==
        R"({"at":0,"event":"unreliable","why":"5 events were too many to keep"})");
  CHECK(std::get<Over>(events.back().body).why == Ended::time);
}
