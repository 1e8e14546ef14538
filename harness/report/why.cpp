#include "report/why.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/bytes.h"
#include "judge/evidence.h"
#include "judge/last_error.h"
#include "report/cause.h"
#include "report/columns.h"
#include "report/lead_up.h"
#include "report/paint.h"
#include "report/verdict_text.h"
#include "report/verdict_words.h"
#include "report/words.h"
#include "scenario/coins.h"

namespace halfopen::report {
namespace {

constexpr std::size_t most_sentences = 24;
constexpr std::size_t most_others = 3;
constexpr int indent = 10;

std::string safe(const std::string& text) { return printable(as_bytes(text), 1000); }

std::string line_of_text(std::string_view text, int line) {
  for (int i = 1; i < line; ++i) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) return "";
    text.remove_prefix(end + 1);
  }
  std::string found(text.substr(0, text.find('\n')));
  found.erase(0, std::min(found.find_first_not_of(" \t"), found.size()));
  if (found.ends_with('\r')) found.pop_back();
  return found;
}

class Story {
 public:
  Story(const Result& result, const Style& style) : result_(result), style_(style) {}

  std::string tell() {
    const Cause* cause = cause_of(result_);
    head(cause);
    if (result_.verdict.outcome != judge::Outcome::fail || cause == nullptr) return without_one();
    const judge::Failure& failure = *main_failure(result_);
    asked(failure);
    seen(failure);
    led_to(failure);
    last_error();
    heading("What it means");
    paragraph(fmt::format("The client {}. {}", cause->does, cause->means));
    others(failure);
    return again();
  }

 private:
  void head(const Cause* cause) {
    const trace::Header& header = result_.trace.header;
    const judge::Outcome outcome = result_.verdict.outcome;
    const std::string what = cause != nullptr && outcome == judge::Outcome::fail
                                 ? "the client " + std::string(cause->does)
                                 : std::string(judge::name_of(outcome));
    out_ += paint(fmt::format("{} {} · {}: {}", symbol_of(outcome), safe(header.scenario),
                              safe(header.client), what),
                  ink_of(outcome), style_.colours) +
            "\n";
    if (!result_.scenario->about.empty()) paragraph(result_.scenario->about);
  }

  std::string without_one() {
    const judge::Verdict& verdict = result_.verdict;
    out_ += "\n";
    if (verdict.outcome == judge::Outcome::pass)
      paragraph("Nothing failed: every expectation held" +
                (verdict.warnings.empty()
                     ? std::string(".")
                     : ", with " + count_of(verdict.warnings.size(), "warning") + "."));
    else
      paragraph("Nothing is known to have failed: " + in_words(verdict.reason));
    for (const judge::Failure& warning : verdict.warnings) paragraph(in_one_line(warning));
    for (const judge::Failure& failure : verdict.failures) paragraph(in_one_line(failure));
    return again();
  }

  void asked(const judge::Failure& failure) {
    out_ += "\n";
    field("asked", path_of(failure.expectation) + ": " + in_words(failure.wanted));
    if (failure.line == 0) return field("", "of every client, in every scenario");
    field("", fmt::format("{}:{}", file_of(failure, result_.trace.header), failure.line));
    const std::string line =
        line_of_text(result_.scenario->sources->text_of(failure.file), failure.line);
    if (!line.empty()) field("", "> " + line);
  }

  void seen(const judge::Failure& failure) {
    const std::string off = failure.measure ? off_by(*failure.measure) : "";
    field("seen", in_words(failure.seen) + (off.empty() ? "" : " – " + off));
  }

  void led_to(const judge::Failure& failure) {
    const LeadUp events = lead_up(result_, failure);
    if (events.sentences.empty()) return;
    heading("What led to it");
    if (events.before > 0) {
      const auto before = static_cast<std::size_t>(events.before);
      paragraph(count_of(before, "attempt") + " came before.");
    }
    const std::size_t count = events.sentences.size();
    for (std::size_t i = 0; i < count; ++i) {
      if (count > most_sentences && i == most_sentences / 2) {
        const std::size_t left_out = count - most_sentences;
        out_ += padded("", indent + 2) + fmt::format("… {} more\n", left_out);
        i += left_out;
      }
      const Sentence& each = events.sentences[i];
      const std::string at = fmt::format("{:>{}}  ", moment(each.at), indent);
      out_ += at + wrapped(printable_line(each.text), style_.width - indent - 2, indent + 2) + "\n";
    }
  }

  void last_error() {
    const judge::Evidence evidence(*result_.scenario, result_.trace);
    const std::string error = judge::last_said_error(evidence, evidence.run_end);
    if (error.empty()) return;
    heading("The client's last error");
    paragraph(error);
  }

  void others(const judge::Failure& told) {
    const auto& failures = result_.verdict.failures;
    if (failures.size() < 2) return;
    heading("Broken as well");
    std::size_t shown = 0;
    for (const judge::Failure& failure : failures)
      if (&failure != &told && shown < most_others) {
        ++shown;
        paragraph(in_one_line(failure));
      }
    if (failures.size() - 1 > shown)
      paragraph(fmt::format("… and {} more", failures.size() - 1 - shown));
  }

  std::string again() {
    heading("Again");
    out_ += "  " + replay_command(result_.trace.header) + "\n";
    if (result_.verdict.outcome == judge::Outcome::fail &&
        scenario::depends_on_seed(*result_.scenario))
      paragraph(
          "The seed decides what happens here: see whether it fails with others, too (--seed "
          "random).");
    return std::move(out_);
  }

  void heading(const char* text) { out_ += "\n" + paint(text, Ink::bold, style_.colours) + "\n"; }
  void paragraph(const std::string& text) {
    out_ += "  " + wrapped(safe(text), style_.width - 2, 2) + "\n";
  }
  void field(const char* label, const std::string& text) {
    out_ += "  " + paint(padded(label, indent - 2), Ink::bold, style_.colours) +
            wrapped(safe(text), style_.width - indent, indent) + "\n";
  }

  const Result& result_;
  const Style& style_;
  std::string out_;
};

}  // namespace

std::string why(const Result& result, const Style& style) { return Story(result, style).tell(); }

}  // namespace halfopen::report
