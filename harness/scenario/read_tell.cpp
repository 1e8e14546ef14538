// `tell = …`: what the client is told to do; and the names of the events that it reports.
#include <fmt/format.h>

#include <algorithm>

#include "scenario/readers.h"

namespace halfopen::scenario {
namespace {

/// What one `tell` makes a client send: all of it waits in halfopen until the client reads it.
constexpr std::uint64_t largest_message = std::uint64_t{512} * 1024;
constexpr std::uint64_t most_bytes = std::uint64_t{128} * 1024 * 1024;

/// The usual actions and the keys that mean something to them.
struct Action {
  std::string_view name;
  std::vector<std::string_view> keys;
  std::string_view required;
};

const std::vector<Action>& actions() {
  static const std::vector<Action> all{{"send", {"text", "times", "size"}, "text"},
                                       {"close", {"code", "reason"}, ""},
                                       {"connect", {}, ""},
                                       {"reconnect", {}, ""},
                                       {"subscribe", {"topic"}, "topic"}};
  return all;
}

/// A word of the client's own is allowed, a near miss of a usual one is a slip.
void check_near_miss(std::string_view word, const std::vector<std::string>& usual,
                     std::string_view what, Place place, Problems& problems) {
  if (std::find(usual.begin(), usual.end(), word) != usual.end()) return;
  const std::string hint = did_you_mean(word, usual);
  if (!hint.empty()) problems.add(place, fmt::format("unknown {} `{}`{}", what, word, hint));
}

std::optional<std::string> as_action(const Node& node, const KeySite& at) {
  auto action = as_text(node, at);
  if (!action) return std::nullopt;
  if (action->empty()) return at.wrong_type(node);
  std::vector<std::string> usual;
  for (const Action& known : actions()) usual.emplace_back(known.name);
  check_near_miss(*action, usual, "action", node.place, at.problems);
  return action;
}

/// What stands beside `tell`.
std::vector<std::string_view> fields() {
  std::vector<std::string_view> names;
  for (const Key& key : sections::tell_step.keys)
    if (key.name != "tell") names.push_back(key.name);
  return names;
}

/// The keys beside `tell` must mean something to the action, and those that it needs be there.
void check_keys(const TableReader& table, const std::string& name) {
  const auto action = std::find_if(actions().begin(), actions().end(),
                                   [&](const Action& known) { return known.name == name; });
  if (action == actions().end()) return;
  for (const std::string_view key : fields())
    if (std::find(action->keys.begin(), action->keys.end(), key) == action->keys.end())
      table.refuse({key}, fmt::format("means nothing to tell = \"{}\"", name));
  if (!action->required.empty() && !table.has(action->required))
    table.problems().add(table.place_of("tell"),
                         fmt::format("tell = \"{}\" needs `{}`", name, action->required));
}

void check_amount(const TableReader& table, const Tell& tell) {
  if (tell.size > largest_message)
    table.refuse({"size"}, fmt::format("may be at most {}", format_size(largest_message)));
  else if (static_cast<std::uint64_t>(tell.times) * tell.size > most_bytes)
    table.refuse({"size"}, fmt::format("times `times` may be at most {}", format_size(most_bytes)));
}

bool is_usual(std::string_view name) {
  return std::any_of(actions().begin(), actions().end(),
                     [&](const Action& known) { return known.name == name; });
}

/// They are known without a form: see own_fields.
void read_own_fields(const TableReader& table, Tell& tell) {
  for (const Entry& entry : table.raw()) {
    if (!table.knows(entry.key) || !table.site(entry.key).key.form.empty()) continue;
    if (auto text = to_json(entry.value))
      tell.own.emplace(entry.key, *std::move(text));
    else
      table.problems().add(entry.value.place,
                           "JSON has no dates and no infinite numbers: write a string");
  }
}

/// A text that is passed on as it is.
Bound<Tell> field(std::string_view name, std::string_view example) {
  Bound<Tell> bound(name, form::text, example);
  bound.read = [name](const TableReader& table, Tell& tell) {
    if (auto value = table.read(name, form::text)) tell.fields.emplace(name, *std::move(value));
  };
  return bound;
}

std::vector<Bound<Tell>> all_keys() {
  const Form<std::string> action{"an action of the client", shape::Text{}, as_action};
  return {{"tell", action, "\"close\"", &Tell::action},
          field("text", "\"hello\""),
          {"times", form::whole(1, 10'000), "100", &Tell::times},
          {"size", form::size, "\"64KiB\"", &Tell::size},
          {"code", form::close_code(1000, 4999), "1000", &Tell::code},
          field("reason", "\"done\""),
          field("topic", "\"news\""),
          field("where", "\"message\"")};
}

}  // namespace

const SectionOf<Tell> sections::tell_step{"a `tell` step", all_keys()};

std::vector<Key> tell_keys() {
  std::vector<Key> keys;
  for (const Bound<Tell>& each : all_keys()) keys.push_back(each.key);
  return keys;
}

std::vector<Key> own_fields(const Node::Table& table, const Section& section,
                            const std::vector<Key>& more) {
  const Entry* tell = find(table, "tell");
  const auto* action = tell == nullptr ? nullptr : tell->value.get<std::string>();
  if (action == nullptr || is_usual(*action)) return {};
  std::vector<std::string> known;
  for (const auto* keys : {&section.keys, &more})
    for (const Key& key : *keys) known.emplace_back(key.name);
  std::vector<Key> own;
  for (const Entry& entry : table)
    if (std::find(known.begin(), known.end(), entry.key) == known.end())
      own.push_back({entry.key, "", ""});
  return own;
}

std::optional<Tell> read_tell(const TableReader& table) {
  if (!table.has("tell")) {
    for (const std::string_view key : fields())
      table.refuse({key}, "belongs to `tell`, which is missing");
    return std::nullopt;
  }
  Tell tell;
  sections::tell_step.read(table, tell);
  if (!tell.action.empty()) check_keys(table, tell.action);
  check_amount(table, tell);
  read_own_fields(table, tell);
  if (tell.action.empty()) return std::nullopt;
  return tell;
}

void check_event_name(std::string_view name, Place place, Problems& problems) {
  static const std::vector<std::string> usual{"open",    "message", "close", "error",
                                              "gave-up", "offline", "online"};
  check_near_miss(name, usual, "event", place, problems);
}

std::optional<std::string> as_event(const Node& node, const KeySite& at) {
  auto event = as_text(node, at);
  if (!event) return std::nullopt;
  if (event->empty()) return at.wrong_type(node);
  check_event_name(*event, node.place, at.problems);
  return event;
}

}  // namespace halfopen::scenario
