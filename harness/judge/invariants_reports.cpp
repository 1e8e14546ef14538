// The invariant about what a client reports: one `close` for each connection that ended.
#include <algorithm>

#include "judge/checks.h"
#include "scenario/invariants.h"

namespace halfopen::judge {
namespace {

// Two reports of one end come closer together than this; two attempts that nobody sees (the device
// is down, the browser refuses) do not.
constexpr Duration of_one_end = std::chrono::milliseconds(250);

// Walks through the trace up to a second report of one end.
struct Doubled {
  int begun = 0;                       ///< Attempts.
  int closes = 0;                      ///< Reports.
  std::optional<seen::Report> last{};  ///< Nothing began or opened since.
  LinkHistory link{};
  bool cut = false;
  std::optional<seen::TwoCloses> found{};

  void take(const trace::Event& event) {
    if (std::holds_alternative<trace::AttemptBegins>(event.body)) {
      ++begun;
      last.reset();
    } else if (const auto* change = std::get_if<trace::LinkChanged>(&event.body)) {
      const LinkHistory::Turn turn = link.take(*change);
      if (turn != LinkHistory::Turn::none) cut = turn == LinkHistory::Turn::cut;
    } else if (const auto* report = std::get_if<trace::ClientEvent>(&event.body)) {
      take(event.at, *report);
    }
  }

 private:
  void take(Duration at, const trace::ClientEvent& report) {
    if (report.reported == trace::Report::open) last.reset();
    if (report.reported != trace::Report::close) return;
    ++closes;
    if (last && closes > begun && !cut && at - last->at < of_one_end)
      found = seen::TwoCloses{*last, {report, at}, static_cast<std::size_t>(begun)};
    last = {report, at};
  }
};

// Whether every attempt was seen: there was always a link, no look-up failed (a resolver may
// remember that), and no browser refuses one by itself.
bool all_seen(const Evidence& evidence) {
  if (std::ranges::count(evidence.trace.header.client_can, "page") > 0) return false;
  return std::ranges::none_of(evidence.trace.events, [](const trace::Event& event) {
    const auto* link = std::get_if<trace::LinkChanged>(&event.body);
    const auto* fault = std::get_if<trace::FaultStruck>(&event.body);
    const auto* end = std::get_if<trace::EndVisible>(&event.body);
    const auto* violation = std::get_if<trace::Violation>(&event.body);
    return (link && (link->kills_flows || (link->state != trace::LinkState::unchanged &&
                                           link->state != trace::LinkState::up))) ||
           (fault && fault->layer == trace::Layer::dns) ||
           (end && end->how == trace::End::unresolved) ||
           (violation && violation->rule == "uses-proxy");
  });
}

// Whether nothing has befallen an open connection to the end of the run.
bool surely_lives(const AttemptView& attempt) {
  return attempt.opened && attempt.faults.empty() && !attempt.silent_since && !attempt.ended &&
         !attempt.closing && !attempt.left && !attempt.over;
}

// More reports than there were ends, however far apart. The last second is left out: an end may be
// reported before it is seen.
std::optional<seen::TwoCloses> doubled(const Evidence& evidence) {
  Doubled walk;
  for (const trace::Event& event : evidence.trace.events) {
    walk.take(event);
    if (walk.found) return walk.found;
  }
  return std::nullopt;
}

// More reports than there were ends, however far apart. The last second is left out: an end may be
// reported before it is seen.
std::optional<seen::TooManyCloses> too_many(const Evidence& evidence) {
  if (!evidence.whole || !all_seen(evidence)) return std::nullopt;
  constexpr Duration last = std::chrono::seconds(1);
  const std::size_t attempts = evidence.attempts.size();
  const std::size_t ended =
      attempts - static_cast<std::size_t>(std::ranges::count_if(evidence.attempts, surely_lives));
  std::size_t closes = 0;
  for_each<trace::ClientEvent>(evidence, [&](const trace::Event& event, const auto& report) {
    if (report.reported == trace::Report::close && event.at + last <= evidence.run_end) ++closes;
  });
  if (ended == 0 || closes <= ended) return std::nullopt;
  return seen::TooManyCloses{attempts, ended, closes};
}

std::size_t reports_of(const Evidence& evidence, trace::Report kind) {
  std::size_t count = 0;
  for_each<trace::ClientEvent>(evidence, [&](const trace::Event&, const auto& report) {
    count += report.reported == kind ? 1 : 0;
  });
  return count;
}

// An end that the client is to report.
struct End {
  int attempt = 0;
  Duration at{};
};

// When a client that lives has nothing left of that connection. Behind the server's Close it may
// wait for the end of TCP (RFC 6455, section 7.1.1).
std::optional<Duration> gone(const AttemptView& attempt) {
  const bool by_close = attempt.end_visible && attempt.end == trace::End::close &&
                        attempt.ended == attempt.end_visible;
  if (!by_close) return attempt.ended;
  return attempt.left && (!attempt.over || *attempt.left < *attempt.over) ? attempt.left
                                                                          : attempt.over;
}

// Since when a client that was stopped runs again; none where it does not.
std::optional<Duration> runs_since(const Evidence& evidence) {
  std::optional<Duration> since = Duration::zero();
  for_each<trace::Told>(evidence, [&](const trace::Event& event, const trace::Told& told) {
    if (told.action == "freeze") since.reset();
    if (told.action == "thaw") since = event.at;
  });
  return since;
}

// More connections have ended than the client has reported: since when, and of which attempt.
struct Missing {
  seen::Untold seen;
  End first;
};
std::optional<Missing> missing(const Evidence& evidence) {
  std::vector<End> ends;
  std::size_t opened = 0;
  for (const AttemptView& attempt : evidence.attempts) {
    if (!attempt.opened) continue;
    ++opened;
    if (const auto at = gone(attempt)) ends.push_back({attempt.number, *at});
  }
  std::ranges::sort(ends, {}, &End::at);
  const std::size_t closes = reports_of(evidence, trace::Report::close);
  const std::size_t opens = std::min(opened, reports_of(evidence, trace::Report::open));
  const std::size_t told = closes + opened - opens;
  if (ends.size() <= told) return std::nullopt;
  return Missing{{opened, ends.size(), closes}, ends[told]};
}

bool has_exited(const Evidence& evidence) {
  bool exited = false;
  for_each<trace::ClientExited>(
      evidence, [&](const trace::Event&, const auto& exit) { exited = exited || !exit.by_us; });
  return exited;
}

// Each end must be reported in time. What the run left no time for is not decided, but for attempts
// that nobody asked for: those may be cut off by its end.
void check_missing(const Evidence& evidence, Verdict& verdict, Failure failure) {
  const auto runs = runs_since(evidence);
  if (has_exited(evidence) || !runs) return;
  const auto never = missing(evidence);
  if (!never) return hold_unbroken(evidence, verdict, failure.expectation);
  const Duration since = std::max(never->first.at, *runs);
  const Duration waited = evidence.run_end - since;
  if (waited > scenario::time_to_report) {
    failure.seen = never->seen;
    failure.timing =
        evidence.late_enough(waited - scenario::time_to_report, since, evidence.run_end);
    fail(evidence, verdict, std::move(failure));
  } else if (evidence.is_asked_for(never->first.attempt)) {
    undecided(verdict, failure.expectation, 0, why::Unreported{since, evidence.run_end},
              never->first.attempt);
  }
}

}  // namespace

void check_one_close(const Evidence& evidence, Verdict& verdict) {
  // A black box has promised nothing: what it prints may only look like these reports.
  if (!has_promised_reports(evidence) || evidence.waives("one-close")) return;
  Failure failure{invariant("one-close"), 0, wanted::Rule::one_close, {}};
  const auto twice = doubled(evidence);
  const auto more = too_many(evidence);
  if (!twice && !more) return check_missing(evidence, verdict, std::move(failure));
  if (twice)
    failure.seen = *twice;
  else
    failure.seen = *more;
  fail(evidence, verdict, std::move(failure));
}

}  // namespace halfopen::judge
