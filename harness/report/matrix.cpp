// Scenarios × clients, and why a scenario failed.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/bytes.h"
#include "report/columns.h"
#include "report/paint.h"
#include "report/repeats.h"
#include "report/report.h"
#include "report/row_reason.h"

namespace halfopen::report {
namespace {

using judge::Outcome;

// The names in the order in which they first came.
std::vector<std::string> names(const std::vector<Result>& results,
                               const std::string trace::Header::*name) {
  std::vector<std::string> found;
  for (const Result& result : results)
    if (std::ranges::count(found, result.trace.header.*name) == 0)
      found.push_back(result.trace.header.*name);
  return found;
}

struct Cell {
  Outcome outcome = Outcome::pass;
  bool warned = false;
};
using Cells = std::map<std::pair<std::string, std::string>, Cell>;

Cells cells_of(const std::vector<Result>& results) {
  Cells cells;
  for (const Result& result : results) {
    const trace::Header& header = result.trace.header;
    const Outcome outcome = result.verdict.outcome;
    Cell& cell = cells.try_emplace({header.scenario, header.client}, Cell{outcome}).first->second;
    if (is_worse(outcome, cell.outcome)) cell.outcome = outcome;
    cell.warned = cell.warned || !result.verdict.warnings.empty();
  }
  return cells;
}

std::string cell_text(const Cells& cells, const std::string& scenario, const std::string& client,
                      int width, bool colours) {
  const auto cell = cells.find({scenario, client});
  if (cell == cells.end()) return padded("·", width);
  const Outcome outcome = cell->second.outcome;
  const std::string symbol(symbol_of(outcome));
  const std::string mark = cell->second.warned ? "!" : "";
  return paint(symbol, ink_of(outcome), colours) + paint(mark, Ink::yellow, colours) +
         padded("", width - columns(symbol + mark));
}

// Of what is in the matrix only now and then, only that which is.
std::string legend(const Cells& cells, std::size_t pairs) {
  std::string text = "✓ pass  ✕ fail  ~ inconclusive  ? unsupported  ! error";
  if (std::ranges::any_of(cells, [](const auto& each) { return each.second.warned; }))
    text += "  ✓! with warnings";
  if (cells.size() < pairs) text += "  · not run";
  return text + "\n";
}

}  // namespace

std::string matrix(const std::vector<Result>& results, const Style& style) {
  const auto scenarios = names(results, &trace::Header::scenario);
  const auto clients = names(results, &trace::Header::client);
  int first = 0;
  for (const std::string& scenario : scenarios)
    first = std::max(first, columns(printable_line(scenario)));
  int headings = 0;
  for (const std::string& client : clients) headings += columns(printable_line(client)) + 2;
  // Names where they fit side by side; else numbers, and the names in the legend.
  const bool numbered = first + 2 + headings > style.width;
  std::string text = padded("", first + 2);
  std::vector<std::string> titles;
  for (std::size_t i = 0; i < clients.size(); ++i) {
    titles.push_back(numbered ? std::to_string(i + 1) : printable_line(clients[i]));
    text += padded(titles.back(), columns(titles.back()) + 2);
  }
  text = text.substr(0, text.find_last_not_of(' ') + 1) + "\n";
  const Cells cells = cells_of(results);
  const RowReasons reasons(results, clients, titles);
  for (const std::string& scenario : scenarios) {
    text += padded(printable_line(scenario), first + 2);
    for (std::size_t i = 0; i < clients.size(); ++i) {
      const bool last = i + 1 == clients.size();
      text +=
          cell_text(cells, scenario, clients[i], last ? 1 : columns(titles[i]) + 2, style.colours);
    }
    text += "\n" + reasons.of(scenario, style);
  }
  text += "\n";
  for (std::size_t i = 0; numbered && i < clients.size(); ++i)
    text += fmt::format("{:>3} {}\n", i + 1, printable_line(clients[i]));
  return text + legend(cells, scenarios.size() * clients.size()) + totals(results) + "\n";
}

}  // namespace halfopen::report
