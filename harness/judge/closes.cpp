// The Close frames that the client sent.
#include <fmt/format.h>

#include <algorithm>

#include "judge/checks.h"
#include "judge/words.h"

namespace halfopen::judge {
namespace {

std::string one_of(const std::vector<int>& codes) {
  std::string text = "Close ";
  for (std::size_t i = 0; i < codes.size(); ++i)
    text += (i == 0 ? "" : " or ") + std::to_string(codes[i]);
  return text;
}

}  // namespace

void check_closes(const Evidence& evidence, Verdict& verdict) {
  const auto& wanted = evidence.expect().closes_with;
  if (!wanted) return;
  const scenario::ClosesWith& closes = wanted->value;
  const int line = wanted->place.line;
  std::size_t seen = 0;
  for_each<trace::Frame>(evidence, [&](const trace::Event& event, const trace::Frame& frame) {
    if (frame.from != trace::Side::client || frame.opcode != trace::Opcode::close) return;
    if (closes.attempt && *closes.attempt != event.attempt) return;
    ++seen;
    if (std::ranges::count(closes.codes, frame.code) > 0) return;
    fail(evidence, verdict,
         {"closes_with", line, one_of(closes.codes),
          fmt::format("Close {} at {}", frame.code, moment(event.at)), event.attempt});
  });
  if (seen == 0)
    fail_missing(evidence, verdict,
                 {"closes_with", line, one_of(closes.codes), "no Close frame from the client",
                  closes.attempt.value_or(0)});
}

}  // namespace halfopen::judge
