// The last connection must live for `settle`, as far as that is up to the client.
#include <algorithm>
#include <array>
#include <utility>

#include "judge/checks.h"
#include "judge/last_error.h"
#include "judge/struck.h"
#include "scenario/story.h"

namespace halfopen::judge {
namespace {

// A client may say after it has hung up why it did.
constexpr Duration time_to_say = std::chrono::seconds(1);

// Whether the client was told something that may well end a connection: to leave, to be stopped, or
// what only it knows.
bool may_end(const trace::Told& told) {
  constexpr std::array<std::string_view, 5> harmless{"send", "subscribe", "token", "connect", ""};
  return std::ranges::find(harmless, told.action) == harmless.end();
}

// From then on a delay may starve a heartbeat, or a wait for an answer.
constexpr Duration long_delay = std::chrono::seconds(1);

// Without what TCP makes good.
link::Settings without_delays(link::Settings settings) {
  settings.delay = settings.jitter = {};
  settings.distribution = {};
  settings.jitter_reorders = false;
  settings.reorder = settings.duplicate = 0;
  return settings;
}

// Whether no connection breaks of those settings: they bring a little delay and disorder, and
// nothing else that was not there before.
bool is_harmless(const link::Settings& now, const link::Settings& before) {
  const link::Settings rest = without_delays(now);
  return now.delay + now.jitter < long_delay &&
         (rest == link::Settings{} || rest == without_delays(before));
}

// Whether new settings of the link may end a connection: those of the scenario that are called so.
bool may_end(const Evidence& evidence, const std::string& text) {
  const link::Link& first = evidence.scenario.link;
  for (const link::Change& change : scenario::changes(evidence.scenario))
    if (change.text == text &&
        (!change.middlebox || *change.middlebox == link::Middlebox{} ||
         *change.middlebox == first.middlebox) &&
        (!change.up || is_harmless(*change.up, first.up)) &&
        (!change.down || is_harmless(*change.down, first.down)))
      return false;
  return true;
}

// Whether it makes another link of it, of a kind that may end a connection.
bool may_end(const Evidence& evidence, const trace::LinkChanged& change, trace::LinkState& state) {
  if (change.kills_flows || (change.settings && may_end(evidence, change.text))) return true;
  return change.state != trace::LinkState::unchanged &&
         std::exchange(state, change.state) != change.state;
}

bool is_clients_end(const trace::Body& body) {
  const auto* frame = std::get_if<trace::Frame>(&body);
  return std::holds_alternative<trace::ClientLeft>(body) ||
         (frame != nullptr && frame->from == trace::Side::client &&
          frame->opcode == trace::Opcode::close);
}

// Whether the step that has passed asked the client for a Close.
bool asked_for_close(const Evidence& evidence, const trace::Event& event) {
  const auto* passed = std::get_if<trace::StepPassed>(&event.body);
  const scenario::Attempt* table = scenario::attempt_for(evidence.scenario, event.attempt);
  if (passed == nullptr || table == nullptr || passed->index < 0) return false;
  const auto index = static_cast<std::size_t>(passed->index);
  return index < table->steps.size() &&
         std::holds_alternative<scenario::ExpectCloseStep>(table->steps[index].body);
}

// Whether it is a fault of an open connection for which a client may rightly end it. What strikes
// there and is no step ends it: a link or a proxy that forgets it.
bool may_be_left(const trace::Event& event) {
  const auto* struck = std::get_if<trace::FaultStruck>(&event.body);
  if (struck == nullptr || struck->layer == trace::Layer::handshake) return false;
  const faults::Fault* fault = fault_of(*struck);
  return fault == nullptr || !faults::is_step(fault->layer) || faults::may_be_left_for(*fault);
}

// Whether the handshake was answered in a way that leaves it to the client to take it.
bool may_be_refused(const trace::Event& event) {
  const auto* struck = std::get_if<trace::FaultStruck>(&event.body);
  if (struck == nullptr || struck->layer != trace::Layer::handshake) return false;
  const faults::Fault* fault = fault_of(*struck);
  return fault == nullptr || faults::may_be_left_for(*fault);
}

// What the scenario does to that connection that may end it.
bool is_scenarios_hand(const trace::Event& event) {
  const auto* frame = std::get_if<trace::Frame>(&event.body);
  return may_be_left(event) || std::holds_alternative<trace::StepFailed>(event.body) ||
         std::holds_alternative<trace::Violation>(event.body) ||
         (frame != nullptr && frame->from == trace::Side::server &&
          frame->opcode == trace::Opcode::close);
}

// Whether the scenario had a hand in what became of that connection: a fault, a Close, a change of
// the link, or something that the client was told.
bool scenario_ended(const Evidence& evidence, const AttemptView& attempt, Duration until) {
  trace::LinkState link = trace::LinkState::up;
  bool clients_end = false;
  for (const trace::Event& event : evidence.trace.events) {
    const bool its_own = event.attempt == attempt.number;
    const auto* change = std::get_if<trace::LinkChanged>(&event.body);
    const bool other_link = change != nullptr && may_end(evidence, *change, link);
    if (its_own && (asked_for_close(evidence, event) || may_be_refused(event))) return true;
    if (event.at < *attempt.opened || event.at > until || clients_end) continue;
    clients_end = its_own && is_clients_end(event.body);
    if (clients_end) continue;
    const auto* told = std::get_if<trace::Told>(&event.body);
    if (other_link || (told != nullptr && may_end(*told)) || (its_own && is_scenarios_hand(event)))
      return true;
  }
  return false;
}

// When the client began to end it by itself.
std::optional<Duration> ended_by_client(const AttemptView& attempt) {
  std::optional<Duration> first = attempt.closing;
  if (attempt.left && (!first || *attempt.left < *first)) first = attempt.left;
  if (!first || !attempt.end_visible) return first;
  // At the same moment he was first who is said to have begun.
  const bool others = *attempt.end_visible == *first && attempt.end_by != trace::By::client;
  return *attempt.end_visible < *first || others ? std::nullopt : first;
}

// When a connection that the client did not end was over, or the run was.
Duration end_of(const Evidence& evidence, const AttemptView& attempt) {
  Duration end = evidence.run_end;
  for (const auto& sign : {attempt.ended, attempt.over})
    if (sign) end = std::min(end, *sign);
  return end;
}

// The connection that was to live for `settle`: the last one that opened. Where the time was up
// before that had lived so long, the one before it tells what the client does.
const AttemptView* to_live(const Evidence& evidence) {
  const auto opened = [](const AttemptView& attempt) { return attempt.opened.has_value(); };
  const auto end = evidence.attempts.rend();
  const auto last = std::find_if(evidence.attempts.rbegin(), end, opened);
  if (last == end) return nullptr;
  if (evidence.over_why != trace::Ended::time || ended_by_client(*last) ||
      evidence.run_end - *last->opened >= evidence.expect().settle)
    return &*last;
  const auto before = std::find_if(last + 1, end, opened);
  return before == end ? &*last : &*before;
}

// Where it is asked to close, it may.
bool may_close(const Evidence& evidence, const AttemptView& attempt) {
  const scenario::Expect& expect = evidence.expect();
  if (expect.exit_code || (expect.gives_up && expect.gives_up->value)) return true;
  if (!expect.closes_with || !attempt.closing) return false;
  return expect.closes_with->value.attempt.value_or(attempt.number) == attempt.number;
}

}  // namespace

void check_settle(const Evidence& evidence, Verdict& verdict) {
  const scenario::Expect& expect = evidence.expect();
  const AttemptView* attempt = to_live(evidence);
  if (attempt == nullptr || may_close(evidence, *attempt)) return;
  const auto ended = ended_by_client(*attempt);
  const Duration lived = ended.value_or(end_of(evidence, *attempt)) - *attempt->opened;
  const Measure measure = measured(DurationRange{expect.settle, forever}, lived);
  if (lived >= expect.settle) return hold(verdict, {Kind::settle}, 0, measure, attempt->number);
  if (!ended || scenario_ended(evidence, *attempt, *ended)) return;
  Failure failure{{Kind::settle},
                  0,
                  wanted::Settling{expect.settle},
                  seen::EarlyEnd{attempt->number, *ended, lived,
                                 last_said_error(evidence, *ended + time_to_say)},
                  attempt->number};
  failure.measure = measure;
  fail(evidence, verdict, std::move(failure));
}

}  // namespace halfopen::judge
