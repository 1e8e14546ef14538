// What a verdict speaks of: one thing that was asked, by [expect], by a step or by an invariant;
// and what judges each of those that a scenario asks for.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "scenario/scenario.h"

namespace halfopen::judge {

struct Evidence;
struct Verdict;

enum class Kind {
  attempts,
  opens,
  gaps,       ///< A list of them.
  every_gap,  ///< One range for all of them.
  growing,
  curve,
  gives_up,
  request,
  closes_with,
  detects,
  recovers,
  sni,
  tls_alert,
  client_event,
  crash,  ///< That the client does not.
  exit_code,
  output,
  memory,
  messages,
  settle,
  within,
  step,
  invariant,
  should_refuse,  ///< Bad TLS that a client may go on with.
  should_close,   ///< With a code that says what was wrong.
  retry_after,
};
/// As in reports, in the order of the values.
inline constexpr std::array<std::string_view, 26> kind_names{
    "attempts",     "opens",        "gaps",        "gaps",      "growing",   "curve",
    "gives_up",     "request",      "closes_with", "detects",   "recovers",  "sni",
    "tls_alert",    "client_event", "crash",       "exit_code", "output",    "memory",
    "messages",     "settle",       "within",      "step",      "invariant", "should_refuse",
    "should_close", "retry_after"};
[[nodiscard]] constexpr std::string_view name_of(Kind kind) {
  return kind_names.at(static_cast<std::size_t>(kind));
}

struct Expectation {
  Kind kind = Kind::attempts;
  int index = 0;       ///< Of several of its kind: the gap, the message, the step, from 1; else 0.
  std::string name{};  ///< Of a field, an event or an invariant; what a step does, for people.

  bool operator==(const Expectation&) const = default;
};

// ── what judges them: each adds what it misses to the verdict ────────────────────────────────

/// `attempts`; without it, that there was one at all.
void check_attempts(const Evidence& evidence, Verdict& verdict);
/// `opens`
void check_opens(const Evidence& evidence, Verdict& verdict);
/// `gaps`, as a list or as one range for all.
void check_gaps(const Evidence& evidence, Verdict& verdict);
/// `growing` and `curve`, by known error rates (growth.h, curve_fit.h).
void check_growing(const Evidence& evidence, Verdict& verdict);
void check_curve(const Evidence& evidence, Verdict& verdict);
/// `gives_up`: see gave_up().
void check_gives_up(const Evidence& evidence, Verdict& verdict);
/// `request`
void check_requests(const Evidence& evidence, Verdict& verdict);
/// `closes_with`
void check_closes(const Evidence& evidence, Verdict& verdict);
/// `detects`: from each moment at which an open connection fell silent to the first sign that the
/// client has noticed.
void check_detects(const Evidence& evidence, Verdict& verdict);
/// `recovers`: from the first fault of an open connection to the next open one.
void check_recovers(const Evidence& evidence, Verdict& verdict);
/// `messages`: what the client sends.
void check_messages(const Evidence& evidence, Verdict& verdict);
/// `settle`: the client does not end its last connection before it has lived for so long.
void check_settle(const Evidence& evidence, Verdict& verdict);
/// `tls_alert` (warnings only) and `sni`
void check_tls(const Evidence& evidence, Verdict& verdict);
/// The steps' own expectations.
void check_steps(const Evidence& evidence, Verdict& verdict);
/// `within`: no step is left unfinished when the time is up.
void check_within(const Evidence& evidence, Verdict& verdict);
/// `client`: its events, `exit`, `output`, `memory`; and that it does not crash.
void check_client(const Evidence& evidence, Verdict& verdict);

/// The line in which the scenario asks for it; none where it does not.
template <auto member>
[[nodiscard]] std::optional<int> line_of(const scenario::Expect& expect) {
  const auto& placed = expect.*member;
  return placed ? std::optional(placed->place.line) : std::nullopt;
}
[[nodiscard]] inline std::optional<int> line_of_gaps(const scenario::Expect& expect) {
  return expect.gaps.empty() ? std::nullopt : std::optional(expect.gaps.front().place.line);
}
[[nodiscard]] inline std::optional<int> line_of_requests(const scenario::Expect& expect) {
  return expect.requests.empty() ? std::nullopt : std::optional(0);
}
/// Of what says by itself that it holds.
[[nodiscard]] inline std::optional<int> no_line(const scenario::Expect&) { return std::nullopt; }

/// What [expect] may ask for, where it does, and what judges it (null: the check of the row before
/// does that, too).
struct Asked {
  Kind kind;
  std::optional<int> (*line)(const scenario::Expect&);
  void (*check)(const Evidence&, Verdict&);
};
inline constexpr Asked all_asked[] = {
    {Kind::attempts, line_of<&scenario::Expect::attempts>, check_attempts},
    {Kind::opens, line_of<&scenario::Expect::opens>, check_opens},
    {Kind::gaps, line_of_gaps, check_gaps},
    {Kind::every_gap, line_of<&scenario::Expect::every_gap>, nullptr},
    {Kind::growing, line_of<&scenario::Expect::growing>, check_growing},
    {Kind::curve, line_of<&scenario::Expect::curve>, check_curve},
    {Kind::gives_up, line_of<&scenario::Expect::gives_up>, check_gives_up},
    {Kind::request, line_of_requests, check_requests},
    {Kind::closes_with, line_of<&scenario::Expect::closes_with>, check_closes},
    {Kind::detects, line_of<&scenario::Expect::detects>, check_detects},
    {Kind::recovers, line_of<&scenario::Expect::recovers>, check_recovers},
    {Kind::sni, line_of<&scenario::Expect::sni>, check_tls},
    {Kind::tls_alert, line_of<&scenario::Expect::tls_alert>, nullptr},
    {Kind::exit_code, line_of<&scenario::Expect::exit_code>, check_client},
    {Kind::output, line_of<&scenario::Expect::output>, nullptr},
    {Kind::memory, line_of<&scenario::Expect::memory>, nullptr},
    {Kind::messages, no_line, check_messages}};

}  // namespace halfopen::judge
