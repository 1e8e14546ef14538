// The invariant about what a client reports: one `close` for each connection that ended.
#include <fmt/format.h>

#include <algorithm>

#include "judge/checks.h"
#include "judge/words.h"

namespace halfopen::judge {
namespace {

// Two reports of one end come closer together than this; two attempts that nobody sees (the device
// is down, the browser refuses) do not.
constexpr Duration of_one_end = std::chrono::milliseconds(250);
// A client may be busy with its own closing handshake before it reports.
constexpr Duration reports_within = std::chrono::seconds(5);

// Walks through the trace up to a second report of one end.
struct Doubled {
  int begun = 0;   ///< Attempts.
  int closes = 0;  ///< Reports.
  std::optional<std::pair<Duration, trace::ClientEvent>>
      last{};  ///< Nothing began or opened since.
  LinkHistory link{};
  bool cut = false;
  std::string found{};

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
    if (last && closes > begun && !cut && at - last->first < of_one_end)
      found = fmt::format("two of them for one end: {} at {} and {} at {}, after {}",
                          in_words(last->second), moment(last->first), in_words(report), moment(at),
                          count_of(static_cast<std::size_t>(begun), "attempt"));
    last = {at, report};
  }

  static std::string in_words(const trace::ClientEvent& report) {
    return fmt::format("`close` {}, {}", report.code, report.clean ? "clean" : "not clean");
  }
};

std::string doubled(const Evidence& evidence) {
  Doubled walk;
  for (const trace::Event& event : evidence.trace.events) {
    walk.take(event);
    if (!walk.found.empty()) break;
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
std::string untold(const Evidence& evidence) {
  std::size_t opened = 0;
  std::size_t ended = 0;
  for (const AttemptView& attempt : evidence.attempts) {
    if (!attempt.opened) continue;
    ++opened;
    ended += attempt.ended && *attempt.ended + reports_within < evidence.run_end ? 1 : 0;
  }
  const std::size_t opens = std::min(opened, reports_of(evidence, trace::Report::open));
  const std::size_t closes = reports_of(evidence, trace::Report::close);
  if (closes + opened >= opens + ended) return "";
  return fmt::format("{} opened and {} of them ended, and it reported {}",
                     count_of(opened, "connection"), ended, count_of(closes, "`close`"));
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
  std::string seen = doubled(evidence);
  if (seen.empty() && !has_exited(evidence)) seen = untold(evidence);
  if (seen.empty()) return;
  fail(evidence, verdict,
       {"invariant one-close", 0, "one `close` reported for each connection that ended", seen});
}

}  // namespace halfopen::judge
