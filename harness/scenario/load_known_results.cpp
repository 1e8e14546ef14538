// expected.toml
#include <fmt/format.h>

#include <algorithm>

#include "scenario/known_results.h"
#include "scenario/readers.h"

namespace halfopen::scenario {
namespace {

KnownResult read_result(const Node::Table& keys, const Entry& entry, Problems& problems) {
  const TableReader table(keys, entry.value.place, sections::known_result, problems);
  KnownResult result;
  result.place = entry.place;
  sections::known_result.read(table, result);
  for (const std::string_view key : {"verdict", "why"})
    if (!table.has(key))
      problems.add(entry.place, fmt::format("`{}` is missing: write \"{}\" = {{ verdict = "
                                            "\"fail\", why = \"…\" }}",
                                            key, entry.key));
  if (table.has("why") && result.why.empty())
    problems.add(table.place_of("why"), "say why, in one line");
  return result;
}

void check_name(const Entry& entry, const std::vector<std::string>& scenarios, Problems& problems) {
  if (std::ranges::find(scenarios, entry.key) != scenarios.end()) return;
  const std::string hint = did_you_mean(entry.key, scenarios);
  problems.add(entry.place,
               fmt::format("there is no scenario `{}`{}", entry.key,
                           hint.empty() ? " below scenarios/ or beside those given" : hint));
}

const auto verdict = form::one_of<std::string>({{"fail", "fail"}, {"unsupported", "unsupported"}},
                                               "verdict to be named here");

}  // namespace

const SectionOf<KnownResult> sections::known_result{
    "a result in expected.toml",
    {{"verdict", verdict, "\"fail\"", &KnownResult::verdict},
     {"why", form::text, "\"takes lengths that are not minimal\"", &KnownResult::why}}};

Loaded<KnownResults> load_known_results(std::string_view text, const std::string& file,
                                        const std::vector<std::string>& scenarios) {
  Problems problems(file);
  const auto document = parse_document(text);
  if (const auto* mistake = std::get_if<SyntaxError>(&document)) {
    problems.add(mistake->place, mistake->message);
    return {std::nullopt, problems.take()};
  }
  KnownResults results;
  for (const Entry& entry : *std::get<Node>(document).get<Node::Table>()) {
    check_name(entry, scenarios, problems);
    if (const auto* keys = entry.value.get<Node::Table>())
      results.emplace(entry.key, read_result(*keys, entry, problems));
    else
      problems.add(entry.value.place,
                   fmt::format("a scenario's result is a table, like \"{}\" = {{ verdict = "
                               "\"fail\", why = \"…\" }}; found {}",
                               entry.key, name_of(entry.value)));
  }
  if (!problems.none()) return {std::nullopt, problems.take()};
  return {std::move(results), {}};
}

}  // namespace halfopen::scenario
