// Golden traces, told attempt by attempt. Times in seconds.
#pragma once

#include <catch2/catch.hpp>
#include <string>

#include "judge/judge.h"
#include "scenario/loader.h"
#include "trace/event.h"

namespace halfopen::judge {

using namespace trace;

class Tale {
 public:
  Tale& event(double at, Body body, int attempt = 0, int line = 0) {
    const auto us = std::chrono::microseconds(static_cast<long long>(at * 1e6 + 0.5));
    trace_.events.push_back({us, attempt, line, std::move(body)});
    return *this;
  }
  Tale& begins(double at, int n, Port port = Port::open) {
    return event(at, AttemptBegins{"192.0.2.10:4" + std::to_string(1000 + n), port}, n)
        .event(at, Packet{"syn", Side::client, Fate::passed, 1}, n);
  }
  Tale& accepted(double at, int n) { return event(at, Accepted{}, n); }
  Tale& requested(double at, int n, const std::string& key) {
    return event(at, Request{"GET", "/", {{"sec-websocket-key", key}}}, n);
  }
  Tale& opened(double at, int n) {
    return accepted(at, n)
        .requested(at, n, "key" + std::to_string(n))
        .event(at, Answer{}, n)
        .event(at, Opened{}, n);
  }
  Tale& refused(double at, int n, int status) {
    return accepted(at, n)
        .requested(at, n, "key" + std::to_string(n))
        .event(at, Answer{status, "status", false}, n)
        .event(at, EndVisible{End::refusal, status}, n);
  }
  Tale& ended(double at, int n, End how = End::reset, int code = 0) {
    return event(at, EndVisible{how, code}, n).event(at, AttemptOver{}, n);
  }
  Tale& left(double at, int n) {
    return event(at, ClientLeft{End::fin}, n).event(at, AttemptOver{}, n);
  }
  Tale& sent(double at, int n, const std::string& opcode, int code = 0) {
    return event(at, Frame{Side::client, opcode, 4, true, true, code, ""}, n);
  }
  Tale& says(double at, const std::string& what, int code = 0, const std::string& text = "") {
    return event(at, ClientEvent{what, text, code, false, "{}"});
  }
  Tale& over(double at, const std::string& why = "settled") { return event(at, Over{why}); }

  /// Attempts refused by RST at these times, each 1 ms after its SYN.
  Tale& closed_port(std::initializer_list<double> times) {
    for (const double at : times) {
      const int n = ++closed_;
      begins(at, n, Port::closed).ended(at + 0.001, n);
    }
    return *this;
  }

  [[nodiscard]] const Trace& trace() const { return trace_; }
  [[nodiscard]] Trace& trace() { return trace_; }

 private:
  Trace trace_;
  int closed_ = 0;
};

inline scenario::Scenario scenario_of(const std::string& toml) {
  const std::string text = "about = \"A test.\"\n" + toml;
  auto loaded = scenario::load_scenario(text, "test.toml");
  for (const Diagnostic& each : loaded.diagnostics) UNSCOPED_INFO(render(each, text));
  REQUIRE(loaded.value);
  return *loaded.value;
}

/// The outcome, then a line for each failure: "name (line): expected | seen".
inline std::string in_words(const Verdict& verdict) {
  std::string text(name_of(verdict.outcome));
  if (!verdict.reason.empty()) text += ": " + verdict.reason;
  for (const Failure& failure : verdict.failures)
    text += "\n" + failure.expectation + " (" + std::to_string(failure.line) +
            "): " + failure.expected + " | " + failure.seen;
  for (const std::string& skipped : verdict.skipped) text += "\nskipped " + skipped;
  return text;
}

inline std::string verdict_on(const std::string& toml, const Tale& tale,
                              const Options& options = {}) {
  return in_words(judge(scenario_of(toml), tale.trace(), options));
}

}  // namespace halfopen::judge
