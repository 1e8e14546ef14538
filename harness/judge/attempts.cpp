// How often the client tried, and how often it got through.
#include <fmt/format.h>

#include <algorithm>

#include "base/units.h"
#include "judge/checks.h"
#include "judge/last_error.h"
#include "judge/words.h"

namespace halfopen::judge {
namespace {

// "2 attempts, at 0.00 s, 1.20 s"; a long list is cut.
std::string with_times(const char* what, const std::vector<Duration>& times) {
  constexpr std::size_t most = 8;
  std::string text = times.empty() ? std::string("no ") + what : count_of(times.size(), what);
  for (std::size_t i = 0; i < std::min(times.size(), most); ++i)
    text += (i == 0 ? ", at " : ", ") + moment(times[i]);
  return times.size() > most ? text + " …" : text;
}

// What the client said or did that explains why there were no more; or "".
std::string last_word(const Evidence& evidence) {
  std::string text;
  for (const trace::Event& event : evidence.trace.events) {
    if (const auto* report = std::get_if<trace::ClientEvent>(&event.body))
      if (report->reported == trace::Report::gave_up)
        text = "; the client said at " + moment(event.at) + " that it gave up";
    const auto* exit = std::get_if<trace::ClientExited>(&event.body);
    if (!exit || exit->by_us) continue;
    text = fmt::format("; the client exited with code {} at {}", exit->code, moment(event.at));
    const std::string error = exit->code == 0 ? "" : last_error(evidence, event.at);
    if (!error.empty()) text += ": " + error;
  }
  return text;
}

// A command that says nowhere where to connect, as far as anybody can see; or "".
std::string no_address(const Evidence& evidence) {
  bool bare = false;
  for_each<trace::ClientStarted>(evidence, [&](const trace::Event&, const auto& started) {
    bare = started.command.size() == 3 && started.command[1] == "-c";
  });
  const std::string& given = evidence.trace.header.client_given;
  for (const char* place : {"{url}", "{host}", "{port}", "{page}", "HALFOPEN_"})
    if (given.find(place) != std::string::npos) return "";
  return bare ? "; the address stands nowhere in the command, unless it reads HALFOPEN_URL: write "
                "{url} where it belongs"
              : "";
}

void check_count(const Evidence& evidence, Verdict& verdict, const CountRange& range,
                 const std::vector<Duration>& times, const char* what, Failure failure) {
  const int count = static_cast<int>(times.size());
  if (range.contains(count)) return;
  failure.seen = with_times(what, times);
  failure.measure = measured(range, count);
  if (count < range.lo) failure.seen += last_word(evidence);
  if (evidence.attempts.empty() && range.lo > 0) failure.seen += no_address(evidence);
  if (count < range.lo)
    fail_missing(evidence, verdict, std::move(failure));
  else
    fail(evidence, verdict, std::move(failure));
}

}  // namespace

void check_attempts(const Evidence& evidence, Verdict& verdict) {
  std::vector<Duration> times;
  times.reserve(evidence.attempts.size());
  for (const AttemptView& attempt : evidence.attempts) times.push_back(attempt.began);
  const auto& wanted = evidence.expect().attempts;
  if (wanted)
    check_count(evidence, verdict, wanted->value, times, "attempt",
                {"attempts", wanted->place.line, format(wanted->value), ""});
  else
    check_count(evidence, verdict, {1, no_limit}, times, "attempt",
                {"attempts", 0, "at least one attempt", ""});
}

void check_opens(const Evidence& evidence, Verdict& verdict) {
  const auto& wanted = evidence.expect().opens;
  if (!wanted) return;
  std::vector<Duration> times;
  for (const AttemptView& attempt : evidence.attempts)
    if (attempt.opened) times.push_back(*attempt.opened);
  check_count(evidence, verdict, wanted->value, times, "open",
              {"opens", wanted->place.line, format(wanted->value), ""});
}

}  // namespace halfopen::judge
