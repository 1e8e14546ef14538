// The invariant about what a client reports: one `close` for each connection that ended.
#include <algorithm>

#include "judge/checks.h"

namespace halfopen::judge {
namespace {

// Two reports of one end come closer together than this; two attempts that nobody sees (the device
// is down, the browser refuses) do not.
constexpr Duration of_one_end = std::chrono::milliseconds(250);
// A client may be busy with its own closing handshake before it reports.
constexpr Duration reports_within = std::chrono::seconds(5);

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

std::optional<seen::TwoCloses> doubled(const Evidence& evidence) {
  Doubled walk;
  for (const trace::Event& event : evidence.trace.events) {
    walk.take(event);
    if (walk.found) break;
  }
  return walk.found;
}

std::size_t reports_of(const Evidence& evidence, trace::Report kind) {
  std::size_t count = 0;
  for_each<trace::ClientEvent>(evidence, [&](const trace::Event&, const auto& report) {
    count += report.reported == kind ? 1 : 0;
  });
  return count;
}

// More connections have ended than the client has reported.
std::optional<seen::Untold> untold(const Evidence& evidence) {
  std::size_t opened = 0;
  std::size_t ended = 0;
  for (const AttemptView& attempt : evidence.attempts) {
    if (!attempt.opened) continue;
    ++opened;
    ended += attempt.ended && *attempt.ended + reports_within < evidence.run_end ? 1 : 0;
  }
  const std::size_t opens = std::min(opened, reports_of(evidence, trace::Report::open));
  const std::size_t closes = reports_of(evidence, trace::Report::close);
  if (closes + opened >= opens + ended) return std::nullopt;
  return seen::Untold{opened, ended, closes};
}

bool has_exited(const Evidence& evidence) {
  bool exited = false;
  for_each<trace::ClientExited>(
      evidence, [&](const trace::Event&, const auto& exit) { exited = exited || !exit.by_us; });
  return exited;
}

}  // namespace

void check_one_close(const Evidence& evidence, Verdict& verdict) {
  // A black box has promised nothing: what it prints may only look like these reports.
  const bool promised = std::ranges::count(evidence.trace.header.client_can, "reports") > 0;
  if (!promised || evidence.waives("one-close")) return;
  Failure failure{invariant("one-close"), 0, wanted::Rule::one_close, {}};
  if (const auto twice = doubled(evidence))
    failure.seen = *twice;
  else if (const auto never = has_exited(evidence) ? std::nullopt : untold(evidence))
    failure.seen = *never;
  else
    return;
  fail(evidence, verdict, std::move(failure));
}

}  // namespace halfopen::judge
