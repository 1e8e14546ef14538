#include "run/session.h"

#include <algorithm>
#include <utility>

#include "run/noted.h"
#include "scenario/match.h"
#include "scenario/story.h"
#include "trace/described.h"

namespace halfopen::run {
namespace {

/// A browser on a busy machine takes its time to come up.
constexpr Duration browser_start = std::chrono::seconds(60);

trace::Port port_of(faults::Reception::Answer answer) {
  using Answer = faults::Reception::Answer;
  switch (answer) {
    case Answer::accept:
      return trace::Port::open;
    case Answer::reset:
      return trace::Port::closed;
    case Answer::silence:
      return trace::Port::filtered;
    case Answer::unreachable:
      return trace::Port::unreachable;
  }
  return trace::Port::open;
}

link::Unreachable reason_of(const std::string& word) {
  if (word == "net") return link::Unreachable::net;
  if (word == "port") return link::Unreachable::port;
  if (word == "prohibited") return link::Unreachable::prohibited;
  return link::Unreachable::host;
}

}  // namespace

Session::Session(const Context& context, Time start)
    : context_(context),
      resolver_(context_.scenario.server, context_.places),
      ending_(context_.scenario, start,
              context_.client_fetches_page ? browser_start : Duration::zero()),
      changes_(context_, start),
      limit_(context_.scenario.server.connections) {}

Session::~Session() = default;

Session::Attempt* Session::find(int number) {
  return number < 1 || number > attempts() ? nullptr : &at(number);
}

const Session::Attempt& Session::at(int number) const {
  return attempts_[static_cast<std::size_t>(number) - 1];
}

Session::Attempt& Session::at(int number) {
  return attempts_[static_cast<std::size_t>(number) - 1];
}

// ── the network ──────────────────────────────────────────────────────────────────────────────

/// The next attempt, as its table has it.
Session::Attempt Session::next_attempt() const {
  Attempt attempt;
  const int number = attempts() + 1;
  attempt.table = scenario::attempt_for(context_.scenario, number);
  if (attempt.table != nullptr && scenario::has_coins(*attempt.table)) {
    const std::uint64_t seed = context_.recorder.trace().header.seed;
    attempt.thrown = std::make_shared<const scenario::Thrown>(
        scenario::throw_coins(*attempt.table, {seed, context_.scenario.name, number}));
    attempt.table = &attempt.thrown->attempt;
  }
  attempt.resolution = scenario::resolution_of(attempt.table);
  if (attempt.table != nullptr) attempt.received = scenario::reception(*attempt.table);
  attempt.port = port_of(attempt.received.answer);
  return attempt;
}

void Session::add_attempt(Time now, const std::string& peer, Attempt attempt, bool look_up) {
  attempts_.push_back(std::move(attempt));
  live_.push_back(attempts());
  const Attempt& added = attempts_.back();
  const int line = added.table == nullptr ? 0 : added.table->place.line;
  context_.recorder.add(now, trace::AttemptBegins{peer, added.port, look_up}, attempts(), line);
  if (!added.thrown) return;
  for (const std::string& name : added.thrown->spared)
    context_.recorder.add(now, trace::FaultSpared{name}, attempts(), line);
}

Session::Begun Session::begin_attempt(Time now, const std::string& peer,
                                      const std::optional<link::Address>& server) {
  const bool goes_on = awaits_syn();
  if (!goes_on && attempts() >= trace::most_attempts) {
    context_.recorder.leave_out(now, trace::Noise::attempts);
    return {.port = trace::Port::filtered};
  }
  Attempt next = goes_on ? Attempt{} : next_attempt();
  Attempt& attempt = goes_on ? attempts_.back() : next;
  const bool vanishes = server && *server == context_.places.nowhere6;
  if (server && !vanishes) attempt.port = port_at(*server, attempt);
  free_places(now);
  const bool refused =
      !vanishes && attempt.port == trace::Port::open && limit_.is(Limit::Then::refuse) && is_full();
  if (refused) attempt.port = trace::Port::closed;
  attempt.awaits_syn = vanishes;
  Begun begun{.port = attempt.port,
              .why = reason_of(attempt.received.unreachable),
              .unanswered = refused ? 0 : attempt.received.unanswered,
              .vanishes = vanishes};
  if (!goes_on) add_attempt(now, peer, std::move(next), false);
  begun.attempt = attempts();
  if (refused) turn_away(now, begun.attempt);
  if (begun.unanswered > 0) fault_struck(now, begun.attempt, *attempts_.back().table->port);
  after(now);
  return begun;
}

void Session::fault_struck(Time now, int number, const faults::Use& use) {
  context_.recorder.add(now, noted(*use.fault), number, find(number)->table->place.line);
}

void Session::went_past_proxy(Time now, const std::string& peer) {
  if (++past_proxy_ > trace::most_attempts)
    return context_.recorder.leave_out(now, trace::Noise::attempts);
  context_.recorder.add(
      now, trace::Violation{"uses-proxy", "went past the proxy, straight to " + context_.authority +
                                              " (from " + peer + ")"});
  after(now);
}

/// The Sec-WebSocket-Key of the latest attempt before that one; "" if none has sent one.
std::string Session::key_before(int number) {
  for (int earlier = number - 1; earlier > 0; --earlier) {
    const Attempt& attempt = at(earlier);
    const std::string& key = attempt.connection ? attempt.connection->key() : attempt.key;
    if (!key.empty()) return key;
  }
  return "";
}

void Session::received(Time now, int number, ByteView bytes) {
  Attempt* attempt = find(number);
  if (attempt == nullptr || !attempt->connection) return;
  attempt->connection->received(now, bytes);
  after(now);
}

void Session::peer_finished(Time now, int number, By by) {
  Attempt* attempt = find(number);
  if (attempt == nullptr || !attempt->connection) return;
  attempt->connection->peer_finished(now, by);
  after(now);
}

void Session::peer_reset(Time now, int number, By by) {
  Attempt* attempt = find(number);
  if (attempt == nullptr || !attempt->connection) return;
  attempt->connection->peer_reset(now, by);
  after(now);
}

void Session::end_visible(Time now, int number, const trace::EndVisible& end) {
  Attempt* attempt = find(number);
  if (attempt == nullptr) return;
  // A look-up that fails has failed with its last answer.
  const bool again = end.how == trace::End::unresolved && attempt->end_seen == end.how;
  if (attempt->end_seen && !again) return;
  attempt->end_seen = end.how;
  context_.recorder.add(now, end, number);
  after(now);
}

void Session::link_struck(Time now, int number, const trace::FaultStruck& fault) {
  Attempt* attempt = find(number);
  if (attempt == nullptr) return;
  if (fault.silent) attempt->silenced = true;
  context_.recorder.add(now, fault, number);
  after(now);
}

void Session::client_left(Time now, int number, trace::End how) {
  Attempt* attempt = find(number);
  if (attempt == nullptr || std::exchange(attempt->left, true)) return;
  context_.recorder.add(now, trace::ClientLeft{how}, number);
  after(now);
}

// ── the client ───────────────────────────────────────────────────────────────────────────────

void Session::page_served(Time now) {
  context_.recorder.add(now, trace::PageServed{});
  if (!std::exchange(page_served_, true) && attempts_.empty()) {
    changes_.start_at(now);
    ending_.start_at(now);
  }
  after(now);
}

void Session::client_event(Time now, const trace::ClientEvent& event) {
  context_.recorder.add(now, event, attempts());
  using trace::Report;
  const Report reported = event.reported;
  if (reported == Report::open && !attempts_.empty() && attempts_.back().connection)
    attempts_.back().connection->client_opened(now);
  if (reported == Report::close)
    for (const int number : live_) at(number).reported_dead = true;
  if (reported == Report::close || reported == Report::error || reported == Report::gave_up)
    look_up_.close();
  count_report(now, event);
  changes_.client_event(now, std::string(name_of(event)));
  after(now);
}

void Session::client_exited(Time now, const trace::ClientExited& exit) {
  context_.recorder.add(now, exit);
  client_exited_at_ = now;
  after(now);
}

// ── time ─────────────────────────────────────────────────────────────────────────────────────

/// Nothing of a time in which halfopen stood still was the client's.
void Session::give_back(Duration time) {
  ending_.give_back(time);
  changes_.give_back(time);
  for (auto* since : {&settling_since_, &step_failed_at_, &client_exited_at_})
    if (*since) **since += time;
}

void Session::halfopen_was_late(Time now, Duration by) {
  context_.recorder.add(now, trace::Lag{by});
  if (by >= stall)
    give_back(by);
  else if (client_exited_at_)
    *client_exited_at_ += by;  // what it sent last still waits to be read
  for (const int number : live_)
    if (const auto& connection = at(number).connection) connection->halfopen_was_late(by);
}

void Session::tick(Time now) {
  let_go_.clear();
  changes_.tick(now);
  for (const int number : std::vector(live_)) {  // what they do may begin or end others
    if (!at(number).connection) continue;
    const auto deadline = at(number).connection->deadline();
    if (deadline && *deadline <= now) at(number).connection->tick(now);
  }
  after(now);
}

Time Session::deadline() const {
  Time next = ending_.deadline(progress());
  if (const auto change = changes_.deadline()) next = std::min(next, *change);
  if (const auto place = next_free_place()) next = std::min(next, *place);
  for (const int number : live_)
    if (const auto& connection = at(number).connection)
      if (const auto deadline = connection->deadline()) next = std::min(next, *deadline);
  return next;
}

/// After every input: writes down which attempts are over, and asks whether the run is.
void Session::after(Time now) {
  if (over_) return;
  free_places(now);
  admit(now);
  note_over(now);
  note_memory();
  const bool settling = !attempts_.empty() && attempts_.back().connection &&
                        attempts_.back().connection->alive() &&
                        attempts_.back().connection->steps_done();
  if (!settling)
    settling_since_.reset();
  else if (!settling_since_)
    settling_since_ = now;
  over_ = ending_.over(progress(), now);
  let_go();
}

bool Session::may_change(int number) const {
  const Attempt& attempt = at(number);
  if (number == attempts() || !attempt.over_written) return true;
  if (!attempt.connection) return false;
  const bool has_place =
      context_.scenario.server.connections && !attempt.turned_away && !attempt.freed;
  return !attempt.connection->over() || attempt.connection->deadline() || has_place;
}

/// Attempts that are over, and have a successor.
void Session::let_go() {
  std::erase_if(live_, [this](int number) {
    if (may_change(number)) return false;
    Attempt& attempt = at(number);
    if (!attempt.connection) return true;
    if (attempt.connection->opened()) ++opens_let_go_;
    lacked_offer_ = lacked_offer_ || attempt.connection->lacks_offer();
    attempt.key = attempt.connection->key();
    let_go_.push_back(std::move(attempt.connection));
    return true;
  });
}

/// Where the scenario speaks of the client's memory: what it has when its first connection opens.
void Session::note_memory() {
  if (!context_.scenario.expect.memory || memory_noted_) return;
  memory_noted_ = opens_let_go_ > 0 || std::any_of(live_.begin(), live_.end(), [this](int number) {
                    return at(number).connection && at(number).connection->opened();
                  });
  if (memory_noted_) context_.outside.note_memory();
}

/// Whether an attempt that was never accepted has ended.
bool Session::came_to_nothing(const Attempt& attempt) {
  if (!attempt.end_seen) return false;
  return attempt.port != trace::Port::open || attempt.end_seen == trace::End::unresolved;
}

void Session::note_over(Time now) {
  for (const int number : live_) {
    Attempt& attempt = at(number);
    const Connection* connection = attempt.connection.get();
    if (connection != nullptr && connection->step_failed() && !step_failed_at_)
      step_failed_at_ = now;
    const bool done =
        connection != nullptr ? connection->over() || attempt.left : came_to_nothing(attempt);
    if (!done || std::exchange(attempt.over_written, true)) continue;
    context_.recorder.add(now, trace::AttemptOver{}, number);
  }
}

void Session::count_report(Time now, const trace::ClientEvent& event) {
  const auto& wanted = context_.scenario.expect.client_events;
  reports_seen_.resize(wanted.size());
  const scenario::Reported seen{name_of(event), event.text, event.code,
                                event.clean,    attempts(), now - context_.recorder.start()};
  for (std::size_t i = 0; i < wanted.size(); ++i)
    if (scenario::matches(wanted[i], seen)) ++reports_seen_[i];
  reports_ = true;
}

void Session::message_came(Time now, int number, ByteView payload) {
  const auto& wanted = context_.scenario.expect.messages;
  messages_seen_.resize(wanted.size());
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (wanted[i].attempt && *wanted[i].attempt != number) continue;
    if (!scenario::matches(wanted[i].match, payload)) continue;
    ++messages_seen_[i];
    context_.recorder.add(now, trace::MessageMatched{static_cast<int>(i)}, number);
  }
}

bool Session::awaits_client() const {
  const scenario::Expect& expect = context_.scenario.expect;
  const auto lacks = [](const auto& wanted, const std::vector<int>& seen) {
    for (std::size_t i = 0; i < wanted.size(); ++i)
      if ((i < seen.size() ? seen[i] : 0) < wanted[i].count.lo) return true;
    return false;
  };
  const bool reports = context_.client_reports || reports_;
  return lacks(expect.messages, messages_seen_) ||
         (reports && lacks(expect.client_events, reports_seen_));
}

Progress Session::progress() const {
  Progress progress;
  progress.attempts = attempts();
  progress.settling_since = settling_since_;
  progress.step_failed_at = step_failed_at_;
  progress.awaits_client = awaits_client();
  progress.client_exited_at = client_exited_at_;
  progress.at_to_come = changes_.deadline().has_value();
  progress.opens = opens_let_go_;
  progress.lacks_offer = lacked_offer_;
  for (const int number : live_) {
    const Attempt& attempt = at(number);
    if (attempt.connection && attempt.connection->opened()) ++progress.opens;
    if (attempt.connection && attempt.connection->lacks_offer()) progress.lacks_offer = true;
    // Behind data that nobody acknowledges its FIN may never be sent. A client's own report tells
    // as well that it has given up, and so does a new attempt.
    const bool superseded = number < attempts();
    const bool asked_for = number <= ending_.last_attempt();
    if (asked_for && superseded && attempt.connection && attempt.connection->expects())
      progress.expects_earlier = true;
    const bool given_up = attempt.left || attempt.reported_dead || superseded;
    const bool silenced =
        attempt.silenced || (attempt.connection && attempt.connection->has_silenced());
    if (!silenced || !asked_for) continue;
    if (!given_up) progress.waits_for_detection = true;
    // What has fallen silent is lost, whatever the client has said: the next one must open.
    if (!superseded && context_.scenario.expect.recovers) progress.waits_for_detection = true;
  }
  return progress;
}

void Session::finish(Time now) {
  for (int number = 1; number <= attempts(); ++number) {
    Connection* connection = find(number)->connection.get();
    if (connection == nullptr) continue;
    connection->flush_log(now);
    if (connection->reads_slowly()) context_.outside.note_waiting(number);
  }
}

}  // namespace halfopen::run
