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

TEST_CASE("what a client that does not report prints is its log") {
  CHECK(heard_of(false, false, {opened, error}) == Lines{"client-log", "client-log"});
}

TEST_CASE("a bare command reports once it has printed an open") {
  CHECK(heard_of(false, true, {error, opened, error}) ==
        Lines{"client-log", "client-event", "client-event"});
}

TEST_CASE("nothing is reported on the standard error") {
  CHECK(heard_of(true, false, {opened}, trace::Stream::err) == Lines{"client-log"});
}
