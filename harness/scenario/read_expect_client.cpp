// `client = …` of [expect]: what the client reports, prints and takes.
#include <fmt/format.h>

#include <algorithm>

#include "scenario/readers.h"

namespace halfopen::scenario {
namespace {

const Form<int> exit_code{"an exit code", shape::Whole{0, 255}, as_whole{0, 255}};
const Form<int> close_code = form::close_code(0, 4999);

/// One table of what an event must have.
ClientEvent read_conditions(const TableReader& table, const Entry& entry, const Node::Table& keys,
                            Place place) {
  ClientEvent event;
  event.event = entry.key;
  event.place = place;
  const TableReader inner(keys, place, sections::client_event, table.problems());
  sections::client_event.read(inner, event);
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
  std::vector<std::string> others;
  others.reserve(sections::client_expectations.keys.size());
  for (const Key& key : sections::client_expectations.keys) others.emplace_back(key.name);
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

/// What stands beside the events.
bool is_event(const Entry& entry) {
  const auto& keys = sections::client_expectations.keys;
  return std::none_of(keys.begin(), keys.end(),
                      [&](const Key& key) { return key.name == entry.key; });
}

}  // namespace

const SectionOf<Expect> sections::client_expectations{
    "client = {…}",
    {{"exit", exit_code, "0", &Expect::exit_code},
     {"output", form::regex, "\"giving up\"", &Expect::output},
     {"memory", form::size_range, "\"..64MiB\"", &Expect::memory}}};

const SectionOf<ClientEvent> sections::client_event{
    "an event of the client",
    {{"code", close_code, "1006", &ClientEvent::code},
     {"clean", form::flag, "false", &ClientEvent::clean},
     {"text", form::regex, "\"^welcome$\"", &ClientEvent::text},
     {"attempt", form::attempt, "2", &ClientEvent::attempt},
     {"by", form::duration, "\"5s\"", &ClientEvent::by},
     {"count", form::count_range, "\"1..\"", &ClientEvent::count}}};

void read_expect_client(const TableReader& table, Expect& expect) {
  const Node::Table* keys = table.table("client");
  if (keys == nullptr) return;
  std::vector<Key> events;
  for (const Entry& entry : *keys)
    if (is_event(entry)) events.push_back({entry.key, "", ""});
  const TableReader inner(*keys, table.node("client")->place, sections::client_expectations,
                          table.problems(), std::move(events));
  sections::client_expectations.read(inner, expect);
  for (const Entry& entry : *keys)
    if (is_event(entry)) read_event(inner, entry, expect.client_events);
}

}  // namespace halfopen::scenario
