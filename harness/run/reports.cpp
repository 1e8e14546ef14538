#include "run/reports.h"

#include <algorithm>

#include "run/client_report.h"
#include "scenario/match.h"

namespace halfopen::run {
namespace {

constexpr std::size_t longest_log_line = 400;

int count_of(const std::vector<int>& seen, std::size_t i) { return i < seen.size() ? seen[i] : 0; }

}  // namespace

std::optional<trace::ClientEvent> Reports::read(Time now, trace::Stream stream,
                                                const std::string& line) {
  trace::Recorder& recorder = context_.recorder;
  const bool out = stream == trace::Stream::out;
  // It floods, and has failed: what it still reports is not worth the time.
  if (out && recorder.omitted(trace::Noise::reports) > 0 && line.starts_with('{')) {
    recorder.leave_out(now, trace::Noise::reports, client_);
    return std::nullopt;
  }
  auto report = out ? read_report(line) : std::nullopt;
  if (report && is_report(*report)) return report;
  recorder.add(now, trace::ClientLog{stream, printable(as_bytes(line), longest_log_line)}, 0, 0,
               client_);
  return std::nullopt;
}

/// A client reports if its client.toml says so; a bare command once it has printed an `open`. All
/// else that looks like a report is its log.
bool Reports::is_report(const trace::ClientEvent& event) {
  if (context_.client_is_bare && event.reported == trace::Report::open) bare_reports_ = true;
  return bare_reports_ || context_.client_reports;
}

void Reports::reported(Time now, int attempt, const trace::ClientEvent& event) {
  const auto& wanted = context_.scenario.expect.client_events;
  reports_seen_.resize(wanted.size());
  const scenario::Reported seen{name_of(event), event.text, event.code,
                                event.clean,    attempt,    now - context_.recorder.start()};
  for (std::size_t i = 0; i < wanted.size(); ++i)
    if (scenario::matches(wanted[i], seen)) ++reports_seen_[i];
  has_reported_ = true;
}

void Reports::message_came(Time now, int attempt, ByteView payload) {
  const auto& wanted = context_.scenario.expect.messages;
  messages_seen_.resize(wanted.size());
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (wanted[i].attempt && *wanted[i].attempt != attempt) continue;
    if (!scenario::matches(wanted[i].match, payload)) continue;
    ++messages_seen_[i];
    context_.recorder.add(now, trace::MessageMatched{static_cast<int>(i)}, attempt);
  }
}

bool Reports::awaits_client() const {
  const scenario::Expect& expect = context_.scenario.expect;
  const auto lacks = [](const auto& wanted, const std::vector<int>& seen) {
    for (std::size_t i = 0; i < wanted.size(); ++i)
      if (count_of(seen, i) < wanted[i].count.lo) return true;
    return false;
  };
  return lacks(expect.messages, messages_seen_) ||
         (known_to_report() && lacks(expect.client_events, reports_seen_));
}

bool Reports::exceeds() const {
  const scenario::Expect& expect = context_.scenario.expect;
  const auto exceeded = [](const auto& wanted, const std::vector<int>& seen) {
    for (std::size_t i = 0; i < seen.size(); ++i)
      if (seen[i] > wanted[i].count.hi) return true;
    return false;
  };
  return exceeded(expect.messages, messages_seen_) || exceeded(expect.client_events, reports_seen_);
}

std::optional<Time> Reports::due() const {
  std::optional<Time> first;
  if (!known_to_report()) return first;
  const auto& wanted = context_.scenario.expect.client_events;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (!wanted[i].by || count_of(reports_seen_, i) >= wanted[i].count.lo) continue;
    const Time due = context_.recorder.start() + *wanted[i].by;
    first = first ? std::min(*first, due) : due;
  }
  return first;
}

}  // namespace halfopen::run
