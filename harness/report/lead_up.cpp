#include "report/lead_up.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "base/bytes.h"
#include "base/units.h"
#include "report/step_words.h"
#include "report/words.h"

namespace halfopen::report {
namespace {

using judge::AttemptView;
using Attempts = std::vector<AttemptView>;

// Where no attempt is to blame, the last ones tell most.
constexpr std::size_t most_attempts = 4;
// Less of halfopen's own lateness has led to nothing.
constexpr Duration worth_a_word = std::chrono::milliseconds(250);

std::string safe(std::string_view text) { return printable(as_bytes(text), 200); }

// ── events ───────────────────────────────────────────────────────────────────────────────────

std::string behind(std::string_view colon, const std::string& text) {
  return text.empty() ? "." : std::string(colon) + safe(text) + (text.ends_with('.') ? "" : ".");
}

std::string report_in_words(const trace::ClientEvent& said) {
  std::string text = "The client said " + safe(trace::name_of(said));
  if (said.reported == trace::Report::close) text += code_as_it_came(said);
  if (!said.text.empty()) text += " \"" + safe(said.text) + "\"";
  return text + ".";
}

std::string end_of_run(trace::Ended why) {
  switch (why) {
    case trace::Ended::settled:
      return "The run ended: everything was decided.";
    case trace::Ended::step_failed:
      return "The run ended with the failed step.";
    case trace::Ended::expectation_failed:
      return "The run ended with the failed expectation.";
    case trace::Ended::time:
      return "The run ended: its time (`within`) was up.";
    case trace::Ended::client_exited:
      return "The run ended with the client.";
    case trace::Ended::unsupported:
    case trace::Ended::interrupted:
    case trace::Ended::broken:
    case trace::Ended::not_run:
      break;
  }
  return "The run ended: " + std::string(word(why)) + ".";
}

/// What is worth a sentence beside the attempts' beginnings and ends; "" for all the rest.
struct InSentences {
  std::string operator()(const trace::ProxyAnswered& e) const {
    const bool through = 200 <= e.status && e.status < 300;
    return through ? "" : fmt::format("The proxy answered {}.", e.status);
  }
  std::string operator()(const trace::TlsFailed& e) const {
    return "TLS failed" + behind(": ", e.why);
  }
  std::string operator()(const trace::Answer& e) const {
    if (e.valid && e.status == 101 && e.fault.empty()) return "";
    const std::string status = e.status == 0 ? "in part" : fmt::format("HTTP {}", e.status);
    return "The server answered " + status + behind(", with the fault ", e.fault);
  }
  std::string operator()(const trace::Opened&) const { return "It was open."; }
  std::string operator()(const trace::Violation& e) const {
    return fmt::format("The client broke the rule {}{}", safe(e.rule), behind(": ", e.text));
  }
  std::string operator()(const trace::FaultStruck& e) const {
    return fmt::format("The fault {} struck{}", safe(e.name), behind(": ", e.text));
  }
  std::string operator()(const trace::StepFailed& e) const {
    return fmt::format("A step failed: expected {}, seen {}.", safe(wanted_of(e)),
                       safe(seen_instead(e)));
  }
  std::string operator()(const trace::LinkChanged& e) const {
    return "The link changed" + behind(": ", e.text);
  }
  std::string operator()(const trace::Told& e) const {
    return "halfopen told the client" + behind(": ", e.text);
  }
  std::string operator()(const trace::ClientEvent& e) const {
    const bool tells = e.reported == trace::Report::close || e.reported == trace::Report::error ||
                       e.reported == trace::Report::gave_up;
    return tells ? report_in_words(e) : "";
  }
  std::string operator()(const trace::ClientExited& e) const {
    return e.by_us ? "" : "The client " + in_words(e) + ".";
  }
  std::string operator()(const trace::Lag& e) const {
    return e.late < worth_a_word ? "" : "halfopen itself was late by " + span(e.late) + ".";
  }
  std::string operator()(const trace::Over& e) const { return end_of_run(e.why); }
  template <class Other>
  std::string operator()(const Other&) const {
    return "";
  }
};

// ── attempts ─────────────────────────────────────────────────────────────────────────────────

std::string whither(const AttemptView& attempt) {
  switch (attempt.port) {
    case trace::Port::open:
      return "";
    case trace::Port::closed:
      return ", to a closed port";
    case trace::Port::filtered:
      return ", to a filtered port";
    case trace::Port::unreachable:
      return ", to an unreachable host";
  }
  return "";
}

/// "gap 2, for which 1s..3s was asked: 1.99 s too long"
std::string held_against(const scenario::Expect& expect, std::size_t gap,
                         const AttemptView& before) {
  std::optional<DurationRange> asked;
  if (gap < expect.gaps.size()) asked = expect.gaps[gap].value;
  if (expect.every_gap) asked = expect.every_gap->value;
  std::string text = fmt::format("gap {}", gap + 1);
  if (!asked) return text;
  text += ", for which " + format(*asked) + " was asked";
  const std::string off =
      off_by(judge::measured(*asked, before.overlapped ? Duration{} : *before.gap_to_next));
  return off.empty() ? text : text + ": " + off;
}

std::string beginning(const Attempts& attempts, std::size_t i, const scenario::Expect& expect) {
  const AttemptView& attempt = attempts[i];
  std::string text = fmt::format("Attempt {} began{}", attempt.number, whither(attempt));
  if (i > 0 && attempts[i - 1].gap_to_next) {
    const AttemptView& before = attempts[i - 1];
    text += before.overlapped
                ? fmt::format(", while attempt {} lived", before.number)
                : fmt::format(", {}{} after attempt {}", before.gap_at_most ? "at most " : "",
                              span(*before.gap_to_next), before.number);
    text += " (" + held_against(expect, i - 1, before) + ")";
  }
  if (attempt.syns > 1) text += fmt::format("; its SYN was sent {} times", attempt.syns);
  return text + ".";
}

std::string who_ended(const judge::Ending& ending) {
  const auto ender = judge::ender_of(ending);
  if (!ender) return "";
  switch (*ender) {
    case trace::By::client:
      return "; the client ended it";
    case trace::By::server:
      return "; the server's side ended it";
    case trace::By::middlebox:
      return "; something on the way ended it";
  }
  return "";
}

std::string ending_in_words(const judge::Ending& ending) {
  using How = judge::Ending::How;
  switch (ending.how) {
    case How::none:
      return "";
    case How::visible:
      return "It ended " + way_of(ending.end) + who_ended(ending) + ".";
    case How::left:
      return "The client left it.";
    case How::said:
      return "The client was done with it, as it said.";
    case How::exited:
      return "It ended with the client's process.";
    case How::over:
      return "It was over.";
    case How::silence:
      return "It fell silent, and nothing told the client.";
    case How::last_sign:
      return "Nothing answered it: that was its last sign.";
  }
  return "";
}

/// "It ended" is enough where that attempt was spoken of last.
std::string named(std::string text, int attempt, int spoken_of) {
  if (attempt == 0 || attempt == spoken_of || !text.starts_with("It ")) return text;
  return fmt::format("Attempt {}{}", attempt, text.substr(2));
}

// ── which of them ────────────────────────────────────────────────────────────────────────────

struct Span {
  std::size_t from = 0;
  std::size_t to = 0;  ///< Behind the last.
};

/// Whether what came before the attempt is what counts, and not what came of it.
bool looks_back(judge::Kind kind) {
  return kind == judge::Kind::gaps || kind == judge::Kind::every_gap ||
         kind == judge::Kind::retry_after || kind == judge::Kind::invariant;
}

Span around(const judge::Failure& failure, const Attempts& attempts) {
  const auto found = std::ranges::find(attempts, failure.attempt, &AttemptView::number);
  if (found == attempts.end())
    return {attempts.size() - std::min(attempts.size(), most_attempts), attempts.size()};
  const auto at = static_cast<std::size_t>(found - attempts.begin());
  if (looks_back(failure.expectation.kind)) return {at == 0 ? 0 : at - 1, at + 1};
  return {at, std::min(at + 2, attempts.size())};
}

class Writer {
 public:
  Writer(const Result& result, const judge::Failure& failure)
      : result_(result), attempts_(result.attempts), told_(around(failure, attempts_)) {}

  LeadUp write() {
    for (std::size_t i = told_.from; i < told_.to; ++i) {
      const AttemptView& attempt = attempts_[i];
      const judge::Ending ending = judge::ending_of(attempt);
      add(attempt.began, attempt.number, beginning(attempts_, i, result_.scenario->expect));
      add(ending.at, attempt.number, ending_in_words(ending));
    }
    for (const trace::Event& event : result_.trace.events)
      if (belongs(event)) add(event.at, event.attempt, std::visit(InSentences{}, event.body));
    return in_order();
  }

 private:
  struct Said {
    Sentence sentence;
    int attempt = 0;
  };

  void add(Duration at, int attempt, std::string text) {
    if (!text.empty()) said_.push_back({{at, std::move(text)}, attempt});
  }

  /// What belongs to no attempt does to those during which it happened.
  [[nodiscard]] bool belongs(const trace::Event& event) const {
    for (std::size_t i = told_.from; i < told_.to; ++i)
      if (attempts_[i].number == event.attempt) return true;
    if (event.attempt != 0 && !std::holds_alternative<trace::ClientEvent>(event.body)) return false;
    const Duration from = told_.from == 0 ? Duration{} : attempts_[told_.from].began;
    const Duration to = told_.to == attempts_.size() ? forever : attempts_[told_.to].began;
    return from <= event.at && event.at < to;
  }

  /// A beginning before all else at its time; else as it was added: an end before what followed.
  LeadUp in_order() {
    std::ranges::stable_sort(said_, {}, [](const Said& each) {
      return std::pair(each.sentence.at, !each.sentence.text.starts_with("Attempt "));
    });
    LeadUp all;
    all.before = static_cast<int>(told_.from);
    int spoken_of = 0;
    for (Said& each : said_) {
      each.sentence.text = named(std::move(each.sentence.text), each.attempt, spoken_of);
      if (each.attempt != 0) spoken_of = each.attempt;
      all.sentences.push_back(std::move(each.sentence));
    }
    return all;
  }

  const Result& result_;
  const Attempts& attempts_;
  Span told_;
  std::vector<Said> said_;
};

}  // namespace

LeadUp lead_up(const Result& result, const judge::Failure& failure) {
  return Writer(result, failure).write();
}

std::string off_by(const judge::Measure& measure) {
  using Unit = judge::Measure::Unit;
  const std::int64_t margin = measure.margin();
  if (margin == 0 || !measure.one_of.empty()) return "";
  const bool below = measure.value < measure.lowest;
  switch (measure.unit) {
    case Unit::count:
      return fmt::format("{} too {}", margin, below ? "few" : "many");
    case Unit::microseconds:
      return fmt::format("{} too {}", span(std::chrono::microseconds(margin)),
                         below ? "short" : "long");
    case Unit::bytes:
      return fmt::format("{} too {}", format_size(static_cast<std::uint64_t>(margin)),
                         below ? "little" : "much");
    case Unit::code:
      return "";
  }
  return "";
}

}  // namespace halfopen::report
