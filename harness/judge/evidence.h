// What every check works with: the scenario, the trace, and what was read off it once.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "judge/judge.h"
#include "judge/timeline.h"
#include "trace/frozen.h"

namespace halfopen::judge {

/// Borrows the scenario and the trace: they outlive it.
struct Evidence {
  Evidence(const scenario::Scenario& the_scenario, const trace::Trace& the_trace);

  const scenario::Scenario& scenario;
  const trace::Trace& trace;
  trace::Frozen frozen;  ///< When the client was stopped.
  std::vector<AttemptView> attempts;
  std::map<int, std::vector<std::string>> passed_steps;  ///< By attempt.
  std::vector<std::pair<Duration, Duration>> lags;       ///< When, and how late halfopen was.
  Duration run_end{};                                    ///< The last event.
  Duration last_sign{};                                  ///< The last that the client did.
  Duration link_late{};  ///< What the link was late by, at most, if that was too much.
  bool unreliable = false;
  bool whole = true;  ///< Nothing is missing: it was not interrupted, and all events were kept.
  std::optional<Duration> lost_since;    ///< Since when, where it is.
  std::optional<trace::Ended> over_why;  ///< None where the trace has no end.
  bool reports = false;                  ///< The client reports events.
  bool step_held = false;                ///< The client did what a step waited for.
  /// When halfopen stood still for a second or more for the first time: what rests on later moments
  /// is in doubt.
  std::optional<Duration> stalled;

  [[nodiscard]] const scenario::Expect& expect() const { return scenario.expect; }
  /// Null if there was no such attempt.
  [[nodiscard]] const AttemptView* attempt(int number) const;
  /// How long halfopen's own loop stood still in that time.
  [[nodiscard]] Duration lag_between(Duration from, Duration to) const;
  /// The most that lateness in that time may have moved a time that was measured.
  [[nodiscard]] Duration tolerance(Duration from, Duration to) const;
  /// How long it stood still, but only where it is near the beginning or the end of that time: what
  /// was late in between has moved neither.
  [[nodiscard]] Duration lag_at_ends(Duration from, Duration to) const;
  /// Whether halfopen's lateness in that time could account for `margin`. It counts twice: a
  /// machine that holds up halfopen holds up the client too.
  [[nodiscard]] bool late_enough(Duration margin, Duration from, Duration to) const;
  [[nodiscard]] bool waives(std::string_view invariant) const;
  /// Whether what is under way in that attempt counts: else the end of the run may cut it off.
  [[nodiscard]] bool is_asked_for(int attempt) const;

 private:
  void note_lag(Duration at, Duration late);

  std::map<int, std::size_t> index_;
};

/// More failures than this say nothing new.
inline constexpr std::size_t most_failures = 100;

/// Adds a failure, with the steps of its attempt that had passed.
void fail(const Evidence& evidence, Verdict& verdict, Failure failure);
/// Whether it is said of the client that it reports: by its client.toml, of its own page. A page of
/// the scenario's takes the place of that, and nothing is said of it.
[[nodiscard]] bool has_promised_reports(const Evidence& evidence);
/// Whether the first connection that opened lives to the end of the run: the client lost none.
[[nodiscard]] bool lives_on(const Evidence& evidence);
/// Whether an expectation speaks of an attempt that there was not.
[[nodiscard]] bool never_was(const Evidence& evidence, const std::optional<int>& attempt);
/// Whether that is so, and nothing has brought it about: more attempts are allowed, and the last
/// connection lives to the end of the run.
[[nodiscard]] bool may_still_come(const Evidence& evidence, const std::optional<int>& attempt);
/// Whether anything was said of an expectation of that kind, or of a part of it.
[[nodiscard]] bool is_settled(const Verdict& verdict, Kind kind);
/// What is under way at the end of the run is not decided. That of an attempt that nobody asked for
/// is left out, unless nothing else decides: the first of it is kept in `nobody_asked`.
void take_under_way(const Evidence& evidence, Verdict& verdict, Decision decision,
                    std::optional<Decision>& nobody_asked);
/// A connection that the client must fail, for what came at `since`.
struct ToBeFailed {
  int attempt = 0;
  Duration since{};
  Duration gone{};  ///< When the client was done with it; else the end of the run.
};
/// Whether the run ended while the client could still fail it, or the link may have held up what it
/// is to fail it for. That is not decided, unless nobody asked for the attempt.
[[nodiscard]] bool check_time_left(const Evidence& evidence, Verdict& verdict,
                                   Expectation expectation, const ToBeFailed& connection);
/// Notes what held, what nothing could decide, and what this client or link cannot show.
void hold(Verdict& verdict, Expectation expectation, int line,
          std::optional<Measure> measure = std::nullopt, int attempt = 0);
void undecided(Verdict& verdict, Expectation expectation, int line, Why why, int attempt = 0,
               std::optional<Measure> measure = std::nullopt);
void not_judged(Verdict& verdict, Expectation expectation, int line, Why why, int attempt = 0,
                std::optional<Measure> measure = std::nullopt);
/// Whether anything that the scenario asks for held.
[[nodiscard]] bool any_held(const Verdict& verdict);
/// Notes that what stands in every scenario held: where nothing else was said of it, and in a trace
/// of which nothing is missing.
void hold_unbroken(const Evidence& evidence, Verdict& verdict, const Expectation& expectation,
                   std::optional<Measure> measure = std::nullopt);
/// The invariant of that name.
[[nodiscard]] inline Expectation invariant(std::string_view name) {
  return {Kind::invariant, 0, std::string(name)};
}

/// Adds one for what had not come when the run ended. In a late run it decides nothing, unless
/// the client had been quiet for so long that no lateness accounts for it.
void fail_missing(const Evidence& evidence, Verdict& verdict, Failure failure);

/// Calls use(event, body) for every event of type T.
template <class T, class Use>
void for_each(const Evidence& evidence, const Use& use) {
  for (const trace::Event& event : evidence.trace.events)
    if (const T* body = std::get_if<T>(&event.body)) use(event, *body);
}

}  // namespace halfopen::judge
