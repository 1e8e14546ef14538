// The steps of the attempts: their own expectations, and whether they were done in time.
#include <map>
#include <set>
#include <utility>

#include "judge/checks.h"
#include "judge/own_time.h"
#include "scenario/story.h"

namespace halfopen::judge {
namespace {

using StepKey = std::pair<int, int>;  // Attempt, index.

// A client is not held to have used more than all but one part in `spare` of a step's time.
constexpr int spare = 20;

struct Begun {
  Duration at{};
  int line = 0;
  std::string text;
};

const scenario::Step* step_at(const Evidence& evidence, const StepKey& key) {
  const scenario::Attempt* table = scenario::attempt_for(evidence.scenario, key.first);
  if (!table || key.second < 0 || static_cast<std::size_t>(key.second) >= table->steps.size())
    return nullptr;
  return &table->steps[static_cast<std::size_t>(key.second)];
}

// The time that the step itself gives the client; forever where it gives none.
Duration time_limit(const scenario::Step* step) {
  if (!step) return Duration::zero();
  if (const auto* expect = std::get_if<scenario::ExpectStep>(&step->body)) return expect->within;
  if (const auto* close = std::get_if<scenario::ExpectCloseStep>(&step->body)) return close->within;
  if (const auto* ping = std::get_if<scenario::PingStep>(&step->body))
    return ping->pong_within.value_or(forever);
  return forever;
}

// How much longer than its limit the step has waited, because halfopen was late (run/steps.h).
// Where it first waited for its moment there is no telling.
Duration extension(const scenario::Step* step, Duration waited, Duration limit) {
  const bool at_once = step && std::holds_alternative<scenario::AtOnce>(step->moment);
  return at_once ? waited - limit : Duration::zero();
}

bool lives(const Evidence& evidence, int number) {
  const AttemptView* attempt = evidence.attempt(number);
  return attempt && !attempt->over && !attempt->ended;
}

// Whether the client has only answered the server's Close, or ended TCP behind it. The server
// should do that (RFC 6455, section 7.1.1), but it is not who does it that has ended the
// connection.
bool is_behind_close(const AttemptView& attempt, const trace::StepFailed& failed) {
  return failed.cause == trace::Cause::ended && failed.missed != trace::Missed::answer &&
         attempt.ended == attempt.end_visible && attempt.end == trace::End::close &&
         attempt.end_by == trace::By::server;
}

// Whether the client was still to answer the server's Close when its time was up, and that may have
// been before it could: the time is halfopen's own.
bool is_held_up(const Evidence& evidence, const trace::Event& event,
                const trace::StepFailed& failed, Duration began) {
  if (failed.missed != trace::Missed::answer || failed.cause != trace::Cause::time) return false;
  const OwnTime time = own_time(evidence, event.attempt, began, event.at);
  // What is slight beside the whole time has not kept a client from answering.
  constexpr int slight = 10;
  return time.used < failed.within ||
         (time.unsure > failed.within / slight && time.used - time.unsure < failed.within);
}

// How the client had seen the connection end, where that is not what the step has failed for: it
// went on waiting, or the client did what follows from it.
std::optional<Ending> ended_before(const Evidence& evidence, const trace::Event& event,
                                   const trace::StepFailed& failed) {
  const AttemptView* attempt = evidence.attempt(event.attempt);
  if (!attempt || !attempt->ended || *attempt->ended > event.at) return std::nullopt;
  if (failed.cause != trace::Cause::time && !is_behind_close(*attempt, failed)) return std::nullopt;
  return ending_of(*attempt);
}

void fail_step(const Evidence& evidence, Verdict& verdict, const trace::Event& event,
               const trace::StepFailed& failed, const Begun& begins) {
  const scenario::Step* step = step_at(evidence, {event.attempt, failed.index});
  const Duration limit = time_limit(step);
  const Duration waited = event.at - begins.at;
  if (is_held_up(evidence, event, failed, begins.at))
    return undecided(verdict, {Kind::step, failed.index + 1, begins.text},
                     event.line != 0 ? event.line : begins.line, why::HeldUp{begins.at, event.at},
                     event.attempt);
  Failure failure{{Kind::step, failed.index + 1, begins.text},
                  event.line != 0 ? event.line : begins.line,
                  failed,
                  seen::Step{failed, event.at, ended_before(evidence, event, failed)},
                  event.attempt};
  if (failed.cause == trace::Cause::time)
    failure.measure =
        measured(DurationRange{{}, failed.within}, waited, evidence.tolerance(begins.at, event.at));
  if (failed.cause == trace::Cause::other_code)
    failure.measure = measured(std::vector{failed.code}, failed.close_code);
  failure.timing =
      waited >= limit &&
      evidence.late_enough(extension(step, waited, limit) + limit / spare, begins.at, event.at);
  fail(evidence, verdict, std::move(failure));
}

// The steps that held, each once for all attempts that came to it: they are as many as the scenario
// has, however often the client tries.
class HeldSteps {
 public:
  void take(const Evidence& evidence, const trace::Event& event, int index, const Begun& begins) {
    const scenario::Step* step = step_at(evidence, {event.attempt, index});
    if (step == nullptr || !scenario::expects_something(*step)) return;
    const auto [place, first] = place_of_.emplace(step, decisions_.size());
    if (first)
      decisions_.push_back({{Kind::step, index + 1, begins.text}, step->place.line, Status::held});
    Decision& decision = decisions_[place->second];
    decision.attempt = first ? event.attempt : 0;
    decision.times = first ? 1 : decision.times + 1;
    keep_largest(decision.measure,
                 measured(DurationRange{{}, time_limit(step)}, event.at - begins.at,
                          evidence.tolerance(begins.at, event.at)));
  }
  [[nodiscard]] bool has(const scenario::Step* step) const { return place_of_.contains(step); }
  [[nodiscard]] std::vector<Decision> take_all() { return std::move(decisions_); }

 private:
  std::vector<Decision> decisions_;
  std::map<const scenario::Step*, std::size_t> place_of_;
};

// Optional steps that were not done before their connection was over: held in no attempt, each is
// there once.
void take_passed_over(const Evidence& evidence, Verdict& verdict, const HeldSteps& held,
                      const std::map<StepKey, Begun>& open) {
  std::set<const scenario::Step*> taken;
  for (const auto& [key, begun] : open) {
    const scenario::Step* step = step_at(evidence, key);
    if (step == nullptr || !step->optional || !scenario::expects_something(*step)) continue;
    if (lives(evidence, key.first) || held.has(step) || !taken.insert(step).second) continue;
    not_judged(verdict, {Kind::step, key.second + 1, begun.text}, step->place.line,
               why::PassedOver{}, key.first);
  }
}

}  // namespace

void check_steps(const Evidence& evidence, Verdict& verdict) {
  std::map<StepKey, Begun> begun;
  std::map<StepKey, Begun> open;
  HeldSteps held;
  for (const trace::Event& event : evidence.trace.events) {
    if (const auto* begins = std::get_if<trace::StepBegins>(&event.body)) {
      const StepKey key{event.attempt, begins->index};
      begun[key] = open[key] = {event.at, event.line, begins->text};
    }
    if (const auto* passed = std::get_if<trace::StepPassed>(&event.body)) {
      const StepKey key{event.attempt, passed->index};
      held.take(evidence, event, passed->index, begun[key]);
      open.erase(key);
    }
    if (const auto* failed = std::get_if<trace::StepFailed>(&event.body)) {
      const StepKey key{event.attempt, failed->index};
      fail_step(evidence, verdict, event, *failed, begun[key]);
      open.erase(key);
    }
  }
  take_passed_over(evidence, verdict, held, open);
  for (Decision& decision : held.take_all()) verdict.decisions.push_back(std::move(decision));
}

void check_within(const Evidence& evidence, Verdict& verdict) {
  const auto& within = evidence.expect().within;
  if (evidence.over_why == trace::Ended::settled)
    hold(verdict, {Kind::within}, within.place.line,
         measured(DurationRange{{}, within.value}, evidence.run_end));
  if (evidence.over_why != trace::Ended::time) return;
  std::map<StepKey, Begun> open;
  for (const trace::Event& event : evidence.trace.events) {
    if (const auto* begins = std::get_if<trace::StepBegins>(&event.body))
      open[{event.attempt, begins->index}] = {event.at, event.line, begins->text};
    if (const auto* passed = std::get_if<trace::StepPassed>(&event.body))
      open.erase({event.attempt, passed->index});
    if (const auto* failed = std::get_if<trace::StepFailed>(&event.body))
      open.erase({event.attempt, failed->index});
  }
  for (const auto& [key, begun] : open) {
    const scenario::Step* step = step_at(evidence, key);
    const bool endless = step && std::holds_alternative<scenario::EchoStep>(step->body);
    // Of attempts that nobody asked for, what is under way is not judged.
    if (!evidence.is_asked_for(key.first)) continue;
    if (endless || !lives(evidence, key.first)) continue;
    // The server still waits for the answer to its Close: the client's time was not up.
    if (step && std::holds_alternative<scenario::CloseStep>(step->body)) {
      undecided(verdict, {Kind::step, key.second + 1, begun.text}, begun.line,
                why::HeldUp{begun.at, evidence.run_end}, key.first);
      continue;
    }
    Failure failure{{Kind::within},
                    within.place.line,
                    wanted::StepsDone{within.value},
                    seen::OpenStep{begun.text, begun.line, begun.at},
                    key.first};
    failure.measure = measured(DurationRange{{}, within.value}, evidence.run_end,
                               evidence.tolerance(begun.at, evidence.run_end));
    failure.timing =
        evidence.late_enough((evidence.run_end - begun.at) / spare, begun.at, evidence.run_end);
    fail(evidence, verdict, std::move(failure));
  }
}

}  // namespace halfopen::judge
