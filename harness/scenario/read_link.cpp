// [link] and the changes of a link.
#include <fmt/format.h>

#include "link/drop_rule.h"
#include "scenario/readers.h"

namespace halfopen::scenario {
namespace {

const std::vector<std::string> state_words(link::state_names.begin(), link::state_names.end());
/// What a change may be beside a state.
constexpr std::string_view rebind_word = "rebind";
constexpr std::string_view readdress_word = "readdress";

std::optional<std::vector<link::DropRule>> as_drop_rules(const Node& node, const KeySite& at) {
  const auto* array = node.get<Node::Array>();
  if (array == nullptr) return at.wrong_type(node);
  std::vector<link::DropRule> rules;
  for (const Node& item : *array) {
    const auto* text = item.get<std::string>();
    if (text == nullptr) {
      at.wrong_type(item);
      continue;
    }
    auto rule = link::parse_drop_rule(*text);
    if (rule)
      rules.push_back(*std::move(rule.value));
    else
      at.problem(item, rule.problem);
  }
  return rules;
}

/// The keys that either direction has, applied to one direction.
void apply(const TableReader& table, link::Settings& settings) {
  table.into(settings.loss, "loss", as_loss);
  table.into(settings.duplicate, "duplicate", as_share);
  table.into(settings.corrupt, "corrupt", as_share);
  table.into(settings.rate, "rate", as_rate);
  table.into(settings.queue, "queue", as_size);
  table.into(settings.delay, "delay", as_duration);
  table.into(settings.jitter, "jitter", as_duration);
  table.into(settings.jitter_reorders, "jitter_reorders", as_flag);
  table.into(settings.reorder, "reorder", as_share);
  table.into(settings.drop, "drop", as_drop_rules);
  const as_word word{{"uniform", "normal", "pareto"}, "distribution"};
  constexpr link::Distribution distributions[] = {
      link::Distribution::uniform, link::Distribution::normal, link::Distribution::pareto};
  if (const auto chosen = table.read("distribution", word))
    settings.distribution = distributions[*chosen];
}

/// What does nothing, or cannot be done, with these settings. `table` named some of them.
void check(const TableReader& table, const link::Settings& settings) {
  if (settings.jitter > settings.delay && settings.distribution == link::Distribution::uniform &&
      table.has("jitter"))
    table.problems().add(
        table.place_of("jitter"),
        fmt::format("a jitter of {} around a delay of {} would deliver before sending; make "
                    "`delay` at least as large",
                    format(settings.jitter), format(settings.delay)));
  if (settings.jitter == Duration::zero())
    table.refuse({"distribution", "jitter_reorders"}, "says how jitter works; give a `jitter` too");
  if (!settings.rate) table.refuse({"queue"}, "is the queue in front of `rate`; give a `rate` too");
  if (settings.delay == Duration::zero() && settings.reorder > 0)
    table.refuse({"reorder"}, "sends some units ahead of those that wait; give a `delay` too");
}

void read_profile(const TableReader& table, link::Link& link) {
  const auto name = table.read("profile", as_text);
  if (!name) return;
  if (const link::Link* profile = link::find_profile(*name)) {
    const link::State state = link.state;
    link = *profile;
    link.state = state;
    link.profile = *name;
    return;
  }
  const as_word word{link::profile_names(), "profile"};
  (void)word(*table.node("profile"), table.site("profile"));
}

void read_direction(const TableReader& table, std::string_view key, link::Settings& settings) {
  const Node::Table* keys = table.table(key);
  if (keys == nullptr) return;
  const TableReader direction(*keys, table.node(key)->place, sections::link_direction,
                              table.problems());
  const std::size_t before = table.problems().count();
  apply(direction, settings);
  if (table.problems().count() == before) check(direction, settings);
}

/// Applies the shared keys to both directions, but reports their mistakes once.
void apply_to_both(const TableReader& table, link::Link& link) {
  apply(table, link.up);
  Problems again("");
  const TableReader silent(table.raw(), table.place(), sections::link, again);
  apply(silent, link.down);
}

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

link::Link read_link(const TableReader& table, link::Link base) {
  link::Link link = std::move(base);
  const std::size_t before = table.problems().count();
  read_profile(table, link);
  apply_to_both(table, link);
  // A value that was not understood would only be complained about once more.
  if (table.problems().count() == before) check(table, link.up);
  read_direction(table, "up", link.up);
  read_direction(table, "down", link.down);
  if (const auto state = table.read("state", as_word{state_words, "state of a link"}))
    link.state = static_cast<link::State>(*state);
  read_middlebox(table, link.middlebox);
  return link;
}

std::optional<link::Change> read_change(const TableReader& table, const link::Link& base) {
  const Node* node = table.node("link");
  if (node == nullptr) return std::nullopt;
  if (const auto* keys = node->get<Node::Table>())
    return change_from_table(TableReader(*keys, node->place, sections::link, table.problems()),
                             base);
  std::vector<std::string> words = state_words;
  words.emplace_back(rebind_word);
  words.emplace_back(readdress_word);
  const auto word = table.read("link", as_word{words, "state of a link"});
  if (!word) return std::nullopt;
  link::Change change;
  change.text = words[*word];
  change.rebind = change.text == rebind_word;
  change.readdress = change.text == readdress_word;
  if (!change.rebind && !change.readdress) change.state = static_cast<link::State>(*word);
  return change;
}

}  // namespace halfopen::scenario
