#include "scenario/draw_story.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/units.h"
#include "scenario/coins.h"
#include "scenario/step_times.h"
#include "scenario/story.h"
#include "scenario/words.h"

namespace halfopen::scenario {
namespace {

/// Wide enough for "1m30s..2m".
constexpr int time_width = 9;

/// "300ms", "300ms..2s", "300ms..": since the opening.
std::string since_opening(const StepTime& time) {
  if (time.latest && *time.latest == time.earliest) return format(time.earliest);
  return fmt::format("{}..{}", time.earliest > Duration::zero() ? format(time.earliest) : "",
                     time.latest ? format(*time.latest) : "");
}

std::string steps_in_words(const std::vector<Step>& steps) {
  std::string out;
  const std::vector<StepTime> times = step_times(steps);
  for (std::size_t i = 0; i < steps.size(); ++i)
    out += fmt::format("│ {:>{}}  {}. {}\n", since_opening(times[i]), time_width, i + 1,
                       describe(steps[i]));
  return out;
}

/// "Attempt 2", "Attempts 2 to 4", "All attempts from number 5".
std::string range_of(int first, const std::optional<int>& times) {
  if (!times)
    return first == 1 ? "Every attempt" : fmt::format("Every attempt from number {}", first);
  if (*times == 1) return fmt::format("Attempt {}", first);
  return fmt::format("Attempts {} to {}", first, first + *times - 1);
}

/// What becomes of a connection that never gets to its handshake.
std::string port_in_words(const faults::Use& port, const faults::Reception& received) {
  switch (received.answer) {
    case faults::Reception::Answer::reset:
      return "the port is closed (every SYN is answered with RST).\n";
    case faults::Reception::Answer::silence:
      return "the port is filtered (no SYN is answered).\n";
    case faults::Reception::Answer::unreachable:
      if (received.unreachable == "prohibited")
        return "a firewall prohibits the connection (ICMP says so).\n";
      return fmt::format("the {} is unreachable (ICMP says so).\n",
                         received.unreachable == "net" ? "network" : received.unreachable);
    case faults::Reception::Answer::accept:
      break;
  }
  return fmt::format("the connection is accepted and meets the port fault {}.\n", in_words(port));
}

/// The rules that are the attempt's own.
std::string rules_of(const Attempt& attempt) {
  std::string out;
  for (const Reply& rule : attempt.replies) out += "│ " + in_words(rule) + ".\n";
  return out;
}

/// What is done where no step says so.
std::string by_default(bool rules_answer) {
  return rules_answer ? "and nothing is echoed" : "and every message is echoed";
}

std::string certain_in_words(const Scenario& scenario, const Attempt& attempt) {
  if (!resolution_of(&attempt).resolves())
    return fmt::format("the name does not resolve (dns: {}).\n", in_words(*attempt.dns));
  std::string out =
      attempt.dns ? fmt::format("the name resolves with dns: {}; ", in_words(*attempt.dns)) : "";
  const faults::Reception received = reception(attempt);
  if (!received.served) return out + port_in_words(*attempt.port, received);
  if (attempt.port) out += fmt::format("the port fault {}; then ", in_words(*attempt.port));
  out += "the connection is accepted; ";
  if (attempt.proxy)
    out += fmt::format("a proxy on the way has the fault {}; ", in_words(attempt.proxy->value));
  if (!lets_through(attempt.proxy)) return out + "no client gets through.\n";
  if (attempt.tls) out += fmt::format("TLS has the fault {}; ", in_words(attempt.tls->value));
  if (!can_open(attempt.tls)) return out + "no client may go on.\n";
  out += "the handshake " + in_words(attempt.handshake);
  if (!can_open(attempt.handshake)) return out + ".\n";
  if (!attempt.has_steps)
    return out + ", " + by_default(rules_answer(scenario, &attempt)) + ".\n" + rules_of(attempt);
  if (attempt.steps.empty()) return out + ", and nothing more is done.\n" + rules_of(attempt);
  return out + ". Then:\n" + steps_in_words(attempt.steps) + rules_of(attempt);
}

/// "with a chance of 30% port: closed; else "
std::string by_chance(double chance, std::string_view layer, const std::string& what) {
  if (chance == 1) return "";
  return fmt::format("with a chance of {} {}: {}; ", format_share(chance), layer, what);
}

std::string attempt_in_words(const Scenario& scenario, const Attempt& attempt) {
  if (!has_coins(attempt)) return certain_in_words(scenario, attempt);
  std::string out;
  if (attempt.dns) out += by_chance(attempt.dns->chance, "dns", in_words(*attempt.dns));
  if (attempt.port) out += by_chance(attempt.port->chance, "port", in_words(*attempt.port));
  if (attempt.proxy)
    out += by_chance(attempt.proxy->value.chance, "the proxy", in_words(attempt.proxy->value));
  if (attempt.tls) out += by_chance(attempt.tls->value.chance, "TLS", in_words(attempt.tls->value));
  out += by_chance(attempt.handshake.chance, "the handshake", in_words(attempt.handshake));
  return out + "else " + certain_in_words(scenario, luckiest(attempt));
}

/// The gaps behind these attempts that `expect` speaks of by number, or else those of all.
std::string gaps_in_words(const Expect& expect, int first, const std::optional<int>& times) {
  std::string out;
  const int last = times ? first + *times - 1 : static_cast<int>(expect.gaps.size());
  for (int attempt = first; attempt <= std::min(last, static_cast<int>(expect.gaps.size()));
       ++attempt)
    out += fmt::format("  ┆ gap: {}{}\n",
                       in_words(expect.gaps[static_cast<std::size_t>(attempt) - 1].value),
                       times && *times == 1 ? "" : fmt::format(", behind attempt {}", attempt));
  if (expect.every_gap) out = fmt::format("  ┆ gap: {}\n", in_words(expect.every_gap->value));
  return out;
}

std::string block(const Expect& expect, int first, const std::optional<int>& times,
                  const std::string& what) {
  const bool whole = std::count(what.begin(), what.end(), '\n') > 1;
  return fmt::format("{} {}: {}{}{}", whole ? "┌" : "─", range_of(first, times), what,
                     whole ? "└\n" : "", gaps_in_words(expect, first, times));
}

std::string attempts_in_words(const Scenario& scenario) {
  std::string out;
  int first = 1;
  for (const Attempt& attempt : scenario.attempts) {
    out += block(scenario.expect, first, attempt.times, attempt_in_words(scenario, attempt));
    if (!attempt.times) return out;
    first += *attempt.times;
  }
  return out + block(scenario.expect, first, std::nullopt,
                     "it is accepted, " + by_default(rules_answer(scenario, nullptr)) + ".\n");
}

std::string world_in_words(const Scenario& scenario) {
  if (scenario.at.empty() && scenario.when.empty() && scenario.replies.empty() &&
      scenario.every.empty())
    return "";
  std::string out = "┌ Meanwhile:\n";
  for (const Reply& rule : scenario.replies) out += "│ " + in_words(rule) + ".\n";
  for (const Every& rule : scenario.every) out += "│ " + in_words(rule) + ".\n";
  for (const At& at : scenario.at) {
    const std::string when = fmt::format("{} after the start", format(at.time));
    if (at.link) out += fmt::format("│ {}: link: {}.\n", when, at.link->text);
    if (at.tell) out += fmt::format("│ {}: the client is told: {}.\n", when, in_words(*at.tell));
    if (at.freeze)
      out += fmt::format("│ {}: the client is {}.\n", when, *at.freeze ? "stopped" : "let go on");
  }
  for (const When& when : scenario.when) {
    const std::string cause =
        fmt::format("When the client reports its {} \"{}\"", ordinal(when.nth), when.event);
    if (when.link) out += fmt::format("│ {}: link: {}.\n", cause, when.link->text);
    if (when.tell) out += fmt::format("│ {}: it is told: {}.\n", cause, in_words(*when.tell));
  }
  return out + "└\n";
}

bool has_steps(const Scenario& scenario) {
  return std::any_of(scenario.attempts.begin(), scenario.attempts.end(),
                     [](const Attempt& attempt) { return !attempt.steps.empty(); });
}

}  // namespace

std::string draw_story(const Scenario& scenario) {
  const char* const times = "Times of steps are from the opening of their connection.\n";
  return (has_steps(scenario) ? times : "") + attempts_in_words(scenario) +
         world_in_words(scenario);
}

}  // namespace halfopen::scenario
