#include "cli/selection.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>

#include "base/diagnostic.h"
#include "base/error.h"
#include "cli/filter.h"
#include "cli/output.h"

namespace halfopen::cli {
namespace {

using Scenarios = std::vector<scenario::Scenario>;

bool has(const scenario::Scenario& scenario, const std::string& tag) {
  return std::ranges::count(scenario.tags, tag) > 0;
}

void check_tags(const Scenarios& scenarios, const std::vector<std::string>& tags) {
  std::set<std::string> found;
  for (const scenario::Scenario& scenario : scenarios)
    found.insert(scenario.tags.begin(), scenario.tags.end());
  const std::vector<std::string> known(found.begin(), found.end());
  for (const std::string& tag : tags) {
    if (found.contains(tag)) continue;
    const std::string hint = did_you_mean(tag, known);
    throw Misuse(
        "--tag",
        fmt::format("none of {} scenarios has the tag `{}`{}", scenarios.size(), tag,
                    !hint.empty()   ? hint
                    : known.empty() ? "; they have none at all"
                                    : fmt::format("; there are: {}", fmt::join(known, ", "))));
  }
}

/// A word that fits none, and is nearly one that would, leaves out or lets in what nobody meant.
void check_words(const Scenarios& scenarios, const Filter& filter, const std::string& text) {
  for (const Filter::Word& word : filter.words()) {
    std::set<std::string> found;
    bool fits = false;
    for (const scenario::Scenario& scenario : scenarios) {
      fits = fits || word_fits(word.text, scenario);
      for (std::string& label : labels_of(scenario)) found.insert(std::move(label));
    }
    if (fits) continue;
    const std::vector<std::string> known(found.begin(), found.end());
    const std::string what = fmt::format("`{}` is no tag, name or folder of these {} scenarios",
                                         word.text, scenarios.size());
    const std::string hint = did_you_mean(word.text, known);
    if (!hint.empty()) throw Misuse("--filter", Filter::at(text, word.column, what + hint));
    complain("halfopen: --filter: " + what);
  }
}

std::optional<Filter> filter_of(const std::string& text) try {
  if (text.empty()) return std::nullopt;
  return Filter(text);
} catch (const Error& mistake) {
  throw Misuse("--filter", mistake.what());
}

std::string in_words(const Selection& selection) {
  std::string words;
  if (!selection.tags.empty())
    words = fmt::format("--tag {}", fmt::join(selection.tags, " --tag "));
  if (!selection.filter.empty())
    words += fmt::format("{}--filter '{}'", words.empty() ? "" : " ", selection.filter);
  return words;
}

}  // namespace

void add_selection_options(Command& command, Selection& selection) {
  command
      .add_option("--tag", selection.tags,
                  "Takes only scenarios that have this tag; given again: or that one")
      .takes("TAG")
      .one_a_time();
  command
      .add_option("--filter", selection.filter,
                  "Takes only scenarios that fit, by tag, name or folder: \"tls and not slow\", "
                  "\"proxy/* or dns/*\"")
      .takes("EXPR");
}

std::vector<scenario::Scenario> select(Scenarios scenarios, const Selection& selection) {
  check_tags(scenarios, selection.tags);
  const std::optional<Filter> filter = filter_of(selection.filter);
  if (filter) check_words(scenarios, *filter, selection.filter);
  const std::size_t all = scenarios.size();
  std::erase_if(scenarios, [&](const scenario::Scenario& scenario) {
    const bool tagged =
        selection.tags.empty() || std::ranges::any_of(selection.tags, [&](const std::string& tag) {
          return has(scenario, tag);
        });
    return !tagged || (filter && !filter->fits(scenario));
  });
  if (scenarios.empty())
    throw Misuse(
        "", fmt::format("nothing is left: none of {} scenarios fits {}", all, in_words(selection)));
  return scenarios;
}

}  // namespace halfopen::cli
