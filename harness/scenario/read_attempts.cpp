// [[attempt]]
#include <fmt/format.h>

#include "scenario/coins.h"
#include "scenario/readers.h"
#include "scenario/spread_attempts.h"
#include "scenario/story.h"

namespace halfopen::scenario {
namespace {

/// A count; "rest" is nothing.
std::optional<std::optional<int>> as_times(const Node& node, const KeySite& at) {
  if (const auto* word = node.get<std::string>())
    if (*word == "rest") return std::optional<int>{};
  const auto times = as_whole{1, 1'000'000}(node, at);
  if (!times) return std::nullopt;
  return times;
}

/// One number, or several.
std::optional<std::set<int>> as_numbers(const Node& node, const KeySite& at) {
  const as_whole number{1, 10'000};
  const auto* list = node.get<Node::Array>();
  if (list == nullptr) {
    const auto one = number(node, at);
    return one ? std::optional(std::set{*one}) : std::nullopt;
  }
  if (list->empty()) return at.problem(node, "an empty list names no attempt");
  std::set<int> numbers;
  for (const Node& item : *list)
    if (const auto each = number(item, at); each && !numbers.insert(*each).second)
      return at.problem(item, fmt::format("{} is named twice: leave one out", *each));
  return numbers;
}

const Form<std::optional<int>> times{"a whole number or \"rest\"",
                                     shape::Either{{shape::Whole{}, shape::Words{{"rest"}}}},
                                     as_times};
const Form<std::set<int>> numbers{"the number of an attempt, or an array of them",
                                  shape::one_or_more(shape::Whole{}), as_numbers};

Attempt read_attempt(const TableReader& table, const link::Link& base) {
  Attempt attempt;
  attempt.place = table.place();
  sections::attempt.read(table, attempt);
  if (attempt.proxy) attempt.proxy->place = table.place_of("proxy");
  if (attempt.tls) attempt.tls->place = table.place_of("tls");
  if (table.has("handshake")) attempt.handshake.place = table.place_of("handshake");
  if (const Node::Array* steps = table.array("steps"))
    attempt.steps = read_steps(*steps, base, table.problems());
  attempt.has_steps = table.has("steps");
  attempt.replies = read_replies(table, base);
  const Attempt best = luckiest(attempt);
  if (!resolution_of(&best).resolves())
    table.refuse({"port", "proxy", "tls", "steps", "handshake", "reply"},
                 "can never happen: the name does not resolve, so nothing is connected to");
  else if (!reception(best).served)
    table.refuse({"steps", "handshake", "tls", "proxy", "reply"},
                 "can never happen: the port is not open, so no connection comes through");
  return attempt;
}

}  // namespace

const SectionOf<Attempt> sections::attempt{
    "[[attempt]]",
    {{"times", times, "2", &Attempt::times},
     {"on", numbers, "[2, 5, 8]"},
     {"dns", form::dns(), "\"nxdomain\"", &Attempt::dns},
     {"port", form::port(), "\"closed\"", &Attempt::port},
     {"proxy", form::proxy(), "\"forbidden\"", &Attempt::proxy},
     {"tls", form::tls(), "\"expired\"", &Attempt::tls},
     {"handshake", form::handshake(), "\"wrong-accept\"", &Attempt::handshake},
     Key{"steps", "an array of steps", "[{ send = \"hello\" }, { drop = \"reset\" }]",
         shape::Made{steps_schema}},
     Key{"reply", "[[attempt.reply]] tables", "[{ to = \"ping\", after = \"2s\" }]",
         shape::list_of(shape::Table{&sections::reply, {"to"}})}}};

std::vector<Attempt> read_attempts(const TableReader& root, const link::Link& base) {
  std::vector<AttemptTable> tables;
  for_each_table(root, "attempt", [&](const Node::Table& keys, Place place) {
    const TableReader table(keys, place, sections::attempt, root.problems());
    AttemptTable& added = tables.emplace_back(AttemptTable{read_attempt(table, base)});
    table.into(added.on, "on", numbers);
    added.on_place = table.place_of("on");
    if (table.has("on")) table.refuse({"times"}, "cannot stand beside `on`, which names them all");
  });
  return spread_attempts(tables, root.problems());
}

}  // namespace halfopen::scenario
