// `link = …` of a step, [[at]] or [[when]]: what changes about the link.
#include <fmt/format.h>

#include <array>

#include "scenario/readers.h"

namespace halfopen::scenario {
namespace {

/// What a change may be beside a state.
constexpr std::array<std::string_view, 2> moves{"rebind", "readdress"};

/// "loss 30%", "up delay 2s": one key of a change as a person would say it.
std::string in_words(const Entry& entry) {
  if (const auto* keys = entry.value.get<Node::Table>()) {
    std::string text = entry.key;
    for (const Entry& inner : *keys) text += " " + in_words(inner);
    return text;
  }
  if (const auto* items = entry.value.get<Node::Array>()) {
    std::string text = entry.key;
    for (const Node& item : *items)
      if (const auto* word = item.get<std::string>()) text += " \"" + *word + "\"";
    return text;
  }
  if (const auto* text = entry.value.get<std::string>()) return entry.key + " " + *text;
  if (const auto* flag = entry.value.get<bool>()) return (*flag ? "" : "no ") + entry.key;
  if (const auto* number = entry.value.get<double>())
    return fmt::format("{} {}", entry.key, *number);
  if (const auto* integer = entry.value.get<std::int64_t>())
    return fmt::format("{} {}", entry.key, *integer);
  return entry.key;
}

link::Change change_from_table(const TableReader& table, const link::Link& base) {
  const link::Link link = read_link(table, base);
  link::Change change;
  change.up = link.up;
  change.down = link.down;
  change.middlebox = link.middlebox;
  if (table.has("state")) change.state = link.state;
  for (const Entry& entry : table.raw()) {
    if (!change.text.empty()) change.text += ", ";
    const auto* text = entry.value.get<std::string>();
    change.text += entry.key == "state" && text != nullptr ? *text : in_words(entry);
  }
  if (change.text.empty()) change.text = "as at the start";
  return change;
}

}  // namespace

std::optional<link::Change> read_change(const TableReader& table, const link::Link& base) {
  const Node* node = table.node("link");
  if (node == nullptr) return std::nullopt;
  if (const auto* keys = node->get<Node::Table>())
    return change_from_table(TableReader(*keys, node->place, sections::link, table.problems()),
                             base);
  std::vector<std::string> words(link::state_names.begin(), link::state_names.end());
  words.insert(words.end(), moves.begin(), moves.end());
  const auto word = table.read("link", as_word{words, "state of a link"});
  if (!word) return std::nullopt;
  link::Change change;
  change.text = words[*word];
  change.rebind = change.text == moves[0];
  change.readdress = change.text == moves[1];
  if (!change.rebind && !change.readdress) change.state = static_cast<link::State>(*word);
  return change;
}

Key change_key() {
  const Shape states =
      shape::Words{std::vector<std::string>(link::state_names.begin(), link::state_names.end())};
  const Shape other = shape::Words{std::vector<std::string>(moves.begin(), moves.end())};
  return {
      "link",
      "a state (\"up\", \"down\", \"blackhole\" …), \"rebind\", \"readdress\" or a table of link "
      "keys",
      "\"down\"", shape::Either{{states, other, shape::Table{&sections::link}}}};
}

}  // namespace halfopen::scenario
