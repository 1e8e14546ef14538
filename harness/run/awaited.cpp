#include "run/awaited.h"

#include <algorithm>

#include "base/pattern.h"
#include "faults/fault.h"
#include "link/way.h"

namespace halfopen::run {
namespace {

constexpr int switching_protocols = 101;

/// Whether the client must fail the connection for it (RFC 6455, section 7.1.7).
bool must_be_failed_for(const trace::FaultStruck& struck) {
  using trace::Layer;
  if (struck.layer != Layer::frame && struck.layer != Layer::close) return false;
  const auto layer = struck.layer == Layer::frame ? faults::Layer::frame : faults::Layer::close;
  const faults::Fault* fault = faults::find(layer, struck.name);
  return fault != nullptr && !fault->fails_with.empty();
}

}  // namespace

void Awaited::follow_trace() {
  const auto& events = context_.recorder.trace().events;
  for (; events_followed_ < events.size(); ++events_followed_) follow(events[events_followed_]);
}

void Awaited::follow(const trace::Event& event) {
  close_reports_.follow(event);
  const scenario::Expect& expect = context_.scenario.expect;
  const auto prints = [&](const std::string& line) {
    output_seen_ = output_seen_ || (expect.output && found_in(line, expect.output->value));
  };
  if (const auto* change = std::get_if<trace::LinkChanged>(&event.body)) follow(*change);
  if (const auto* log = std::get_if<trace::ClientLog>(&event.body)) prints(log->text);
  if (const auto* report = std::get_if<trace::ClientEvent>(&event.body)) prints(report->json);
  const auto* frame = std::get_if<trace::Frame>(&event.body);
  if (frame != nullptr && frame->from == trace::Side::client &&
      frame->opcode == trace::Opcode::close)
    client_closes(event.attempt);
  const auto* told = std::get_if<trace::Told>(&event.body);
  if (told != nullptr && told->action == "thaw") client_goes_on(event.at);
  const auto* struck = std::get_if<trace::FaultStruck>(&event.body);
  if (struck != nullptr && must_be_failed_for(*struck)) must_be_failed(event, "fails-bad-frame");
  const auto* answer = std::get_if<trace::Answer>(&event.body);
  if (answer != nullptr && answer->status == switching_protocols && !answer->valid)
    must_be_failed(event, "fails-bad-handshake");
}

void Awaited::client_closes(int number) {
  if (Attempt* attempt = attempts_.find(number)) attempt->to_be_failed_by.reset();
  const auto& wanted = context_.scenario.expect.closes_with;
  if (wanted && wanted->value.attempt.value_or(number) == number) close_seen_ = true;
}

void Awaited::follow(const trace::LinkChanged& change) {
  if (change.state != trace::LinkState::unchanged)
    link_is_cut_ = change.state != trace::LinkState::up;
  if (!change.kills_flows || !judges_silence()) return;
  for (const int number : attempts_.live()) {
    Attempt& attempt = attempts_.at(number);
    if (attempt.connection && attempt.connection->opened()) attempt.silenced = true;
  }
}

void Awaited::must_be_failed(const trace::Event& event, std::string_view invariant) {
  Attempt* attempt = attempts_.find(event.attempt);
  const bool waived = std::ranges::any_of(
      context_.scenario.expect.waive, [&](const auto& each) { return each.value == invariant; });
  if (attempt != nullptr && !waived)
    attempt->to_be_failed_by = context_.recorder.start() + event.at + time_to_fail() + after_all;
}

Duration Awaited::time_to_fail() const {
  return faults::time_to_fail + link::there_and_back(*context_.link);
}

void Awaited::client_goes_on(Duration at) {
  for (const int number : attempts_.live())
    if (auto& by = attempts_.at(number).to_be_failed_by)
      by = std::max(*by, context_.recorder.start() + at + time_to_fail() + after_all);
}

bool Awaited::anything() const {
  return (context_.scenario.expect.output && !output_seen_) || awaits_close();
}

bool Awaited::awaits_close() const {
  const auto& wanted = context_.scenario.expect.closes_with;
  if (!wanted || close_seen_) return false;
  if (!wanted->value.attempt || *wanted->value.attempt > attempts_.count()) return true;
  const auto& connection = attempts_.at(*wanted->value.attempt).connection;
  return connection && !connection->over();
}

bool Awaited::is_cut_off(const Attempt& attempt) const {
  return link_is_cut_ && judges_silence() && attempt.connection && attempt.connection->opened() &&
         !attempt.connection->over() && !attempt.end_seen;
}

void Awaited::note_silence() {
  if (first_silenced_ != 0 || !judges_silence()) return;
  for (const int number : attempts_.live()) {
    const Attempt& attempt = attempts_.at(number);
    const bool opened = attempt.connection && attempt.connection->opened();
    if (!opened || !(attempt.is_silenced() || is_cut_off(attempt))) continue;
    first_silenced_ = number;
    return;
  }
}

bool Awaited::judges_silence() const {
  return context_.scenario.expect.detects || context_.scenario.expect.recovers;
}

}  // namespace halfopen::run
