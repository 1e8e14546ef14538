// Expectations that contradict each other or the story, or that nothing could decide.
#include <fmt/format.h>

#include <algorithm>

#include "base/units.h"
#include "scenario/checks.h"
#include "scenario/coins.h"
#include "scenario/sections.h"
#include "scenario/story.h"

namespace halfopen::scenario {
namespace {

bool decides_anything(const Scenario& scenario) {
  const Expect& expect = scenario.expect;
  return sections::expect.any_said(expect, {"waive"}) || !expect.gaps.empty() || expect.every_gap ||
         sections::client_expectations.any_said(expect) || !expect.client_events.empty() ||
         std::any_of(scenario.attempts.begin(), scenario.attempts.end(), [](const Attempt& a) {
           return std::any_of(a.steps.begin(), a.steps.end(), expects_something);
         });
}

/// How many of the first `most` attempts may open.
int most_opens(const Scenario& scenario, int most) {
  int opens = 0;
  for (const Attempt& attempt : scenario.attempts) {
    const int times = std::min(attempt.times.value_or(most), most);
    if (can_open(attempt)) opens = times == no_limit ? no_limit : opens + times;
    if (!attempt.times || opens == no_limit) return opens;
    if (most != no_limit) most -= times;
  }
  return most == no_limit ? no_limit : opens + most;  // Attempts without a table are accepted.
}

void check_gaps(const Expect& expect, int most, Problems& problems) {
  if (most == no_limit) return;
  const auto allowed = static_cast<std::size_t>(std::max(0, most - 1));
  if (expect.gaps.size() > allowed)
    problems.add(expect.gaps[allowed].place,
                 fmt::format("{} gaps are expected, but {} attempts have only {}",
                             expect.gaps.size(), most, allowed));
  constexpr int needed_to_grow = 3;
  if (expect.growing && most < needed_to_grow)
    problems.add(expect.growing->place,
                 fmt::format("nothing can decide `growing`: it compares gaps, and {} attempts have "
                             "fewer than two",
                             most));
}

void check_gap_times(const Expect& expect, Problems& problems) {
  if (expect.every_gap && expect.every_gap->value.lo > expect.within.value)
    problems.add(expect.every_gap->place,
                 fmt::format("a gap takes at least {}, but the whole run is over after {}: raise "
                             "`within`",
                             format(expect.every_gap->value.lo), format(expect.within.value)));
  Duration least{};
  for (const Placed<DurationRange>& gap : expect.gaps) {
    least += std::min(gap.value.lo, expect.within.value + Duration{1});
    if (least <= expect.within.value) continue;
    problems.add(gap.place, fmt::format("the gaps up to here take at least {}, but the whole run "
                                        "is over after {}: raise `within`",
                                        format(least), format(expect.within.value)));
    return;
  }
}

/// Attempts that are spoken of must be among those that there are.
void check_number(const std::optional<int>& attempt, int most, Place place, Problems& problems) {
  if (attempt && *attempt > most)
    problems.add(place,
                 fmt::format("there is no attempt {}: at most {} are expected", *attempt, most));
}

void check_curve(const Expect& expect, int most, Problems& problems) {
  constexpr int needed = 3;
  if (!expect.curve) return;
  if (most < needed)
    problems.add(expect.curve->place,
                 fmt::format("nothing can decide `curve`: it compares gaps, and {} attempts have "
                             "fewer than two",
                             most));
  if (expect.curve->value.base > expect.within.value)
    problems.add(expect.curve->place,
                 fmt::format("the first gap alone takes {}, but the whole run is over after {}: "
                             "raise `within`",
                             format(expect.curve->value.base), format(expect.within.value)));
}

void check_messages(const Scenario& scenario, int most, Problems& problems) {
  for (const MessageExpectation& message : scenario.expect.messages) {
    check_number(message.attempt, most, message.place, problems);
    const Attempt* table = attempt_for(scenario, message.attempt.value_or(1));
    const bool opens =
        message.attempt ? table == nullptr || can_open(*table) : most_opens(scenario, most) > 0;
    if (!opens)
      problems.add(message.place,
                   "nothing can decide this: without an open connection the client sends no "
                   "message");
    if (message.count == CountRange{0, no_limit})
      problems.add(message.place, "any number of messages is right, so this decides nothing");
  }
}

void check_client_events(const Expect& expect, int most, Problems& problems) {
  for (const ClientEvent& event : expect.client_events) {
    check_number(event.attempt, most, event.place, problems);
    if (event.by && *event.by > expect.within.value)
      problems.add(event.place, fmt::format("the whole run is over after {}: raise `within`, or "
                                            "leave `by` out",
                                            format(expect.within.value)));
  }
}

void check_recovers(const Scenario& scenario, int most, Problems& problems) {
  const auto& recovers = scenario.expect.recovers;
  if (!recovers) return;
  if (most_opens(scenario, most) < 1)
    problems.add(recovers->place, "nothing can decide `recovers`: no connection ever opens here");
  if (recovers->value.lo > scenario.expect.within.value)
    problems.add(recovers->place, fmt::format("the whole run is over after {}: raise `within`",
                                              format(scenario.expect.within.value)));
}

void check_opens(const Scenario& scenario, int most, Problems& problems) {
  const Expect& expect = scenario.expect;
  if (!expect.opens) return;
  const int least = expect.opens->value.lo;
  if (least > most)
    problems.add(expect.opens->place,
                 fmt::format("`opens` expects {} of at most {} attempts", least, most));
  else if (const int possible = most_opens(scenario, most); least > possible)
    problems.add(
        expect.opens->place,
        fmt::format("`opens` expects {}, but this story lets only {} happen", least, possible));
}

void check_giving_up(const Expect& expect, Problems& problems) {
  if (!expect.gives_up) return;
  const bool open_end = expect.attempts && expect.attempts->value.hi == no_limit;
  if (expect.gives_up->value && open_end)
    problems.add(expect.gives_up->place,
                 fmt::format("`gives_up` wants the attempts to end, and attempts = \"{}\" has no "
                             "upper end: give one",
                             format(expect.attempts->value)));
  for (const ClientEvent& event : expect.client_events)
    if (event.event == "gave-up" && event.count.lo > 0 && !expect.gives_up->value)
      problems.add(event.place, "the client is to report that it gave up, but gives_up = false");
}

void check_closes_with(const Scenario& scenario, int most, Problems& problems) {
  const auto& closes = scenario.expect.closes_with;
  if (!closes) return;
  const int attempt = closes->value.attempt.value_or(1);
  if (attempt > most)
    problems.add(closes->place,
                 fmt::format("there is no attempt {}: at most {} are expected", attempt, most));
  const Attempt* table = attempt_for(scenario, attempt);
  const bool opens =
      closes->value.attempt ? table == nullptr || can_open(*table) : most_opens(scenario, most) > 0;
  if (!opens)
    problems.add(closes->place,
                 "nothing can decide `closes_with`: without an open connection the client sends "
                 "no Close frame");
}

void check_requests(const Scenario& scenario, int most, Problems& problems) {
  for (const RequestExpectation& request : scenario.expect.requests) {
    const auto others = other_hosts(scenario);
    if (!request.to.empty() && std::ranges::find(others, request.to) == others.end())
      problems.add(request.place,
                   fmt::format("nothing can decide this: no client is sent to {} (handshake = "
                               "{{ fault = \"redirect\", host = \"{}\" }})",
                               request.to, request.to));
    for (const RequestExpectation::Field& field : request.fields)
      if (field.is_for_proxy() && !scenario.server.proxy)
        problems.add(field.place,
                     "nothing can decide this: the client is pointed at no proxy. Add `proxy = "
                     "\"http\"` to [server]");
    const int attempt = request.attempt.value_or(1);
    if (attempt > most)
      problems.add(request.place,
                   fmt::format("there is no attempt {}: at most {} are expected", attempt, most));
    const Attempt* table = attempt_for(scenario, attempt);
    if (request.attempt && table != nullptr && !reception(luckiest(*table)).served)
      problems.add(request.place, fmt::format("nothing can decide this: the port is not open in "
                                              "attempt {}, so no request comes through",
                                              attempt));
  }
}

/// What a person or a timer takes is never exactly so long.
void check_exact(std::string_view key, const std::optional<Placed<DurationRange>>& range,
                 Problems& problems) {
  if (range && range->value.lo == range->value.hi)
    problems.add(range->place, fmt::format("`{}` is never exactly {}: write \"..{}\" for that or "
                                           "less",
                                           key, format(range->value.hi), format(range->value.hi)));
}

void check_detects(const Scenario& scenario, Problems& problems) {
  const auto& detects = scenario.expect.detects;
  if (!detects) return;
  if (!has_silence(scenario))
    problems.add(
        detects->place,
        "nothing can decide `detects`: no open connection falls silent here (drop = "
        "\"silent\", link = \"blackhole\" …). Loss alone, however much, is no such moment");
  if (detects->value.lo > scenario.expect.within.value)
    problems.add(detects->place, fmt::format("the whole run is over after {}: raise `within`",
                                             format(scenario.expect.within.value)));
}

void check_tls(const Scenario& scenario, Problems& problems) {
  const Expect& expect = scenario.expect;
  if (expect.tls_alert && std::none_of(scenario.attempts.begin(), scenario.attempts.end(),
                                       [](const Attempt& a) { return invites_alert(a, ""); }))
    problems.add(expect.tls_alert->place,
                 "nothing can decide `tls_alert`: no attempt has a fault of TLS that the client "
                 "would complain about (tls = \"expired\" …)");
  if (expect.sni && !scenario.server.tls)
    problems.add(
        expect.sni->place,
        "nothing can decide `sni`: add `tls = true` to [server], without which there is no "
        "TLS");
}

}  // namespace

void check_expectations(const Scenario& scenario, Place place, Problems& problems) {
  const Expect& expect = scenario.expect;
  const int most = expect.attempts ? expect.attempts->value.hi : no_limit;
  check_gaps(expect, most, problems);
  check_gap_times(expect, problems);
  check_opens(scenario, most, problems);
  check_giving_up(expect, problems);
  check_closes_with(scenario, most, problems);
  check_requests(scenario, most, problems);
  check_curve(expect, most, problems);
  check_messages(scenario, most, problems);
  check_client_events(expect, most, problems);
  check_recovers(scenario, most, problems);
  check_exact("detects", scenario.expect.detects, problems);
  check_exact("recovers", scenario.expect.recovers, problems);
  check_detects(scenario, problems);
  check_tls(scenario, problems);
  // With other mistakes about, what was meant to decide may just not have been understood.
  if (problems.none() && !decides_anything(scenario))
    problems.add(place,
                 "nothing is expected of the client, so nothing can fail: add an [expect] table "
                 "with at least one expectation, like `attempts = 1`");
}

}  // namespace halfopen::scenario
