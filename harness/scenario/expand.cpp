#include "scenario/expand.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "scenario/readers.h"

namespace halfopen::scenario {
namespace {

/// For all runs of a file together: some hundred MiB.
constexpr std::size_t most_values = 2'000'000;

std::optional<Node> take(Node::Table& table, std::string_view key) {
  const auto found =
      std::find_if(table.begin(), table.end(), [&](const Entry& each) { return each.key == key; });
  if (found == table.end()) return std::nullopt;
  Node node = std::move(found->value);
  if (node.place.line == 0) node.place = found->place;
  table.erase(found);
  return node;
}

/// All of it stands there.
void put_at(Node& node, Place place) {
  node.place = place;
  if (auto* array = std::get_if<Node::Array>(&node.value)) {
    for (Node& item : *array) put_at(item, place);
  } else if (auto* table = std::get_if<Node::Table>(&node.value)) {
    for (Entry& entry : *table) {
      entry.place = place;
      put_at(entry.value, place);
    }
  }
}

/// A value from outside. In place of a string it is one, whatever it looks like; else it is read as
/// TOML, and a string where it is none.
Node value_of(const std::string& text, const Node& before) {
  Node value{text, before.place};
  if (before.get<std::string>() != nullptr) return value;
  const auto document = parse_document("value = " + text);
  if (const Node* root = std::get_if<Node>(&document)) {
    const Node::Table& table = *root->get<Node::Table>();
    if (table.size() == 1 && table.front().key == "value") value = table.front().value;
  }
  put_at(value, before.place);
  return value;
}

std::string nothing_is_read(const std::string& path) {
  throw Error("reading " + path, "nothing can be included here");
}

}  // namespace

Template::Template(Node::Table document, Sources& sources, const Given& given, Problems& problems)
    : room_{most_values} {
  document =
      with_parts(std::move(document), sources, given.read ? given.read : nothing_is_read, problems);
  if (const auto variables = take(document, "variables")) read_variables(*variables, problems);
  if (const auto matrix = take(document, "matrix")) axes_ = read_matrix(*matrix, problems);
  for (const Axis& axis : axes_)
    if (const auto same = variables_.find(axis.name); same != variables_.end())
      problems.add(axis.place, fmt::format("`{}` is in [variables] already ({}): it has one value "
                                           "there, or several here",
                                           axis.name, problems.line_of(same->second.place)));
  set(given);
  runs_ = combinations(axes_, problems);
  document_ = {std::move(document), {1, 1}};
  weight_ = weight_of(document_);
}

void Template::read_variables(const Node& node, Problems& problems) {
  const auto* table = node.get<Node::Table>();
  if (table == nullptr) {
    problems.add(node.place,
                 "`variables` must be a table, like `[variables]` with `wait = \"2s\"` below it; "
                 "found " +
                     name_of(node));
    return;
  }
  for (const Entry& entry : *table) {
    if (!is_variable_name(entry.key))
      problems.add(entry.place,
                   fmt::format("`{}` is no name for a variable: it has letters, digits, "
                               "`_` and `-`, and no digit at first",
                               entry.key));
    else
      variables_.emplace(entry.key, entry.value);
  }
}

void Template::set(const Given& given) {
  for (const auto& [name, text] : given.set) {
    const auto axis =
        std::find_if(axes_.begin(), axes_.end(),
                     [&, &wanted = name](const Axis& each) { return each.name == wanted; });
    const auto variable = variables_.find(name);
    if (axis != axes_.end() && !axis->choices.empty())
      axis->choices = {choice_of(value_of(text, axis->choices.front().value))};
    else if (variable != variables_.end())
      variable->second = value_of(text, variable->second);
    else
      continue;
    set_.emplace_back(name, text);
  }
}

Expanded Template::expand(const Combination& run, Problems& problems) {
  Values values = variables_;
  for (const auto& [name, value] : run.values) values.insert_or_assign(name, *value);
  Substitution substitution(values, room_, problems);
  Expanded out;
  out.run = run.label;
  if (weight_ > room_.left && runs_.size() > 1) {
    problems.add({1, 1}, "the runs that [matrix] makes of this file are too large together");
    return out;
  }
  room_.left -= std::min(room_.left, weight_);
  out.document = std::get<Node::Table>(substitution.applied(document_).value);
  used_.insert(substitution.used().begin(), substitution.used().end());
  for (const Axis& axis : axes_)
    out.variables.push_back({axis.name, to_json(values.at(axis.name)).value_or("a date"),
                             static_cast<int>(axis.choices.size())});
  for (const auto& [name, value] : variables_)
    out.variables.push_back({name, to_json(value).value_or("a date"), 0});
  return out;
}

void Template::report_unused(const Sources& sources, Problems& problems) const {
  const auto report = [&](const std::string& name, Place place, const char* where) {
    if (!used_.contains(name))
      problems.add(place, fmt::format("nothing uses `{}`: write \"${{{}}}\" where its value is to "
                                      "stand, or take it out of [{}]",
                                      name, name, where));
  };
  for (const Axis& axis : axes_) report(axis.name, axis.place, "matrix");
  for (const auto& [name, value] : variables_)
    if (sources.origin(value.place.line).file.empty()) report(name, value.place, "variables");
}

std::vector<std::string> Template::names() const {
  std::vector<std::string> names;
  names.reserve(axes_.size() + variables_.size());
  for (const Axis& axis : axes_) names.push_back(axis.name);
  for (const auto& [name, value] : variables_) names.push_back(name);
  return names;
}

}  // namespace halfopen::scenario
