#include "scenario/matrix.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string_view>

#include "scenario/variables.h"

namespace halfopen::scenario {
namespace {

constexpr std::size_t longest_label = 40;
constexpr std::size_t most_axes = 10;

bool is_harmless(char c) {
  const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  return letter || (c >= '0' && c <= '9') || std::string_view("._+-%").find(c) != std::string::npos;
}

/// A name in shells, file names and reports: none of them minds what is left.
std::string harmless(std::string_view text) {
  std::string out;
  for (const char c : text.substr(0, longest_label)) out += is_harmless(c) ? c : '_';
  return out.empty() ? "empty" : out;
}

/// So that no two choices of an axis have the same name.
void tell_apart(std::vector<Axis::Choice>& choices) {
  std::set<std::string> taken;
  for (Axis::Choice& choice : choices) {
    const std::string label = choice.label;
    for (int number = 2; !taken.insert(choice.label).second; ++number)
      choice.label = fmt::format("{}-{}", label, number);
  }
}

/// `name = [1000, 1001]`, or `name = { slow = {…}, lossy = {…} }` with names for the values.
std::vector<Axis::Choice> read_choices(const Entry& entry, Problems& problems) {
  std::vector<Axis::Choice> choices;
  if (const auto* array = entry.value.get<Node::Array>()) {
    for (const Node& value : *array) {
      const auto text = text_of(value);
      choices.push_back({text ? harmless(*text) : std::to_string(choices.size() + 1), value});
    }
  } else if (const auto* table = entry.value.get<Node::Table>()) {
    for (const Entry& each : *table) choices.push_back({harmless(each.key), each.value});
  } else {
    problems.add(entry.value.place,
                 fmt::format("`{}` in [matrix] must be an array of values, or a table that names "
                             "them, like `{} = [1000, 1001]`; found {}",
                             entry.key, entry.key, name_of(entry.value)));
    return choices;
  }
  if (choices.empty())
    problems.add(entry.value.place, fmt::format("`{}` in [matrix] has no value", entry.key));
  tell_apart(choices);
  return choices;
}

}  // namespace

Axis::Choice choice_of(Node value) {
  const auto text = text_of(value);
  return {text ? harmless(*text) : "set", std::move(value)};
}

std::vector<Axis> read_matrix(const Node& matrix, Problems& problems) {
  const auto* table = matrix.get<Node::Table>();
  if (table == nullptr) {
    problems.add(matrix.place,
                 "`matrix` must be a table, like `[matrix]` with `code = [1000, 1001]` below it; "
                 "found " +
                     name_of(matrix));
    return {};
  }
  std::vector<Axis> axes;
  for (const Entry& entry : *table) {
    if (axes.size() == most_axes) {
      problems.add(entry.place, fmt::format("[matrix] has at most {} names", most_axes));
      break;
    }
    if (is_variable_name(entry.key))
      axes.push_back({entry.key, entry.place, read_choices(entry, problems)});
    else
      problems.add(entry.place,
                   fmt::format("`{}` is no name for a variable: it has letters, digits, "
                               "`_` and `-`, and no digit at first",
                               entry.key));
  }
  return axes;
}

std::vector<Combination> combinations(const std::vector<Axis>& axes, Problems& problems) {
  std::vector<Combination> all{{}};
  std::size_t count = 1;
  for (const Axis& axis : axes) {
    count *= axis.choices.size();
    if (count > most_combinations) {
      problems.add(
          axis.place,
          fmt::format("[matrix] makes more than {} runs of this file: leave out values, or "
                      "make two files of it",
                      most_combinations));
      return {};
    }
    std::vector<Combination> longer;
    longer.reserve(count);
    for (const Combination& each : all)
      for (const Axis::Choice& choice : axis.choices) {
        longer.push_back(each);
        Combination& made = longer.back();
        made.label +=
            fmt::format("{}{}={}", made.label.empty() ? "" : ",", axis.name, choice.label);
        made.values.emplace_back(axis.name, &choice.value);
      }
    all = std::move(longer);
  }
  return all;
}

bool is_among(const std::string& label, const std::string& named) {
  const auto parts_of = [](std::string_view text) {
    std::set<std::string, std::less<>> parts;
    while (!text.empty()) {
      const std::size_t comma = text.find(',');
      parts.emplace(text.substr(0, comma));
      text.remove_prefix(comma == std::string_view::npos ? text.size() : comma + 1);
    }
    return parts;
  };
  const auto has = parts_of(label);
  const auto wanted = parts_of(named);
  return std::includes(has.begin(), has.end(), wanted.begin(), wanted.end());
}

}  // namespace halfopen::scenario
