// [[attempt]], [[at]] and [[when]].
#include <fmt/format.h>

#include "scenario/coins.h"
#include "scenario/readers.h"
#include "scenario/spread_attempts.h"
#include "scenario/story.h"

namespace halfopen::scenario {
namespace {

constexpr int most_times = 1'000'000;
constexpr int highest_number = 10'000;
constexpr int most_nth = 1'000'000;

/// A count; "rest" is nothing.
std::optional<std::optional<int>> as_times(const Node& node, const KeySite& at) {
  if (const auto* word = node.get<std::string>())
    if (*word == "rest") return std::optional<int>{};
  const auto times = as_whole{1, most_times}(node, at);
  if (!times) return std::nullopt;
  return times;
}

/// One number, or several.
std::optional<std::set<int>> as_numbers(const Node& node, const KeySite& at) {
  const as_whole number{1, highest_number};
  const auto* list = node.get<Node::Array>();
  if (list == nullptr) {
    const auto one = number(node, at);
    return one ? std::optional(std::set{*one}) : std::nullopt;
  }
  if (list->empty()) return at.problem(node, "an empty list names no attempt");
  std::set<int> numbers;
  for (const Node& item : *list)
    if (const auto each = number(item, at)) numbers.insert(*each);
  return numbers;
}

Attempt read_attempt(const TableReader& table, const link::Link& base) {
  Attempt attempt;
  attempt.place = table.place();
  if (auto times = table.read("times", as_times)) attempt.times = *times;
  attempt.dns = read_dns(table);
  attempt.port = read_port(table);
  attempt.proxy = read_proxy(table);
  attempt.tls = read_tls(table);
  attempt.handshake = read_handshake(table);
  if (const Node::Array* steps = table.array("steps"))
    attempt.steps = read_steps(*steps, base, table.problems());
  attempt.has_steps = table.has("steps");
  const Attempt best = luckiest(attempt);
  if (!resolution_of(&best).resolves())
    table.refuse({"port", "proxy", "tls", "steps", "handshake"},
                 "can never happen: the name does not resolve, so nothing is connected to");
  else if (!reception(best).served)
    table.refuse({"steps", "handshake", "tls", "proxy"},
                 "can never happen: the port is not open, so no connection comes through");
  return attempt;
}

std::optional<bool> as_freeze(const Node& node, const KeySite& at) {
  const auto word = as_word{{"freeze", "thaw"}, "state of the client"}(node, at);
  if (!word) return std::nullopt;
  return *word == 0;
}

}  // namespace

std::vector<Attempt> read_attempts(const TableReader& root, const link::Link& base) {
  std::vector<AttemptTable> tables;
  for_each_table(root, "attempt", [&](const Node::Table& keys, Place place) {
    const TableReader table(keys, place, sections::attempt, root.problems());
    AttemptTable& added = tables.emplace_back(AttemptTable{read_attempt(table, base)});
    table.into(added.on, "on", as_numbers);
    added.on_place = table.place_of("on");
    if (table.has("on")) table.refuse({"times"}, "cannot stand beside `on`, which names them all");
  });
  return spread_attempts(tables, root.problems());
}

std::vector<At> read_at(const TableReader& root, const link::Link& base) {
  std::vector<At> out;
  for_each_table(root, "at", [&](const Node::Table& keys, Place place) {
    const TableReader table(keys, place, sections::at, root.problems(), own_fields(keys, false));
    At at;
    at.place = place;
    if (!table.has("time")) root.problems().add(place, "[[at]] needs a `time`, like time = \"5s\"");
    table.into(at.time, "time", as_duration);
    at.link = read_change(table, base);
    at.tell = read_tell(table);
    at.freeze = table.read("client", as_freeze);
    if (!table.has("link") && !table.has("tell") && !table.has("client"))
      root.problems().add(place, "[[at]] does nothing: give it `link`, `tell` or `client`");
    out.push_back(std::move(at));
  });
  return out;
}

std::vector<When> read_when(const TableReader& root, const link::Link& base) {
  std::vector<When> out;
  for_each_table(root, "when", [&](const Node::Table& keys, Place place) {
    const TableReader table(keys, place, sections::when, root.problems(), own_fields(keys, false));
    When when;
    when.place = place;
    if (!table.has("event"))
      root.problems().add(place, "[[when]] needs an `event`, like event = \"close\"");
    table.into(when.event, "event", as_event);
    table.into(when.nth, "nth", as_whole{1, most_nth});
    when.link = read_change(table, base);
    when.tell = read_tell(table);
    if (!table.has("link") && !table.has("tell"))
      root.problems().add(place, "[[when]] does nothing: give it `link` or `tell`");
    out.push_back(std::move(when));
  });
  return out;
}

}  // namespace halfopen::scenario
