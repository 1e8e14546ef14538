#include "run/subject.h"

#include <algorithm>
#include <utility>

#include "run/noted.h"

namespace halfopen::run {
namespace {

/// Connections that are looked at in one turn because their time has come, and what they may do
/// together, in bytes gone through.
constexpr std::size_t most_in_a_turn = 128;
constexpr std::size_t most_work = std::size_t{2} * 1024 * 1024;

link::Unreachable reason_of(const std::string& word) {
  if (word == "net") return link::Unreachable::net;
  if (word == "port") return link::Unreachable::port;
  if (word == "prohibited") return link::Unreachable::prohibited;
  return link::Unreachable::host;
}

}  // namespace

Subject::Subject(const Context& context, Host& host, int number)
    : context_(context),
      host_(host),
      number_(number),
      attempts_(context, number),
      look_ups_(context, host, attempts_),
      admission_(context, host, attempts_, *this),
      reports_(context, number),
      awaited_(context, attempts_) {}

// ── attempts ─────────────────────────────────────────────────────────────────────────────────

Begun Subject::begin_attempt(Time now, const std::string& peer,
                             const std::optional<link::Address>& server) {
  const bool goes_on = attempts_.awaits_syn();
  if (!goes_on && attempts() >= trace::most_attempts) {
    context_.recorder.leave_out(now, trace::Noise::attempts, number_);
    return {.port = trace::Port::filtered};
  }
  Attempt next = goes_on ? Attempt{} : attempts_.next();
  Attempt& attempt = goes_on ? attempts_.newest() : next;
  const bool vanishes = server && host_.is_nowhere(*server);
  if (server && !vanishes) attempt.port = host_.port_at(*server, attempt.resolution, attempt.port);
  const bool refused = !vanishes && attempt.port == trace::Port::open && admission_.refuses(now);
  if (refused) attempt.port = trace::Port::closed;
  attempt.awaits_syn = vanishes;
  Begun begun{.port = attempt.port,
              .why = reason_of(attempt.received.unreachable),
              .unanswered = refused ? 0 : attempt.received.unanswered,
              .vanishes = vanishes};
  if (!goes_on) attempts_.add(now, peer, std::move(next), false);
  begun.attempt = attempts();
  attempts_.touch(begun.attempt);
  if (refused) admission_.turn_away(now, begun.attempt);
  if (begun.unanswered > 0) {
    const scenario::Attempt& table = *attempts_.newest().table;
    context_.recorder.add(now, noted(*table.port->fault), begun.attempt, table.place.line);
  }
  return begun;
}

void Subject::went_past_proxy(Time now, const std::string& peer) {
  if (++past_proxy_ > trace::most_attempts)
    return context_.recorder.leave_out(now, trace::Noise::attempts, number_);
  context_.recorder.add(
      now,
      trace::Violation{"uses-proxy", "went past the proxy, straight to " + host_.authority() +
                                         " (from " + peer + ")"},
      0, 0, number_);
}

void Subject::received(Time now, int number, ByteView bytes) {
  Attempt* attempt = attempts_.find(number);
  if (attempt == nullptr || !attempt->connection) return;
  attempt->connection->received(now, bytes);
  attempts_.touch(number);
}

void Subject::peer_finished(Time now, int number, By by) {
  Attempt* attempt = attempts_.find(number);
  if (attempt == nullptr || !attempt->connection) return;
  attempt->connection->peer_finished(now, by);
  attempts_.touch(number);
}

void Subject::peer_reset(Time now, int number, By by) {
  Attempt* attempt = attempts_.find(number);
  if (attempt == nullptr || !attempt->connection) return;
  attempt->connection->peer_reset(now, by);
  attempts_.touch(number);
}

void Subject::end_visible(Time now, int number, const trace::EndVisible& end) {
  Attempt* attempt = attempts_.find(number);
  if (attempt == nullptr) return;
  // A look-up that fails has failed with its last answer.
  const bool again = end.how == trace::End::unresolved && attempt->end_seen == end.how;
  if (attempt->end_seen && !again) return;
  attempt->end_seen = end.how;
  if (attempt->connection) attempt->connection->end_seen(now);
  attempts_.touch(number);
  context_.recorder.add(now, end, number);
}

void Subject::link_struck(Time now, int number, const trace::FaultStruck& fault) {
  Attempt* attempt = attempts_.find(number);
  if (attempt == nullptr) return;
  if (fault.silent) attempt->silenced = true;
  context_.recorder.add(now, fault, number);
}

void Subject::client_left(Time now, int number, trace::End how) {
  Attempt* attempt = attempts_.find(number);
  if (attempt == nullptr || std::exchange(attempt->left, true)) return;
  attempts_.touch(number);
  context_.recorder.add(now, trace::ClientLeft{how}, number);
}

// ── look-ups ─────────────────────────────────────────────────────────────────────────────────

ResolverReply Subject::name_asked(Time now, const std::string& peer, dns::Transport transport,
                                  ByteView message) {
  return look_ups_.asked(now, peer, transport, message);
}

void Subject::name_answered(Time now, const ResolverReply& reply) {
  if (reply.attempt == 0 || context_.outside.is_cut_off()) return;
  if (reply.end == ResolverReply::End::failed)
    end_visible(now, reply.attempt, {trace::End::unresolved, reply.code});
  if (reply.end == ResolverReply::End::silence)
    end_visible(now, reply.attempt, {trace::End::silence});
}

bool Subject::refuses_names_by_tcp(Time now) {
  const auto reply = look_ups_.refuses_tcp(now);
  if (reply) name_answered(now, *reply);
  return reply.has_value();
}

// ── the client itself ────────────────────────────────────────────────────────────────────────

void Subject::page_served(Time now) {
  context_.recorder.add(now, trace::PageServed{}, 0, 0, number_);
}

void Subject::reported(Time now, const trace::ClientEvent& event) {
  context_.recorder.add(now, event, attempts(), 0, number_);
  using trace::Report;
  const Report reported = event.reported;
  if (reported == Report::open && !attempts_.empty() && attempts_.newest().connection) {
    attempts_.newest().connection->client_opened(now);
    attempts_.touch(attempts());
  }
  // Where the newest is known to be dead, so are those before it.
  if (reported == Report::close && !attempts_.empty() && !attempts_.newest().reported_dead)
    for (const int number : attempts_.live()) attempts_.at(number).reported_dead = true;
  if (reported == Report::close || reported == Report::error || reported == Report::gave_up)
    look_ups_.close();
  reports_.reported(now, attempts(), event);
}

void Subject::exited(Time now, const trace::ClientExited& exit) {
  context_.recorder.add(now, exit, 0, 0, number_);
  exited_at_ = now;
}

// ── time ─────────────────────────────────────────────────────────────────────────────────────

void Subject::halfopen_was_late(Duration by, bool gives_back) {
  if (gives_back)
    for (auto* since : {&settling_since_, &step_failed_at_, &broken_at_})
      if (*since) **since += by;
  if (exited_at_) *exited_at_ += by;  // what it sent last still waits to be read
  for (const int number : attempts_.live())
    if (const auto& connection = attempts_.at(number).connection) connection->halfopen_was_late(by);
  attempts_.touch_all();
  attempts_.take_stock();
}

/// What is due beyond one turn's work stays due: its deadline is past, and it comes first then.
void Subject::tick(Time now) {
  attempts_.bury(most_in_a_turn);
  std::size_t work = 0;
  std::vector<int> numbers = attempts_.due(now, most_in_a_turn);
  std::ranges::sort(numbers);
  for (const int number : numbers) {
    const auto& connection = attempts_.at(number).connection;
    if (!connection || work >= most_work) continue;
    const auto deadline = connection->deadline();  // what others did may have changed it
    if (deadline && *deadline <= now) connection->tick(now);
    work += connection->work();
    attempts_.touch(number);
  }
}

std::optional<Time> Subject::deadline() const {
  const std::optional<Time> place = host_.capacity().deadline();
  const std::optional<Time> connection = attempts_.deadline();
  return place && connection ? std::min(*place, *connection) : place ? place : connection;
}

void Subject::settle(Time now) {
  awaited_.follow_trace();
  attempts_.take_stock();
  awaited_.note_silence();
  admission_.settle(now);
  attempts_.take_stock();
  note_over(now);
  note_memory();
  note_settling(now);
  note_broken(now);
}

void Subject::note_over(Time now) {
  for (const int number : attempts_.touched()) {
    Attempt& attempt = attempts_.at(number);
    if (attempt.connection && attempt.connection->step_failed() && !step_failed_at_)
      step_failed_at_ = now;
    if (!attempt.over() || std::exchange(attempt.over_written, true)) continue;
    context_.recorder.add(now, trace::AttemptOver{}, number);
  }
}

/// Where the scenario speaks of the client's memory: what it has when its first connection opens.
void Subject::note_memory() {
  if (!context_.scenario.expect.memory || memory_noted_) return;
  memory_noted_ = attempts_.opens() > 0;
  if (memory_noted_) context_.outside.note_memory();
}

void Subject::note_settling(Time now) {
  const Connection* newest =
      attempts_.empty() ? nullptr : attempts_.at(attempts_.newest_kept()).connection.get();
  if (newest == nullptr || !newest->alive() || !newest->steps_done())
    settling_since_.reset();
  else if (!settling_since_)
    settling_since_ = now;
}

void Subject::note_broken(Time now) {
  const scenario::Expect& expect = context_.scenario.expect;
  if (broken_at_) return;
  // More attempts are more gaps, where those are judged together.
  const bool counts_gaps = expect.growing || expect.curve;
  if ((expect.attempts && !counts_gaps && attempts() > expect.attempts->value.hi) ||
      (expect.opens && attempts_.opens() > expect.opens->value.hi) || reports_.exceeds())
    broken_at_ = now;
}

// ── the end ──────────────────────────────────────────────────────────────────────────────────

/// An attempt has fallen silent, and the client has yet to notice.
bool Subject::waits_for_detection(int number) const {
  const Attempt& attempt = attempts_.at(number);
  if (!attempt.is_silenced() && !awaited_.is_cut_off(attempt)) return false;
  // Behind data that nobody acknowledges its FIN may never be sent. A client's own report tells
  // as well that it has given up, and so does a new attempt.
  const bool superseded = number < attempts_.newest_kept();
  if (!attempt.left && !attempt.reported_dead && !superseded) return true;
  // What has fallen silent is lost, whatever the client has said: the next one must open.
  return !superseded && context_.scenario.expect.recovers;
}

void Subject::add_to(Progress& progress, int last_asked_for) const {
  progress.attempts = attempts();
  progress.opens = attempts_.opens();
  progress.lacks_offer = attempts_.lacks_offer();
  progress.settling_since = settling_since_;
  progress.step_failed_at = step_failed_at_;
  progress.broken_at = broken_at_ ? broken_at_ : reports_.due();
  progress.awaits_client = reports_.awaits_client() || awaited_.anything();
  progress.client_exited_at = exited_at_;
  progress.client_has_until = awaited_.report_awaited_until(last_asked_for);
  if (const int silenced = awaited_.first_silenced(); silenced > last_asked_for)
    progress.waits_for_detection = waits_for_detection(silenced);
  for (const int number : attempts_.live()) {
    if (number > last_asked_for) break;
    if (waits_for_detection(number)) progress.waits_for_detection = true;
    const Attempt& attempt = attempts_.at(number);
    if (number < attempts() && attempt.connection && attempt.connection->expects())
      progress.expects_earlier = true;
    if (attempt.to_be_failed_by && !attempt.over())
      progress.client_has_until =
          std::max(progress.client_has_until.value_or(Time{}), *attempt.to_be_failed_by);
  }
}

void Subject::finish(Time now) {
  for (int number = 1; number <= attempts(); ++number) {
    Connection* connection = attempts_.at(number).connection.get();
    if (connection == nullptr) continue;
    connection->flush_log(now);
    if (connection->reads_slowly()) context_.outside.note_waiting(number);
  }
}

}  // namespace halfopen::run
