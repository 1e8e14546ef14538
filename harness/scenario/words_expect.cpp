// Expectations in words.
#include <fmt/format.h>

#include "base/units.h"
#include "scenario/words.h"

namespace halfopen::scenario {
namespace {

std::string closes_in_words(const ClosesWith& closes) {
  return fmt::format("{} with a Close frame of code {}",
                     closes.attempt
                         ? fmt::format("in attempt {} the client answers or ends", *closes.attempt)
                         : "the client answers or ends",
                     fmt::join(closes.codes, " or "));
}

std::string times(const CountRange& range, std::string_view one, std::string_view many) {
  const std::string_view what = range.lo == 1 && range.hi == 1 ? one : many;
  if (range.lo == range.hi) return fmt::format("{} {}", range.lo == 0 ? "no" : format(range), what);
  if (range.hi == no_limit)
    return fmt::format("at least {} {}", range.lo, range.lo == 1 ? one : many);
  if (range.lo == 0) return fmt::format("at most {} {}", range.hi, range.hi == 1 ? one : many);
  return fmt::format("{} to {} {}", range.lo, range.hi, what);
}

std::string times(const SizeRange& range) {
  if (range.lo == range.hi) return "exactly " + format_size(range.lo);
  if (range.hi == no_size_limit) return "at least " + format_size(range.lo);
  if (range.lo == 0) return "at most " + format_size(range.hi);
  return fmt::format("{} to {}", format_size(range.lo), format_size(range.hi));
}

}  // namespace

std::string in_words(const DurationRange& range) {
  if (range.lo == range.hi) return "exactly " + format(range.lo);
  if (range.hi == forever) return "at least " + format(range.lo);
  if (range.lo == Duration::zero()) return "at most " + format(range.hi);
  return fmt::format("{} to {}", format(range.lo), format(range.hi));
}

std::string in_words(const ClientEvent& event) {
  std::string what = fmt::format("\"{}\"", event.event);
  if (event.code) what += fmt::format(" with code {}", *event.code);
  if (event.clean) what += *event.clean ? ", clean" : ", not clean";
  if (event.text) what += fmt::format(" with a text that matches /{}/", *event.text);
  if (event.attempt) what += fmt::format(" in attempt {}", *event.attempt);
  if (event.by) what += fmt::format(" by {} after the start", format(*event.by));
  if (event.count == CountRange{0, 0}) return "the client never reports " + what;
  if (event.count == CountRange{1, no_limit}) return "the client reports " + what;
  return fmt::format("the client reports {}, {}", what, times(event.count, "time", "times"));
}

std::string in_words(const Curve& curve) {
  std::string out = fmt::format("the gaps are {}", format(curve.base));
  if (curve.factor != 1) out += fmt::format(", each {:g} times the one before", curve.factor);
  if (curve.cap != forever) out += fmt::format(", at most {}", format(curve.cap));
  switch (curve.jitter) {
    case Curve::Jitter::none:
      return out;
    case Curve::Jitter::full:
      return out + "; with full jitter: from zero to that";
    case Curve::Jitter::equal:
      return out + "; with equal jitter: from half of that to that";
    case Curve::Jitter::decorrelated:
      return fmt::format("{}; with decorrelated jitter: from {} to {:g} times the last one", out,
                         format(curve.base), curve.factor);
    case Curve::Jitter::share:
      return fmt::format("{}; with a jitter of {} more or less", out, format_share(curve.share));
  }
  return out;
}

std::string in_words(const MessageExpectation& message) {
  const std::string where = message.attempt ? fmt::format(" in attempt {}", *message.attempt) : "";
  const std::string what = in_words(message.match);
  if (message.count == CountRange{0, 0})
    return fmt::format("the client never sends {}{}", what, where);
  if (message.count == CountRange{1, no_limit})
    return fmt::format("the client sends {}{}", what, where);
  return fmt::format("the client sends {}{}, {}", what, where,
                     times(message.count, "time", "times"));
}

namespace {

void add_gaps(const Expect& expect, std::vector<std::string>& lines) {
  for (std::size_t i = 0; i < expect.gaps.size(); ++i)
    lines.push_back(fmt::format("between attempts {} and {}: {}", i + 1, i + 2,
                                in_words(expect.gaps[i].value)));
  if (expect.every_gap)
    lines.push_back(fmt::format("between any two attempts: {}", in_words(expect.every_gap->value)));
  if (expect.growing)
    lines.emplace_back(expect.growing->value ? "the gaps grow" : "the gaps do not grow");
  if (expect.curve) lines.push_back(in_words(expect.curve->value));
}

}  // namespace

std::vector<std::string> in_words(const Expect& expect) {
  std::vector<std::string> lines;
  if (expect.attempts) lines.push_back(times(expect.attempts->value, "attempt", "attempts"));
  add_gaps(expect, lines);
  if (expect.opens) lines.push_back(times(expect.opens->value, "attempt opens", "attempts open"));
  if (expect.gives_up)
    lines.emplace_back(expect.gives_up->value ? "then the client gives up and stays silent"
                                              : "the client does not give up");
  if (expect.detects)
    lines.push_back("the client finds out about a silent connection after " +
                    in_words(expect.detects->value));
  if (expect.recovers)
    lines.push_back("from a fault to the next open connection: " +
                    in_words(expect.recovers->value));
  for (const MessageExpectation& message : expect.messages) lines.push_back(in_words(message));
  for (const RequestExpectation& request : expect.requests) lines.push_back(in_words(request));
  if (expect.closes_with) lines.push_back(closes_in_words(expect.closes_with->value));
  if (expect.tls_alert)
    lines.push_back(fmt::format("about a fault of TLS the client sends the alert {}",
                                fmt::join(expect.tls_alert->value, " or ")));
  if (expect.sni)
    lines.push_back(
        fmt::format("the client names the host {} (SNI)", in_quotes(expect.sni->value)));
  for (const ClientEvent& event : expect.client_events) lines.push_back(in_words(event));
  if (expect.exit_code)
    lines.push_back(fmt::format("the client exits with {}", expect.exit_code->value));
  if (expect.output)
    lines.push_back(fmt::format("a line of its output matches /{}/", expect.output->value));
  if (expect.memory) lines.push_back("its memory grows by " + times(expect.memory->value));
  lines.push_back(fmt::format("the last connection lives for {}", format(expect.settle)));
  lines.push_back(fmt::format("all of it within {}", format(expect.within.value)));
  for (const Placed<std::string>& name : expect.waive)
    lines.push_back(fmt::format("the invariant {} need not hold", name.value));
  return lines;
}

}  // namespace halfopen::scenario
