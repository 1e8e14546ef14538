// One client of several: whose its events are.
#include "run/subject.h"

#include "play.h"
#include "trace/codec.h"

using namespace halfopen;
using namespace halfopen::run;

TEST_CASE("every event of a client's attempts, and what it prints, carries the client's number") {
  const scenario::Scenario scenario;
  trace::Recorder recorder({}, Time{});
  FakeOutside outside;
  Context context{.scenario = scenario, .recorder = recorder, .outside = outside};
  context.client_reports = true;
  Host host(scenario.server, {});
  Subject subject(context, host, 2);

  const Begun begun = subject.begin_attempt(Time{}, "192.0.2.11:41000", {});
  subject.accepted(Time{}, begun.attempt);
  subject.received(Time{}, begun.attempt, as_bytes(std::string_view(upgrade)));
  subject.reported(Time{}, *subject.printed(Time{}, trace::Stream::out, R"({"event":"open"})"));
  (void)subject.printed(Time{}, trace::Stream::err, "a warning");
  subject.exited(Time{}, {});
  for (const trace::Event& event : recorder.trace().events) {
    INFO(trace::to_line(event));
    CHECK(event.client == 2);
  }
  CHECK(recorder.trace().events.size() >= 8);
}

TEST_CASE("what is about no client carries no number") {
  trace::Recorder recorder({}, Time{});
  recorder.belongs(1, 2);
  recorder.add(Time{}, trace::Lag{});
  recorder.add(Time{}, trace::Accepted{}, 1);
  recorder.add(Time{}, trace::Accepted{}, 3);
  CHECK(recorder.trace().events[0].client == 0);
  CHECK(recorder.trace().events[1].client == 2);
  CHECK(recorder.trace().events[2].client == 0);
}
