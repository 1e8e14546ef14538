// Reads the attempts off a trace: first what happened in each, then the gaps between them.
#include "judge/timeline.h"

#include <algorithm>
#include <map>

#include "trace/frozen.h"

namespace halfopen::judge {
namespace {

using namespace trace;

// Collects, event by event. Every event type is named, so that a new one is not forgotten.
struct Collector {
  std::vector<AttemptView> attempts;
  std::map<int, std::size_t> index;
  std::vector<bool> silenced_by_link;
  std::vector<Duration> closes;             // Reported by the client …
  std::vector<Duration> closes_and_errors;  // … together with what went wrong.
  std::optional<Duration> exited;
  LinkHistory link;
  bool packets = true;  // Not relayed: client and server are at the ends of one TCP connection.
  const Event* event = nullptr;

  AttemptView* current() {
    const auto found = index.find(event->attempt);
    return found == index.end() ? nullptr : &attempts[found->second];
  }
  void sign() {
    if (AttemptView* view = current()) view->last_sign = std::max(view->last_sign, event->at);
  }
  // The client has given up what fell silent: it said so, or it has begun anew. Its FIN may come
  // only when the link is back.
  bool given_up_since(std::size_t i, Duration since) const {
    return (i + 1 < attempts.size() && attempts.back().began >= since) ||
           std::ranges::any_of(ends_of(attempts[i]),
                               [&](Duration report) { return report >= since; });
  }
  // What may report its end. An error is no end of an open connection: anything may have gone
  // wrong. It may be all that is said of an attempt that never opened.
  const std::vector<Duration>& ends_of(const AttemptView& view) const {
    return view.opened ? closes : closes_and_errors;
  }
  void first(std::optional<Duration> AttemptView::*moment) {
    if (AttemptView* view = current(); view && !(view->*moment)) view->*moment = event->at;
  }

  void operator()(const AttemptBegins& begins) {
    if (!index.emplace(event->attempt, attempts.size()).second) return;
    AttemptView view;
    view.number = event->attempt;
    view.began = view.last_sign = event->at;
    view.peer = begins.peer;
    view.port = begins.port;
    if (begins.port == Port::filtered) view.silent_since = event->at;
    attempts.push_back(std::move(view));
    silenced_by_link.push_back(false);
  }
  void operator()(const Packet& packet) {
    if (packet.from != Side::client) return;
    AttemptView* view = current();
    // The kernel resets what comes for a socket that is gone: the client has no part in that.
    if (view == nullptr || view->accepted || packet.kind != Control::rst) sign();
    if (view && packet.kind == Control::syn) ++view->syns;
  }
  void operator()(const Accepted&) {
    if (AttemptView* view = current()) view->accepted = true;
  }
  void operator()(const Answer& answer) {
    if (AttemptView* view = current(); view && answer.status != 0) view->status = answer.status;
  }
  void operator()(const Opened&) { first(&AttemptView::opened); }
  void operator()(const Request&) { sign(); }
  void operator()(const Frame& frame) {
    if (frame.from != Side::client) return;
    sign();
    if (frame.opcode == Opcode::close) first(&AttemptView::closing);
  }
  void operator()(const FaultStruck& fault) {
    AttemptView* view = current();
    if (!view) return;
    view->faults.push_back(fault.name);
    if (!fault.silent) return;
    first(&AttemptView::silent_since);
    silenced_by_link[index.at(event->attempt)] = false;  // the link's return does not heal this
  }
  void operator()(const EndVisible& end) {
    AttemptView* view = current();
    // A look-up that fails has failed with its last answer.
    const bool again = view && view->end_visible && view->end == End::unresolved;
    if (!view || (view->end_visible && !(again && end.how == End::unresolved))) return;
    if (end.how == End::silence) return first(&AttemptView::silent_since);
    view->end_visible = event->at;
    view->end = end.how;
    view->end_code = end.code;
    view->end_by = end.by;
  }
  void operator()(const ClientLeft& left) {
    AttemptView* view = current();
    if (view && !view->left)
      view->given_up_unseen = packets && left.how == End::reset && !view->accepted;
    first(&AttemptView::left);
  }
  void operator()(const AttemptOver&) { first(&AttemptView::over); }
  void operator()(const LinkChanged& change) {
    const LinkHistory::Turn turn = link.take(change);
    const bool cut = turn == LinkHistory::Turn::cut;
    const bool restored = turn == LinkHistory::Turn::restored;
    const bool killed = change.kills_flows;
    for (std::size_t i = 0; i < attempts.size() && (cut || restored || killed); ++i) {
      AttemptView& view = attempts[i];
      const bool lives = !view.end_visible && !view.left && !view.over;
      if (killed && lives) {
        if (!view.silent_since) view.silent_since = event->at;
        silenced_by_link[i] = false;
      }
      if (cut && lives && !view.silent_since) {
        view.silent_since = event->at;
        silenced_by_link[i] = true;
      } else if (restored && lives && silenced_by_link[i] &&
                 !given_up_since(i, *view.silent_since)) {
        view.silent_since.reset();
        silenced_by_link[i] = false;
      }
    }
  }
  void operator()(const ClientEvent& report) {
    const bool close = report.reported == Report::close;
    if (close || report.reported == Report::error) closes_and_errors.push_back(event->at);
    if (close) closes.push_back(event->at);
  }
  void operator()(const ClientExited& exit) {
    if (!exited && !exit.by_us) exited = event->at;
  }
  void operator()(const NameAsked&) { sign(); }
  void operator()(const ProxyAsked&) { sign(); }
  void operator()(const ProxyAnswered&) {}
  void operator()(const FaultSpared&) {}
  void operator()(const Window&) {}
  void operator()(const Waiting&) {}
  void operator()(const ClientMemory&) {}
  void operator()(const MessageMatched&) {}
  void operator()(const DataLost&) {}
  void operator()(const TlsOpened&) {}
  void operator()(const TlsFailed&) {}
  void operator()(const FramesOmitted&) {}
  void operator()(const EventsOmitted&) {}
  void operator()(const Violation&) {}
  void operator()(const StepBegins&) {}
  void operator()(const StepPassed&) {}
  void operator()(const StepFailed&) {}
  void operator()(const Told&) {}
  void operator()(const LinkSummary&) {}
  void operator()(const Lag&) {}
  void operator()(const Unreliable&) {}
  void operator()(const ClientStarted&) {}
  void operator()(const PageServed&) {}
  void operator()(const ClientLog&) {}
  void operator()(const Unsupported&) {}
  void operator()(const Broken&) {}
  void operator()(const Over&) {}
};

void earliest(std::optional<Duration>& moment, std::optional<Duration> other) {
  if (other && (!moment || *other < *moment)) moment = other;
}

// An attempt that nothing answers ends, for the client, when the client says so.
std::optional<Duration> reported_end(const AttemptView& view, const std::vector<Duration>& reports,
                                     Duration until) {
  const Duration from = view.silent_since ? *view.silent_since : view.began;
  const auto found = std::upper_bound(reports.begin(), reports.end(), from);
  if (found == reports.end() || *found > until) return std::nullopt;
  return *found;
}

// A client that gives an attempt up by itself says so at once, and its FIN may have to wait behind
// data that was lost.
std::optional<Duration> given_up(const AttemptView& view, const std::vector<Duration>& closes,
                                 Duration until) {
  if (!view.left || (view.end_visible && *view.end_visible <= *view.left)) return std::nullopt;
  const auto found = std::upper_bound(closes.begin(), closes.end(), view.began);
  if (found == closes.end() || *found > std::min(*view.left, until)) return std::nullopt;
  return *found;
}

void find_end(AttemptView& view, const Collector& all, Duration next_began) {
  view.ended = view.end_visible;
  if (!view.given_up_unseen) earliest(view.ended, view.left);
  earliest(view.ended, given_up(view, all.closes, next_began));
  const bool answered = view.accepted || view.opened || view.status;
  if (view.silent_since || (!view.ended && !answered))
    earliest(view.ended, reported_end(view, all.ends_of(view), next_began));
  if (!view.ended && answered) view.ended = view.over;
  if (!view.ended && all.exited && *all.exited <= next_began) {
    view.ended = all.exited;
    view.ended_by_exit = true;
  }
}

// A client that is stopped sees an end only when it goes on; and one that is stopped behind it does
// not try again before that.
void find_gap(AttemptView& view, const trace::Frozen& frozen, Duration next_began) {
  if (view.ended && *view.ended <= next_began) {
    const Duration seen = std::min(frozen.runs_from(*view.ended), next_began);
    view.gap_to_next = next_began - seen;
    view.gap_at_most = view.gap_frozen = frozen.between(seen, next_began) > Duration::zero();
  } else if (view.silent_since && view.accepted) {
    view.gap_to_next = std::max(next_began - *view.silent_since, Duration::zero());
    view.gap_at_most = true;
  } else if (!view.ended && !view.accepted) {
    view.gap_to_next = std::max(next_began - view.last_sign, Duration::zero());
    view.gap_at_most = true;
  } else {
    view.gap_to_next = Duration::zero();
    view.overlapped = !view.ended || *view.ended - next_began > simultaneous;
  }
}

}  // namespace

std::vector<AttemptView> timeline(const Trace& trace) {
  Collector all;
  all.packets = trace.header.link != "stream";
  for (const Event& event : trace.events) {
    all.event = &event;
    std::visit(all, event.body);
  }
  const Frozen frozen(trace);
  std::ranges::sort(all.closes_and_errors);
  std::ranges::sort(all.closes);
  for (std::size_t i = 0; i < all.attempts.size(); ++i) {
    const bool last = i + 1 == all.attempts.size();
    const Duration next_began = last ? forever : all.attempts[i + 1].began;
    find_end(all.attempts[i], all, next_began);
    if (!last) find_gap(all.attempts[i], frozen, next_began);
  }
  return std::move(all.attempts);
}

Ending ending_of(const AttemptView& attempt) {
  using How = Ending::How;
  const int number = attempt.number;
  const bool unknown = attempt.gap_at_most && !attempt.gap_frozen;
  if (unknown && attempt.accepted) return {number, How::silence, *attempt.silent_since};
  if (unknown) return {number, How::last_sign, attempt.last_sign};
  if (!attempt.ended && attempt.given_up_unseen) return {number, How::last_sign, attempt.last_sign};
  if (!attempt.ended) return {number};
  const Duration at = *attempt.ended;
  if (attempt.ended_by_exit) return {number, How::exited, at};
  if (attempt.ended == attempt.end_visible)
    return {number, How::visible, at, {attempt.end, attempt.end_code, attempt.end_by}};
  if (attempt.ended == attempt.left) return {number, How::left, at};
  return {number, attempt.ended == attempt.over ? How::over : How::said, at};
}

std::optional<trace::By> ender_of(const Ending& ending) {
  switch (ending.how) {
    case Ending::How::visible:
      return ending.end.by;
    case Ending::How::left:
    case Ending::How::said:
    case Ending::How::exited:
      return trace::By::client;
    case Ending::How::none:
    case Ending::How::over:
    case Ending::How::silence:
    case Ending::How::last_sign:
      return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace halfopen::judge
