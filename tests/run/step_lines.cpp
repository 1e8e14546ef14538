#include "step_lines.h"

#include "report/step_words.h"

namespace halfopen::run {

std::string begins(int at_ms, int line, int index, const std::string& text) {
  return fmt::format(R"({{"at":{},"attempt":1,"line":{},"event":"step-begins"{},"text":"{}"}})",
                     at_ms * 1000, line, index == 0 ? "" : fmt::format(R"(,"index":{})", index),
                     text);
}

std::string passed(int at_ms, int line, int index) {
  return fmt::format(R"({{"at":{},"attempt":1,"line":{},"event":"step-passed"{}}})", at_ms * 1000,
                     line, index == 0 ? "" : fmt::format(R"(,"index":{})", index));
}

std::string failed(int at_ms, int line, int index, const std::string& expected,
                   const std::string& seen) {
  return fmt::format("{} line {} step {}: {} | {}", at_ms, line, index, expected, seen);
}

Lines failures(const Play& play) {
  Lines lines;
  for (const trace::Event& event : play.recorder.trace().events)
    if (const auto* step = std::get_if<trace::StepFailed>(&event.body))
      lines.push_back(failed(static_cast<int>(event.at / 1ms), event.line, step->index,
                             report::wanted_of(*step), report::seen_instead(*step)));
  return lines;
}

}  // namespace halfopen::run
