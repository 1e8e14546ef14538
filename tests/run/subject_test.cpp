// Whose an event is: a client's by its number, or nobody's.
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
  subject.name_asked(Time{}, "192.0.2.11:41001", dns::Transport::udp, {});
  subject.exited(Time{}, {});
  for (const trace::Event& event : recorder.trace().events) {
    INFO(trace::to_line(event));
    CHECK(event.client == 2);
  }
  CHECK(recorder.trace().events.size() >= 9);
}

TEST_CASE("the only client of a run is number 1, and its world is nobody's") {
  Play play(
      "[[at]]\ntime = \"1s\"\nlink = { state = \"down\" }\n"
      "[expect]\nopens = \"0..\"\nwithin = \"10s\"\n",
      true);
  play.open();
  play.reports("open");
  play.late(30ms);
  play.until(2s);
  play.exits();
  for (const trace::Event& event : play.recorder.trace().events) {
    INFO(trace::to_line(event));
    const bool of_the_world = std::holds_alternative<trace::LinkChanged>(event.body) ||
                              std::holds_alternative<trace::Lag>(event.body);
    CHECK(event.client == (of_the_world ? 0 : 1));
  }
  CHECK(play.trace({"link-changed", "lag", "client-event", "client-exited"}).size() == 4);
}

TEST_CASE("a client's flood is its own, attempt or not") {
  trace::Recorder recorder({}, Time{});
  recorder.belongs(1, 2);
  const std::string fat(17 * 1024 * 1024, 'x');
  recorder.leave_out(Time{}, trace::Noise::attempts, 3);
  recorder.add(Time{}, trace::ClientLog{trace::Stream::err, fat}, 0, 0, 4);
  recorder.add(Time{}, trace::Request{"GET", "/", {{"X", fat}}}, 1);
  std::vector<int> clients;
  for (const trace::Event& event : recorder.trace().events)
    if (std::holds_alternative<trace::Violation>(event.body)) clients.push_back(event.client);
  CHECK(clients == std::vector{3, 4, 2});
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
