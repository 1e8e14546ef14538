// What the client itself says: its events, its output, how it ended.
#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "base/bytes.h"
#include "base/pattern.h"
#include "base/units.h"
#include "judge/checks.h"
#include "judge/last_error.h"
#include "judge/words.h"
#include "scenario/match.h"
#include "trace/event.h"

namespace halfopen::judge {
namespace {

bool fits(const scenario::ClientEvent& wanted, const trace::Event& event,
          const trace::ClientEvent& seen) {
  return scenario::matches(
      wanted, {name_of(seen), seen.text, seen.code, seen.clean, event.attempt, event.at});
}

std::string in_words(const scenario::ClientEvent& wanted) {
  std::string text = "`" + wanted.event + "`";
  if (wanted.code) text += fmt::format(" with code {}", *wanted.code);
  if (wanted.clean) text += *wanted.clean ? ", clean" : ", not clean";
  if (wanted.text) text += fmt::format(" with a text like /{}/", *wanted.text);
  if (wanted.attempt) text += fmt::format(" in attempt {}", *wanted.attempt);
  if (wanted.by) text += fmt::format(" by {}", moment(*wanted.by));
  if (wanted.count == CountRange{1, no_limit}) return text;
  if (wanted.count == CountRange{0, 0}) return "no " + text;
  if (wanted.count == CountRange{1, 1}) return text + ", once";
  return text + fmt::format(", {} times", format(wanted.count));
}

std::string in_words(const trace::Event& event, const trace::ClientEvent& seen) {
  std::string text = fmt::format("`{}`", name_of(seen));
  if (seen.reported == trace::Report::close)
    text += fmt::format(" {}{}", seen.code, seen.clean ? " clean" : "");
  if (!seen.text.empty()) text += " \"" + printable(as_bytes(seen.text), 40) + "\"";
  return text + " at " + moment(event.at);
}

// All events of that name that the client reported, as a list.
std::string reported(const Evidence& evidence, const std::string& name) {
  constexpr std::size_t most = 6;
  std::vector<std::string> all;
  for_each<trace::ClientEvent>(evidence, [&](const trace::Event& event, const auto& report) {
    if (name_of(report) == name) all.push_back(in_words(event, report));
  });
  std::string text = all.empty() ? "no `" + name + "`" : "";
  for (std::size_t i = 0; i < std::min(all.size(), most); ++i) text += (i ? ", " : "") + all[i];
  if (all.size() > most) text += fmt::format(" and {} more", all.size() - most);
  return text;
}

void check_event(const Evidence& evidence, Verdict& verdict, const scenario::ClientEvent& wanted) {
  const std::string name = "client." + wanted.event;
  if (!evidence.reports)
    return not_judged(verdict, name, wanted.place.line, "the client reports no events");
  int count = 0;
  for_each<trace::ClientEvent>(evidence, [&](const trace::Event& event, const auto& report) {
    if (fits(wanted, event, report)) ++count;
  });
  if (wanted.count.contains(count) && never_was(evidence, wanted.attempt))
    return undecided(verdict, name, wanted.place.line, no_attempt(*wanted.attempt));
  if (wanted.count.contains(count)) return hold(verdict, name, wanted.place.line);
  std::string seen = "the client reported " + reported(evidence, wanted.event);
  if (count > 0) seen += fmt::format("; {} of them fitted", count);
  Failure failure{name, wanted.place.line, in_words(wanted), std::move(seen)};
  failure.measure = measured(wanted.count, count);
  if (count < wanted.count.lo)
    fail_missing(evidence, verdict, std::move(failure));
  else
    fail(evidence, verdict, std::move(failure));
}

std::string how_it_ended(const trace::ClientExited& exit) {
  if (exit.signal == 0) return fmt::format("exited with {}", exit.code);
  const char* name = ::sigabbrev_np(exit.signal);
  return name ? fmt::format("died of SIG{}", name) : fmt::format("died of signal {}", exit.signal);
}

// A crash: a signal, or an exit code that says so and that the scenario does not name.
void check_exit(const Evidence& evidence, Verdict& verdict) {
  const auto& wanted = evidence.expect().exit_code;
  bool exited = false;
  for_each<trace::ClientExited>(evidence, [&](const trace::Event& event, const auto& exit) {
    if (exit.by_us) return;
    exited = true;
    std::string seen = fmt::format("it {} at {}", how_it_ended(exit), moment(event.at));
    const std::string error = last_error(evidence, event.at);
    if ((exit.signal != 0 || exit.code != 0) && !error.empty()) seen += ": " + error;
    if (exit.signal != 0 || (exit.code != 0 && !wanted))
      fail(evidence, verdict, {"client", 0, "the client not to crash", seen});
    else if (wanted && exit.code != wanted->value)
      fail(evidence, verdict,
           {"exit_code", wanted->place.line, std::to_string(wanted->value), seen});
  });
  if (wanted && !exited)
    fail_missing(evidence, verdict,
                 {"exit_code", wanted->place.line, std::to_string(wanted->value),
                  "it was still running when the run ended at " + moment(evidence.run_end)});
}

void check_output(const Evidence& evidence, Verdict& verdict) {
  const auto& wanted = evidence.expect().output;
  if (!wanted) return;
  bool found = false;
  std::size_t lines = 0;
  const auto take = [&](const std::string& line) {
    found = found || found_in(line, wanted->value);
  };
  for_each<trace::ClientLog>(evidence, [&](const trace::Event&, const auto& log) {
    ++lines;
    take(log.text);
  });
  // A report is a line of its output, too.
  for_each<trace::ClientEvent>(evidence,
                               [&](const trace::Event&, const auto& report) { take(report.json); });
  if (!found)
    fail_missing(evidence, verdict,
                 {"output", wanted->place.line, "a line like /" + wanted->value + "/",
                  "none in " + count_of(lines, "line")});
}

bool fetched_page(const Evidence& evidence) {
  bool fetched = false;
  for_each<trace::PageServed>(evidence, [&](const auto&...) { fetched = true; });
  return fetched;
}

std::string in_mib(std::uint64_t bytes) {
  constexpr double mib = 1024 * 1024;
  return fmt::format("{:.1f} MiB", static_cast<double>(bytes) / mib);
}

// By how much the client's memory has grown since its first connection opened.
void check_memory(const Evidence& evidence, Verdict& verdict) {
  const auto& wanted = evidence.expect().memory;
  if (!wanted) return;
  if (fetched_page(evidence)) {
    return not_judged(verdict, "client.memory", wanted->place.line,
                      "what a browser takes says nothing about its page");
  }
  std::vector<std::uint64_t> seen;
  for_each<trace::ClientMemory>(
      evidence, [&](const trace::Event&, const auto& memory) { seen.push_back(memory.bytes); });
  constexpr std::size_t needed = 2;
  if (seen.size() < needed) {
    return not_judged(verdict, "client.memory", wanted->place.line,
                      "it is not known, the client never opened or had ended");
  }
  const std::uint64_t grown = seen.back() - std::min(seen.front(), seen.back());
  if (wanted->value.contains(grown)) return;
  fail(evidence, verdict,
       {"client.memory", wanted->place.line, "its memory to grow by " + format(wanted->value),
        fmt::format("it grew by {}, from {} to {}", in_mib(grown), in_mib(seen.front()),
                    in_mib(seen.back()))});
}

}  // namespace

void check_client(const Evidence& evidence, Verdict& verdict) {
  for (const scenario::ClientEvent& wanted : evidence.expect().client_events)
    check_event(evidence, verdict, wanted);
  check_exit(evidence, verdict);
  check_output(evidence, verdict);
  check_memory(evidence, verdict);
}

}  // namespace halfopen::judge
