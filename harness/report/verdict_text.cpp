#include "report/verdict_text.h"

#include <fmt/format.h>

#include "base/bytes.h"
#include "report/columns.h"
#include "report/paint.h"
#include "report/verdict_words.h"
#include "scenario/coins.h"

namespace halfopen::report {
namespace {

std::string safe(const std::string& text) { return printable(as_bytes(text), 1000); }

/// " (line 3)", " (line 3 of parts/login.toml)"; "" for none.
template <class Said>
std::string line_of(const Said& said) {
  return said.line == 0 ? "" : " (" + line_in_words(said.line, said.file) + ")";
}

std::string name_with_line(const judge::Failure& failure) {
  return safe(path_of(failure.expectation) + line_of(failure));
}

// "  label     text", the text wrapped in its own column.
std::string field(const char* label, const std::string& text, int width) {
  constexpr int column = 14;
  return padded(std::string("    ") + label, column) + wrapped(text, width - column, column) + "\n";
}

std::string describe(const judge::Failure& failure, const char* symbol, Ink ink,
                     const Style& style) {
  std::string text = "  " + paint(symbol, ink, style.colours) + " " +
                     paint(name_with_line(failure), Ink::bold, style.colours) + "\n";
  text += field("expected", safe(in_words(failure.wanted)), style.width);
  text += field("seen", safe(in_words(failure.seen)), style.width);
  if (failure.attempt != 0) text += field("attempt", std::to_string(failure.attempt), style.width);
  std::string steps;
  for (const std::string& step : failure.passed_steps)
    steps += (steps.empty() ? "" : "; ") + safe(step);
  if (!steps.empty()) text += field("passed", steps, style.width);
  return text;
}

}  // namespace

std::string expected_and_seen(const judge::Failure& failure) {
  return "expected " + safe(in_words(failure.wanted)) + ", seen " + safe(in_words(failure.seen));
}

std::string line_in_words(int line, const std::string& file) {
  return file.empty() ? fmt::format("line {}", line) : fmt::format("line {} of {}", line, file);
}

const std::string& file_of(const judge::Failure& failure, const trace::Header& header) {
  return failure.file.empty() ? header.scenario_file : failure.file;
}

std::string in_one_line(const judge::Failure& failure) {
  return name_with_line(failure) + ": " + expected_and_seen(failure);
}

std::string in_one_line(const judge::Decision& decision) {
  return path_of(decision.expectation) + line_of(decision) + ": " + in_words(decision.why);
}

std::string verdict_text(const Result& result, const Style& style) {
  const judge::Verdict& verdict = result.verdict;
  const std::string outcome =
      std::string(symbol_of(verdict.outcome)) + " " + std::string(judge::name_of(verdict.outcome));
  std::string text = paint(outcome, ink_of(verdict.outcome), style.colours);
  if (const std::string reason = in_words(verdict.reason); !reason.empty()) {
    const int indent = columns(outcome) + 2;
    text += ": " + wrapped(safe(reason), style.width - indent, indent);
  }
  text += "\n";
  for (const judge::Failure& failure : verdict.failures)
    text += describe(failure, "✕", Ink::red, style);
  if (verdict.outcome == judge::Outcome::fail && scenario::depends_on_seed(*result.scenario))
    text += field("chance",
                  "the seed decides what happens here: see whether it fails with others, too "
                  "(--seed random)",
                  style.width);
  for (const judge::Failure& warning : verdict.warnings)
    text += describe(warning, "warning", Ink::yellow, style);
  for (const judge::Decision& decision : verdict.decisions) {
    if (decision.status == judge::Status::held) continue;
    const std::string status(judge::name_of(decision.status));
    text += "  " + paint(status, Ink::dim, style.colours) + "  " +
            wrapped(safe(in_one_line(decision)), style.width - columns(status) - 4,
                    columns(status) + 4) +
            "\n";
  }
  return text + "  replay: " + replay_command(result.trace.header) + "\n";
}

}  // namespace halfopen::report
