// What a client does about frames that RFC 6455 forbids: it must fail the connection, and should
// say by a Close frame what was wrong (section 7.1.7).
#include <algorithm>
#include <utility>

#include "faults/fault.h"
#include "judge/checks.h"
#include "judge/own_time.h"

namespace halfopen::judge {
namespace {

using faults::time_to_fail;

constexpr std::string_view rule = "fails-bad-frame";

// Null unless a client must fail the connection for it.
const faults::Fault* fatal_fault(const std::string& name) {
  for (const faults::Layer layer : {faults::Layer::frame, faults::Layer::close}) {
    const faults::Fault* fault = faults::find(layer, name);
    if (fault && !fault->fails_with.empty()) return fault;
  }
  return nullptr;
}

// The client's Close frame in that attempt, after that moment; null if there is none.
const trace::Frame* close_after(const Evidence& evidence, const trace::Event& struck) {
  for (const trace::Event& event : evidence.trace.events) {
    const auto* frame = std::get_if<trace::Frame>(&event.body);
    if (frame && event.attempt == struck.attempt && event.at >= struck.at &&
        frame->from == trace::Side::client && frame->opcode == trace::Opcode::close)
      return frame;
  }
  return nullptr;
}

// When the client was done with that connection: at the latest when the run was over.
Duration gone_at(const Evidence& evidence, const AttemptView& attempt) {
  Duration gone = evidence.run_end;
  for (const auto& sign : {attempt.closing, attempt.left, attempt.over})
    if (sign) gone = std::min(gone, *sign);
  if (attempt.ended_by_exit) gone = std::min(gone, *attempt.ended);
  return gone;
}

// How long the client took, if it did end the connection.
std::optional<Measure> check_left(const Evidence& evidence, Verdict& verdict,
                                  const trace::Event& struck, const faults::Fault& fault,
                                  Duration gone) {
  const bool still_there = gone == evidence.run_end;
  const Duration used = own_time(evidence, struck.attempt, struck.at, gone).used;
  Measure measure =
      measured(DurationRange{{}, time_to_fail}, used, evidence.tolerance(struck.at, gone));
  if (used <= time_to_fail) return measure;
  Failure failure{invariant(rule), 0, wanted::Failing{time_to_fail, &fault},
                  seen::KeptAfterFault{struck.at, gone, still_there}, struck.attempt};
  failure.measure = std::move(measure);
  failure.timing = evidence.late_enough(used - time_to_fail, struck.at, gone);
  fail(evidence, verdict, std::move(failure));
  return std::nullopt;
}

void check_code(const Evidence& evidence, Verdict& verdict, const trace::Event& struck,
                const faults::Fault& fault) {
  const trace::Frame* close = close_after(evidence, struck);
  const auto& codes = fault.fails_with;
  if (close && std::ranges::find(codes, close->code) != codes.end()) return;
  if (verdict.warnings.size() >= most_failures) return;
  Failure warning{
      {Kind::should_close}, 0, wanted::CloseAfter{&fault}, seen::NoClose{}, struck.attempt};
  if (close) {
    warning.seen = seen::Close{close->code};
    warning.measure = measured(codes, close->code);
  }
  verdict.warnings.push_back(std::move(warning));
}

}  // namespace

void check_fails_bad_frame(const Evidence& evidence, Verdict& verdict) {
  if (evidence.waives(rule)) return;
  std::optional<Measure> longest;
  for_each<trace::FaultStruck>(evidence, [&](const trace::Event& event, const auto& struck) {
    const faults::Fault* fault = fatal_fault(struck.name);
    const AttemptView* attempt = evidence.attempt(event.attempt);
    if (!fault || !attempt) return;
    const Duration gone = gone_at(evidence, *attempt);
    if (check_time_left(evidence, verdict, invariant(rule), {event.attempt, event.at, gone}))
      return;
    if (const auto took = check_left(evidence, verdict, event, *fault, gone))
      keep_largest(longest, *took);
    check_code(evidence, verdict, event, *fault);
  });
  if (longest) hold_unbroken(evidence, verdict, invariant(rule), longest);
}

}  // namespace halfopen::judge
