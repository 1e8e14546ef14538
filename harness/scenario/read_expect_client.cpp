// `client = …` of [expect]: what the client reports, prints and takes.
#include <fmt/format.h>

#include "scenario/readers.h"

namespace halfopen::scenario {
namespace {

constexpr int highest_exit_code = 255;
constexpr int highest_close_code = 4999;
constexpr int most_attempts = 1'000'000;

/// One table of what an event must have.
ClientEvent read_conditions(const TableReader& table, const Entry& entry, const Node::Table& keys,
                            Place place) {
  ClientEvent event;
  event.event = entry.key;
  event.place = place;
  const TableReader inner(keys, place, sections::client_event, table.problems());
  inner.into(event.code, "code", as_whole{0, highest_close_code});
  inner.into(event.clean, "clean", as_flag);
  inner.into(event.text, "text", as_regex);
  inner.into(event.attempt, "attempt", as_whole{1, most_attempts});
  inner.into(event.by, "by", as_duration);
  inner.into(event.count, "count", as_count_range);
  if (entry.key != "close") inner.refuse({"code", "clean"}, "is reported with `close` only");
  if (entry.key == "open" || entry.key == "close")
    inner.refuse({"text"}, "is reported with `message` and `error` only");
  if (keys.empty())
    table.problems().add(place, fmt::format("say what is expected, or `{} = true`", entry.key));
  return event;
}

void read_list(const TableReader& table, const Entry& entry, const Node::Array& list,
               std::vector<ClientEvent>& events) {
  if (list.empty())
    table.problems().add(entry.value.place, "an empty array expects nothing: leave it out");
  for (const Node& item : list)
    if (const auto* keys = item.get<Node::Table>())
      events.push_back(read_conditions(table, entry, *keys, item.place));
    else
      table.problems().add(item.place, fmt::format("each of several conditions of `{}` is a table, "
                                                   "like {{ count = 1 }}; found {}",
                                                   entry.key, name_of(item)));
}

void read_event(const TableReader& table, const Entry& entry, std::vector<ClientEvent>& events) {
  const std::vector<std::string> others{"exit", "output", "memory"};
  if (const std::string hint = did_you_mean(entry.key, others); !hint.empty())
    return table.problems().add(
        entry.place, fmt::format("unknown key `{}` in client = {{…}}{}", entry.key, hint));
  check_event_name(entry.key, entry.place, table.problems());
  if (const auto* list = entry.value.get<Node::Array>())
    return read_list(table, entry, *list, events);
  if (const auto* keys = entry.value.get<Node::Table>()) {
    events.push_back(read_conditions(table, entry, *keys, entry.value.place));
    events.back().place = entry.place;
    return;
  }
  ClientEvent event;
  event.event = entry.key;
  event.place = entry.place;
  if (const auto* flag = entry.value.get<bool>()) {
    if (!*flag) event.count = {0, 0};
  } else {
    table.problems().add(entry.value.place,
                         fmt::format("`{0}` must be true, false, a table, like `{0} = {{ count = 1 "
                                     "}}`, or an array of them; found {1}",
                                     entry.key, name_of(entry.value)));
  }
  events.push_back(std::move(event));
}

}  // namespace

void read_expect_client(const TableReader& table, Expect& expect) {
  const Node::Table* keys = table.table("client");
  if (keys == nullptr) return;
  std::vector<Key> events;
  for (const Entry& entry : *keys)
    if (entry.key != "exit" && entry.key != "output" && entry.key != "memory")
      events.push_back({entry.key, "", ""});
  const TableReader inner(*keys, table.node("client")->place, sections::client_expectations,
                          table.problems(), std::move(events));
  for (const Entry& entry : *keys)
    if (entry.key == "exit")
      expect.exit_code = inner.placed("exit", as_whole{0, highest_exit_code});
    else if (entry.key == "output")
      expect.output = inner.placed("output", as_regex);
    else if (entry.key == "memory")
      expect.memory = inner.placed("memory", as_size_range);
    else
      read_event(inner, entry, expect.client_events);
}

}  // namespace halfopen::scenario
