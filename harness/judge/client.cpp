// What the client itself says: its events, its output, how it ended.
#include <algorithm>
#include <utility>

#include "base/pattern.h"
#include "judge/checks.h"
#include "judge/last_error.h"
#include "scenario/match.h"
#include "trace/event.h"

namespace halfopen::judge {
namespace {

bool fits(const scenario::ClientEvent& wanted, const trace::Event& event,
          const trace::ClientEvent& seen) {
  return scenario::matches(
      wanted, {name_of(seen), seen.text, seen.code, seen.clean, event.attempt, event.at});
}

// All events of that name that the client reported; not all of many.
seen::Reports reported(const Evidence& evidence, const std::string& name) {
  constexpr std::size_t most = 6;
  seen::Reports reports{name, {}};
  for_each<trace::ClientEvent>(evidence, [&](const trace::Event& event, const auto& report) {
    if (name_of(report) != name) return;
    if (reports.first.size() < most)
      reports.first.push_back({report, event.at});
    else
      ++reports.more;
  });
  return reports;
}

// By how much the one that was to come `by` a time was late, or is by now; none where it may still
// come.
std::optional<Duration> late_by(const Evidence& evidence, scenario::ClientEvent wanted) {
  if (!wanted.by || evidence.run_end <= *wanted.by) return std::nullopt;
  Duration came = evidence.run_end;
  const Duration by = *std::exchange(wanted.by, std::nullopt);
  for_each<trace::ClientEvent>(evidence, [&](const trace::Event& event, const auto& report) {
    if (event.at > by && fits(wanted, event, report)) came = std::min(came, event.at);
  });
  return came - by;
}

void check_event(const Evidence& evidence, Verdict& verdict, const scenario::ClientEvent& wanted) {
  const Expectation asked{Kind::client_event, 0, wanted.event};
  const int line = wanted.place.line;
  if (!evidence.reports) return not_judged(verdict, asked, line, why::NoReports{});
  int count = 0;
  for_each<trace::ClientEvent>(evidence, [&](const trace::Event& event, const auto& report) {
    if (fits(wanted, event, report)) ++count;
  });
  const Measure measure = measured(wanted.count, count);
  if (wanted.count.contains(count) && never_was(evidence, wanted.attempt))
    return undecided(verdict, asked, line, why::NoAttempt{*wanted.attempt});
  if (wanted.count.contains(count)) return hold(verdict, asked, line, measure);
  seen::Reports seen = reported(evidence, wanted.event);
  seen.fitted = count;
  Failure failure{asked, line, wanted, std::move(seen)};
  failure.measure = measure;
  const auto late = late_by(evidence, wanted);
  if (count < wanted.count.lo && !late) return fail_missing(evidence, verdict, std::move(failure));
  if (count < wanted.count.lo)
    failure.timing = evidence.late_enough(*late, *wanted.by, *wanted.by + *late);
  fail(evidence, verdict, std::move(failure));
}

// A crash: a signal, or an exit code that says so and that the scenario does not name.
void check_exit(const Evidence& evidence, Verdict& verdict) {
  const auto& wanted = evidence.expect().exit_code;
  bool exited = false;
  for_each<trace::ClientExited>(evidence, [&](const trace::Event& event, const auto& exit) {
    if (exit.by_us) return;
    exited = true;
    const bool badly = exit.signal != 0 || exit.code != 0;
    const seen::Exit seen{exit, event.at, badly ? last_error(evidence, event.at) : ""};
    const int code = wanted ? wanted->value : 0;
    Failure failure{{Kind::crash}, 0, wanted::NoCrash{}, seen};
    if (exit.signal == 0) failure.measure = measured(std::vector{code}, exit.code);
    if (exit.signal != 0 || (exit.code != 0 && !wanted))
      return fail(evidence, verdict, std::move(failure));
    if (!wanted) return;
    if (exit.code == code)
      return hold(verdict, {Kind::exit_code}, wanted->place.line, failure.measure);
    failure.expectation = {Kind::exit_code};
    failure.line = wanted->place.line;
    failure.wanted = wanted::ExitCode{code};
    fail(evidence, verdict, std::move(failure));
  });
  hold_unbroken(evidence, verdict, {Kind::crash});
  if (wanted && !exited)
    fail_missing(evidence, verdict,
                 {{Kind::exit_code},
                  wanted->place.line,
                  wanted::ExitCode{wanted->value},
                  seen::Running{evidence.run_end}});
}

void check_output(const Evidence& evidence, Verdict& verdict) {
  const auto& wanted = evidence.expect().output;
  if (!wanted) return;
  bool found = false;
  std::size_t lines = 0;
  const auto take = [&](const std::string& line) {
    found = found || found_in(line, wanted->value);
  };
  for_each<trace::ClientLog>(evidence, [&](const trace::Event&, const auto& log) {
    ++lines;
    take(log.text);
  });
  // A report is a line of its output, too.
  for_each<trace::ClientEvent>(evidence,
                               [&](const trace::Event&, const auto& report) { take(report.json); });
  if (!found)
    fail_missing(
        evidence, verdict,
        {{Kind::output}, wanted->place.line, wanted::Line{wanted->value}, seen::NoLine{lines}});
}

bool fetched_page(const Evidence& evidence) {
  bool fetched = false;
  for_each<trace::PageServed>(evidence, [&](const auto&...) { fetched = true; });
  return fetched;
}

// By how much the client's memory has grown since its first connection opened.
void check_memory(const Evidence& evidence, Verdict& verdict) {
  const auto& wanted = evidence.expect().memory;
  if (!wanted) return;
  const int line = wanted->place.line;
  if (fetched_page(evidence))
    return not_judged(verdict, {Kind::memory}, line, why::MemoryOfBrowser{});
  std::vector<std::uint64_t> seen;
  for_each<trace::ClientMemory>(
      evidence, [&](const trace::Event&, const auto& memory) { seen.push_back(memory.bytes); });
  constexpr std::size_t needed = 2;
  if (seen.size() < needed) return not_judged(verdict, {Kind::memory}, line, why::MemoryUnknown{});
  const seen::Memory memory{seen.front(), seen.back()};
  const Measure measure = measured(wanted->value, memory.growth());
  if (wanted->value.contains(memory.growth())) return hold(verdict, {Kind::memory}, line, measure);
  Failure failure{{Kind::memory}, line, wanted::Memory{wanted->value}, memory};
  failure.measure = measure;
  fail(evidence, verdict, std::move(failure));
}

}  // namespace

void check_client(const Evidence& evidence, Verdict& verdict) {
  for (const scenario::ClientEvent& wanted : evidence.expect().client_events)
    check_event(evidence, verdict, wanted);
  check_exit(evidence, verdict);
  check_output(evidence, verdict);
  check_memory(evidence, verdict);
}

}  // namespace halfopen::judge
