// What a client prints: which lines are its reports, and which are its log.
#include "play.h"
#include "trace/codec.h"

using namespace halfopen;
using namespace halfopen::run;

namespace {

/// The names of what the lines of a client come to, in order.
Lines heard_of(bool reports, bool is_bare, const Lines& lines,
               trace::Stream stream = trace::Stream::out) {
  const scenario::Scenario scenario;
  trace::Recorder recorder({}, Time{});
  FakeOutside outside;
  Context context{.scenario = scenario, .recorder = recorder, .outside = outside};
  context.client_reports = reports;
  context.client_is_bare = is_bare;
  World world(context, {}, Time{});
  for (const std::string& line : lines) world.client_printed(Time{}, stream, line);
  Lines names;
  for (const trace::Event& event : recorder.trace().events)
    names.emplace_back(trace::name_of(event.body));
  return names;
}

const std::string error = R"({"event":"error"})";
const std::string opened = R"({"event":"open"})";

}  // namespace

TEST_CASE("a client that says so reports by JSON lines, and all else is its log") {
  CHECK(heard_of(true, false, {error, "hello", R"({"level":"info"})"}) ==
        Lines{"client-event", "client-log", "client-log"});
}

TEST_CASE("white space before a report makes no log of it") {
  CHECK(heard_of(true, false, {" \t" + error, "  hello", " "}) ==
        Lines{"client-event", "client-log", "client-log"});
}

TEST_CASE("what a client that does not report prints is its log") {
  CHECK(heard_of(false, false, {opened, error}) == Lines{"client-log", "client-log"});
}

TEST_CASE("a bare command reports once it has printed an open, and what it said before counts") {
  CHECK(heard_of(false, true, {error, "hello", opened, error}) ==
        Lines{"client-event", "client-log", "client-event", "client-event"});
  CHECK(heard_of(false, true, {error, "hello"}) == Lines{"client-log", "client-log"});
  CHECK(heard_of(false, false, {error, opened}) == Lines{"client-log", "client-log"});
}

TEST_CASE("a bare command of which it is said that it tells when it gives up reports at once") {
  const scenario::Scenario scenario;
  trace::Recorder recorder({}, Time{});
  FakeOutside outside;
  Context context{.scenario = scenario, .recorder = recorder, .outside = outside};
  context.client_is_bare = true;
  context.client_says_gave_up = true;
  World world(context, {}, Time{});
  world.client_printed(Time{}, trace::Stream::out, R"({"event":"gave-up"})");
  CHECK(trace::name_of(recorder.trace().events.at(0).body) == "client-event");
}

TEST_CASE("nothing is reported on the standard error") {
  CHECK(heard_of(true, false, {opened}, trace::Stream::err) == Lines{"client-log"});
}
