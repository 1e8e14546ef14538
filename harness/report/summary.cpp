// One line for one run, as it is printed when the run ends.
#include <fmt/format.h>

#include "base/bytes.h"
#include "report/columns.h"
#include "report/paint.h"
#include "report/report.h"
#include "report/verdict_text.h"
#include "report/verdict_words.h"
#include "report/words.h"

namespace halfopen::report {
namespace {

std::string attempts_and_gaps(const std::vector<judge::AttemptView>& attempts) {
  constexpr std::size_t most = 6;
  std::string text = count_of(attempts.size(), "attempt");
  for (std::size_t i = 0; i + 1 < attempts.size(); ++i) {
    if (i == most) return text + " …";
    text += i == 0 ? ", gaps " : ", ";
    if (attempts[i].overlapped) {
      text += "none";
      continue;
    }
    text += (attempts[i].gap_at_most ? "≤ " : "") + span(*attempts[i].gap_to_next);
  }
  return text;
}

}  // namespace

std::string summary_line(const Result& result, const Style& style) {
  const judge::Verdict& verdict = result.verdict;
  const trace::Header& header = result.trace.header;
  const std::string start =
      fmt::format("{} {:<12} ", symbol_of(verdict.outcome), judge::name_of(verdict.outcome));
  std::string rest =
      fmt::format("{}  {}  {}", header.scenario, header.client, attempts_and_gaps(result.attempts));
  const std::string reason = in_words(verdict.reason);
  if (!reason.empty()) rest += "  (" + reason + ")";
  if (verdict.outcome == judge::Outcome::fail) rest += "  " + in_one_line(verdict.failures.front());
  return paint(start, ink_of(verdict.outcome), style.colours) +
         fit(printable_line(rest), style.width - columns(start));
}

}  // namespace halfopen::report
