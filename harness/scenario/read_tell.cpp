// `tell = …`: what the client is told to do; and the names of the events that it reports.
#include <fmt/format.h>

#include <algorithm>

#include "scenario/readers.h"

namespace halfopen::scenario {
namespace {

constexpr int lowest_close_code = 1000;
constexpr int highest_close_code = 4999;

/// The usual actions and the keys that mean something to them.
struct Action {
  std::string_view name;
  std::vector<std::string_view> keys;
  std::string_view required;
};

const std::vector<Action>& actions() {
  static const std::vector<Action> all{{"send", {"text"}, "text"},
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

/// The keys beside `tell` must mean something to the action, and those that it needs be there.
void check_keys(const TableReader& table, const std::string& name) {
  const auto action = std::find_if(actions().begin(), actions().end(),
                                   [&](const Action& known) { return known.name == name; });
  if (action == actions().end()) return;
  for (const std::string_view key : {"text", "code", "reason", "topic", "where"})
    if (std::find(action->keys.begin(), action->keys.end(), key) == action->keys.end())
      table.refuse({key}, fmt::format("means nothing to tell = \"{}\"", name));
  if (!action->required.empty() && !table.has(action->required))
    table.problems().add(table.place_of("tell"),
                         fmt::format("tell = \"{}\" needs `{}`", name, action->required));
}

}  // namespace

std::optional<Tell> read_tell(const TableReader& table) {
  if (!table.has("tell")) {
    table.refuse({"text", "code", "reason", "topic", "where"},
                 "belongs to `tell`, which is missing");
    return std::nullopt;
  }
  Tell tell;
  const auto action = table.read("tell", as_action);
  if (action) {
    tell.action = *action;
    check_keys(table, *action);
  }
  table.into(tell.code, "code", as_whole{lowest_close_code, highest_close_code});
  for (const std::string_view key : {"text", "reason", "topic", "where"})
    if (auto value = table.read(key, as_text)) tell.fields.emplace(key, *std::move(value));
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
