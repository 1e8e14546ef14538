#include "tale.h"

#include "report/verdict_words.h"
#include "scenario/loader.h"
#include "trace/event.h"

namespace halfopen::judge {
namespace {

/// The value of that name; the first one if there is none of that name.
template <class E>
E value_of(const auto& names, const std::string& name) {
  for (std::size_t i = 0; i < names.size(); ++i)
    if (name == names[i]) return static_cast<E>(i);
  return E{};
}

}  // namespace

Tale& Tale::event(double at, Body body, int attempt, int line) {
  const auto us = std::chrono::microseconds(static_cast<long long>(at * 1e6 + 0.5));
  trace_.events.push_back({us, attempt, line, std::move(body)});
  return *this;
}

Tale& Tale::begins(double at, int n, Port port) {
  return event(at, AttemptBegins{"192.0.2.10:4" + std::to_string(1000 + n), port}, n)
      .event(at, Packet{Control::syn, Side::client, Fate::passed, 1}, n);
}

Tale& Tale::accepted(double at, int n) { return event(at, Accepted{}, n); }

Tale& Tale::requested(double at, int n, const std::string& key) {
  return event(at, Request{"GET", "/", {{"sec-websocket-key", key}}}, n);
}

Tale& Tale::opened(double at, int n) {
  return accepted(at, n)
      .requested(at, n, "key" + std::to_string(n))
      .event(at, trace::Answer{}, n)
      .event(at, Opened{}, n);
}

Tale& Tale::refused(double at, int n, int status) {
  return accepted(at, n)
      .requested(at, n, "key" + std::to_string(n))
      .event(at, trace::Answer{status, "status", false}, n)
      .event(at, EndVisible{End::refusal, status}, n);
}

Tale& Tale::ended(double at, int n, End how, int code) {
  return event(at, EndVisible{how, code}, n).event(at, AttemptOver{}, n);
}

Tale& Tale::left(double at, int n) {
  return event(at, ClientLeft{End::fin}, n).event(at, AttemptOver{}, n);
}

Tale& Tale::sent(double at, int n, const std::string& opcode, int code) {
  return event(
      at, Frame{Side::client, value_of<Opcode>(opcode_names, opcode), 4, true, true, code, ""}, n);
}

Tale& Tale::says(double at, const std::string& what, int code, const std::string& text) {
  const Report reported = value_of<Report>(report_names, what);
  const std::string name = reported == Report::other ? what : "";
  return event(at, ClientEvent{reported, name, text, code, false, "{}"});
}

Tale& Tale::over(double at, const std::string& why) {
  return event(at, Over{value_of<Ended>(ended_names, why)});
}

Tale& Tale::closed_port(std::initializer_list<double> times) {
  for (const double at : times) {
    const int n = ++closed_;
    begins(at, n, Port::closed).ended(at + 0.001, n);
  }
  return *this;
}

scenario::Scenario scenario_of(const std::string& toml) {
  const std::string text = "about = \"A test.\"\n" + toml;
  auto loaded = scenario::load_scenario(text, "test.toml");
  for (const Diagnostic& each : loaded.diagnostics) UNSCOPED_INFO(render(each, text));
  REQUIRE(loaded.value);
  return *loaded.value;
}

std::string in_words(const Verdict& verdict) {
  std::string text(name_of(verdict.outcome));
  if (const std::string reason = report::in_words(verdict.reason); !reason.empty())
    text += ": " + reason;
  for (const Failure& failure : verdict.failures)
    text += "\n" + report::path_of(failure.expectation) + " (" + std::to_string(failure.line) +
            "): " + report::in_words(failure.wanted) + " | " + report::in_words(failure.seen);
  for (const Decision& each : verdict.decisions)
    if (each.status != Status::held)
      text += "\n" + std::string(name_of(each.status)) + " " + report::path_of(each.expectation) +
              " (" + std::to_string(each.line) + "): " + report::in_words(each.why);
  return text;
}

std::string verdict_on(const std::string& toml, const Tale& tale, const Options& options) {
  return in_words(judge(scenario_of(toml), tale.trace(), options));
}

}  // namespace halfopen::judge
