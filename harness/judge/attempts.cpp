// How often the client tried, and how often it got through.
#include <algorithm>

#include "judge/checks.h"
#include "judge/last_error.h"

namespace halfopen::judge {
namespace {

// What the client said or did that explains why there were no more.
std::optional<seen::LastWord> last_word(const Evidence& evidence) {
  seen::LastWord last;
  for (const trace::Event& event : evidence.trace.events) {
    const auto* report = std::get_if<trace::ClientEvent>(&event.body);
    const auto* exit = std::get_if<trace::ClientExited>(&event.body);
    if (report && report->reported == trace::Report::gave_up)
      last = {.gave_up = true, .at = event.at};
    if (exit && !exit->by_us) last = {.exit = *exit, .at = event.at};
  }
  const bool in_order = last.gave_up || (last.exit && last.exit->code == 0);
  if (last.exit && !in_order) last.error = last_error(evidence, last.at);
  if (!last.exit && !in_order) last.error = last_said_error(evidence, evidence.run_end);
  if (!last.gave_up && !last.exit && last.error.empty()) return std::nullopt;
  return last;
}

// Whether it is a command that says nowhere where to connect, as far as anybody can see.
bool names_no_address(const Evidence& evidence) {
  bool bare = false;
  for_each<trace::ClientStarted>(evidence, [&](const trace::Event&, const auto& started) {
    bare = started.command.size() == 3 && started.command[1] == "-c";
  });
  const std::string& given = evidence.trace.header.client_given;
  for (const char* place : {"{url}", "{host}", "{port}", "{page}", "HALFOPEN_"})
    if (given.find(place) != std::string::npos) return false;
  return bare;
}

// There were not too many yet when halfopen lost something: a client that was not answered tries
// again. What a client did before that, such as using up all descriptors, is its own.
bool may_rest_on_loss(const Evidence& evidence, const CountRange& range,
                      const seen::Moments& moments) {
  if (!evidence.lost_since) return false;
  const auto before =
      std::ranges::count_if(moments.times, [&](Duration at) { return at <= *evidence.lost_since; });
  return before <= range.hi;
}

// `asked`: the scenario did.
void check_count(const Evidence& evidence, Verdict& verdict, const CountRange& range,
                 seen::Moments moments, Failure failure, bool asked) {
  const int count = static_cast<int>(moments.times.size());
  failure.measure = measured(range, count);
  const bool fits = range.contains(count);
  if (fits && asked) hold(verdict, failure.expectation, failure.line, failure.measure);
  if (fits) return;
  const bool too_few = count < range.lo;
  if (too_few) moments.last_word = last_word(evidence);
  moments.no_address = too_few && evidence.attempts.empty() && names_no_address(evidence);
  if (!too_few) failure.timing = may_rest_on_loss(evidence, range, moments);
  failure.seen = std::move(moments);
  if (too_few)
    fail_missing(evidence, verdict, std::move(failure));
  else
    fail(evidence, verdict, std::move(failure));
}

}  // namespace

void check_attempts(const Evidence& evidence, Verdict& verdict) {
  seen::Moments moments{.what = seen::Moments::What::attempts};
  for (const AttemptView& attempt : evidence.attempts) moments.times.push_back(attempt.began);
  const auto& wanted = evidence.expect().attempts;
  const CountRange range = wanted ? wanted->value : CountRange{1, no_limit};
  Failure failure{{Kind::attempts}, wanted ? wanted->place.line : 0, wanted::AnAttempt{}, {}};
  if (wanted) failure.wanted = range;
  check_count(evidence, verdict, range, std::move(moments), std::move(failure), wanted.has_value());
}

void check_opens(const Evidence& evidence, Verdict& verdict) {
  const auto& wanted = evidence.expect().opens;
  if (!wanted) return;
  seen::Moments moments{.what = seen::Moments::What::opens};
  for (const AttemptView& attempt : evidence.attempts)
    if (attempt.opened) moments.times.push_back(*attempt.opened);
  check_count(evidence, verdict, wanted->value, std::move(moments),
              {{Kind::opens}, wanted->place.line, wanted->value, {}}, true);
}

}  // namespace halfopen::judge
