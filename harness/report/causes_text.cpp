#include "report/causes_text.h"

#include <fmt/format.h>

#include "base/bytes.h"
#include "report/columns.h"
#include "report/paint.h"
#include "report/verdict_text.h"
#include "report/words.h"

namespace halfopen::report {
namespace {

// What comes behind them is for the report.
constexpr std::size_t most_groups = 8;

}  // namespace

std::string causes_text(const std::vector<CauseGroup>& groups, const Style& style) {
  std::string text;
  const auto line = [&](int indent, const std::string& what) {
    text += padded("", indent) + wrapped(printable_line(what), style.width - indent, indent) + "\n";
  };
  for (std::size_t i = 0; i < groups.size(); ++i) {
    if (i == most_groups) {
      line(2, fmt::format("… and {} for other causes", count_of(groups.size() - i, "group")));
      break;
    }
    const CauseGroup& group = groups[i];
    text += "  " +
            paint(fit(printable_line(headline(group)), style.width - 2), Ink::bold, style.colours) +
            "\n";
    line(4, std::string(group.cause->means));
    line(4, fmt::format("shortest: {}  {}", group.shortest->trace.header.scenario,
                        in_one_line(*group.example)));
  }
  return text.empty() ? "" : "What is wrong, by cause:\n" + text;
}

}  // namespace halfopen::report
