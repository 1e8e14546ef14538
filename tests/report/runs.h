// Runs to report on: one for each kind of outcome.
#pragma once

#include <catch2/catch.hpp>
#include <string>

#include "report/report.h"
#include "scenario/loader.h"

namespace halfopen::report {

using namespace trace;

inline constexpr const char* reset_then_refused =
    R"(about = "The server resets, refuses once, and is back."
[[attempt]]
steps = [
  { send = "welcome" },
  { expect = "hello", within = "2s" },
  { drop = "reset" },
]
[[attempt]]
port = "closed"
[expect]
attempts = 3
gaps = ["1s..2s", "1s..3s"]
)";

inline Trace trace_of(const std::string& client) {
  Trace trace;
  Header& header = trace.header;
  header.version = "0.1.0";
  header.scenario = "drops/reset";
  header.scenario_file = "scenarios/drops/reset.toml";
  header.scenario_text = reset_then_refused;
  header.client = client;
  header.seed = 42;
  header.link = "packet";
  header.link_why = "asked for";
  header.machine = "root, tun";
  header.started = "2024-01-02T03:04:05Z";
  return trace;
}

class Story {
 public:
  explicit Story(Trace& trace) : trace_(trace) {}
  Story& at(int ms, Body body, int attempt = 0, int line = 0) {
    trace_.events.push_back({std::chrono::milliseconds(ms), attempt, line, std::move(body)});
    return *this;
  }

 private:
  Trace& trace_;
};

// The first connection: welcome, hello, RST.
inline void first_attempt(Story& story) {
  story.at(0, ClientStarted{{"reference", "ws://server.test/"}})
      .at(5, AttemptBegins{"192.0.2.10:41234", Port::open}, 1)
      .at(5, Packet{Control::syn, Side::client, Fate::lost, 1}, 1)
      .at(1005, Packet{Control::syn, Side::client, Fate::passed, 2}, 1)
      .at(1006, Accepted{}, 1)
      .at(1007, Request{"GET", "/", {{"Sec-WebSocket-Key", "a"}}}, 1)
      .at(1007, Answer{}, 1)
      .at(1007, Opened{}, 1)
      .at(1008, StepBegins{0, "send \"welcome\""}, 1, 4)
      .at(1008, Frame{Side::server, Opcode::text, 7, true, false, 0, "welcome"}, 1)
      .at(1008, StepPassed{0}, 1, 4)
      .at(1008, StepBegins{1, "expect \"hello\" within 2s"}, 1, 5)
      .at(1009, ClientEvent{Report::open, "", "", 0, false, "{}"}, 1)
      .at(1009, Frame{Side::client, Opcode::text, 5, true, true, 0, "hello"}, 1)
      .at(1009, StepPassed{1}, 1, 5)
      .at(1009, FaultStruck{Layer::drop, "reset", "cuts the connection with RST"}, 1, 6)
      .at(1010, EndVisible{End::reset, 0}, 1)
      .at(1010, AttemptOver{}, 1)
      .at(1011, ClientEvent{Report::close, "", "", 1006, false, "{}"}, 1);
}

inline Result judged(Trace trace) {
  auto loaded = scenario::load_scenario(trace.header.scenario_text, trace.header.scenario_file);
  REQUIRE(loaded.value);
  return make_result(*loaded.value, std::move(trace));
}

inline Result passing() {
  Trace trace = trace_of("reference");
  Story story(trace);
  first_attempt(story);
  story.at(2510, AttemptBegins{"192.0.2.10:41236", Port::closed}, 2)
      .at(2511, EndVisible{End::reset, 0}, 2)
      .at(2511, AttemptOver{}, 2)
      .at(4700, AttemptBegins{"192.0.2.10:41238", Port::open}, 3)
      .at(4701, Accepted{}, 3)
      .at(4702, Request{"GET", "/", {{"Sec-WebSocket-Key", "b"}}}, 3)
      .at(4702, Answer{}, 3)
      .at(4702, Opened{}, 3);
  for (int i = 0; i < 3; ++i) {
    story.at(4710 + i, Frame{Side::client, Opcode::text, 100, true, true, 0, "x"}, 3);
  }
  story.at(5702, Over{Ended::settled});
  return judged(std::move(trace));
}

// Its second gap is too long.
inline Result failing() {
  Trace trace = trace_of("slow");
  Story story(trace);
  first_attempt(story);
  story.at(2510, AttemptBegins{"192.0.2.10:41236", Port::closed}, 2)
      .at(2511, EndVisible{End::reset, 0}, 2)
      .at(2511, AttemptOver{}, 2)
      .at(7500, AttemptBegins{"192.0.2.10:41238", Port::open}, 3)
      .at(7501, Opened{}, 3)
      .at(8501, Over{Ended::settled});
  return judged(std::move(trace));
}

inline Result late() {
  Result result = failing();
  Trace trace = result.trace;
  trace.header.client = "starved";
  trace.events.insert(trace.events.end() - 1,
                      Event{std::chrono::seconds(8), 0, 0, Lag{std::chrono::milliseconds(2500)}});
  return judged(std::move(trace));
}

// It was interrupted before anything that was asked for was seen.
inline Result undecided() {
  Trace trace = trace_of("starved");
  Story(trace)
      .at(0, ClientStarted{{"reference", "ws://server.test/"}})
      .at(20, Over{Ended::interrupted});
  return judged(std::move(trace));
}

inline Result unsupported() {
  Trace trace = trace_of("article");
  Story(trace)
      .at(0, Unsupported{"the stream link cannot close a port", "use --link packet"})
      .at(0, Over{Ended::unsupported});
  return judged(std::move(trace));
}

inline Result broken() {
  Trace trace = trace_of("no client");
  Story(trace)
      .at(0, Broken{"start `nothing`: No such file or directory"})
      .at(0, Over{Ended::broken});
  return judged(std::move(trace));
}

inline std::vector<Result> one_of_each() {
  return {passing(), failing(), late(), unsupported(), broken()};
}

}  // namespace halfopen::report
