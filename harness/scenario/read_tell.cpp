// `tell = …`: what the client is told to do; and the names of the events that it reports.
#include <fmt/format.h>

#include <algorithm>

#include "scenario/readers.h"

namespace halfopen::scenario {
namespace {

constexpr int lowest_close_code = 1000;
constexpr int highest_close_code = 4999;
/// What one `tell` makes a client send: all of it waits in halfopen until the client reads it.
constexpr int most_times = 10'000;
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

bool is_usual(std::string_view name) {
  return std::ranges::find(actions(), name, &Action::name) != actions().end();
}

/// What the language itself has beside a `tell`, in a step or elsewhere.
bool is_of_language(std::string_view key, bool in_step) {
  const auto has = [&](const Section& section) {
    return std::ranges::find(section.keys, key, &Key::name) != section.keys.end();
  };
  return has(sections::tell_step) ||
         (in_step ? has(sections::every_step) : has(sections::at) || has(sections::when));
}

/// Any value, as JSON.
void add_own(const TableReader& table, const Entry& entry, Tell& tell) {
  if (entry.key == "do")
    return table.problems().add(entry.place,
                                "`do` is what `tell` says: give the field another name");
  if (auto json = to_json(entry.value))
    tell.own.emplace(entry.key, *std::move(json));
  else
    table.problems().add(entry.value.place,
                         "JSON has no dates and no infinite numbers: write a string");
}

/// Fields of an action of the client's own may have any name and any value.
void read_own(const TableReader& table, Tell& tell) {
  const bool in_step = table.knows(sections::every_step.keys.front().name);
  for (const Entry& entry : table.raw()) {
    const bool text = entry.key == "text" || entry.key == "reason" || entry.key == "topic" ||
                      entry.key == "where";
    const auto* value = entry.value.get<std::string>();
    if (text && value != nullptr)
      tell.fields.emplace(entry.key, *value);
    else if (text || entry.key == "code" ||
             (table.knows(entry.key) && !is_of_language(entry.key, in_step)))
      add_own(table, entry, tell);
  }
}

/// The keys beside `tell` must mean something to the action, and those that it needs be there.
void check_keys(const TableReader& table, const std::string& name) {
  const auto action = std::find_if(actions().begin(), actions().end(),
                                   [&](const Action& known) { return known.name == name; });
  if (action == actions().end()) return;
  for (const std::string_view key : {"text", "times", "size", "code", "reason", "topic", "where"})
    if (std::find(action->keys.begin(), action->keys.end(), key) == action->keys.end())
      table.refuse({key}, fmt::format("means nothing to tell = \"{}\"", name));
  if (!action->required.empty() && !table.has(action->required))
    table.problems().add(table.place_of("tell"),
                         fmt::format("tell = \"{}\" needs `{}`", name, action->required));
}

void read_amount(const TableReader& table, Tell& tell) {
  table.into(tell.times, "times", as_whole{1, most_times});
  table.into(tell.size, "size", as_size);
  if (tell.size > largest_message)
    table.refuse({"size"}, fmt::format("may be at most {}", format_size(largest_message)));
  else if (static_cast<std::uint64_t>(tell.times) * tell.size > most_bytes)
    table.refuse({"size"}, fmt::format("times `times` may be at most {}", format_size(most_bytes)));
}

}  // namespace

std::vector<Key> own_fields(const Node::Table& keys, bool in_step) {
  const Entry* tell = find(keys, "tell");
  const auto* action = tell == nullptr ? nullptr : tell->value.get<std::string>();
  if (action == nullptr || is_usual(*action)) return {};
  std::vector<Key> own;
  for (const Entry& entry : keys)
    if (!is_of_language(entry.key, in_step)) own.push_back({entry.key, "", ""});
  return own;
}

std::optional<Tell> read_tell(const TableReader& table) {
  if (!table.has("tell")) {
    table.refuse({"text", "times", "size", "code", "reason", "topic", "where"},
                 "belongs to `tell`, which is missing");
    return std::nullopt;
  }
  Tell tell;
  const auto action = table.read("tell", as_action);
  if (action) {
    tell.action = *action;
    check_keys(table, *action);
  }
  if (action && !is_usual(*action)) {
    read_own(table, tell);
  } else {
    table.into(tell.code, "code", as_whole{lowest_close_code, highest_close_code});
    for (const std::string_view key : {"text", "reason", "topic", "where"})
      if (auto value = table.read(key, as_text)) tell.fields.emplace(key, *std::move(value));
  }
  read_amount(table, tell);
  if (!action) return std::nullopt;
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
