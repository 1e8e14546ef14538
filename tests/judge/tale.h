// Golden traces, told attempt by attempt. Times in seconds.
#pragma once

#include <catch2/catch.hpp>
#include <initializer_list>
#include <string>

#include "judge/judge.h"
#include "trace/event.h"

namespace halfopen::judge {

using namespace trace;

class Tale {
 public:
  Tale& event(double at, Body body, int attempt = 0, int line = 0);
  Tale& begins(double at, int n, Port port = Port::open);
  Tale& accepted(double at, int n);
  Tale& requested(double at, int n, const std::string& key);
  Tale& opened(double at, int n);
  Tale& refused(double at, int n, int status);
  Tale& ended(double at, int n, End how = End::reset, int code = 0);
  Tale& left(double at, int n);
  Tale& sent(double at, int n, const std::string& opcode, int code = 0);
  Tale& says(double at, const std::string& what, int code = 0, const std::string& text = "");
  Tale& over(double at, const std::string& why = "settled");

  /// Attempts refused by RST at these times, each 1 ms after its SYN.
  Tale& closed_port(std::initializer_list<double> times);

  [[nodiscard]] const Trace& trace() const { return trace_; }
  [[nodiscard]] Trace& trace() { return trace_; }

 private:
  Trace trace_;
  int closed_ = 0;
};

scenario::Scenario scenario_of(const std::string& toml);

/// The outcome, then a line for each failure: "name (line): expected | seen".
std::string in_words(const Verdict& verdict);

std::string verdict_on(const std::string& toml, const Tale& tale, const Options& options = {});

}  // namespace halfopen::judge
