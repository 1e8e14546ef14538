// [[reply]] and [[every]]: what the server says beside the steps.
#include <fmt/format.h>

#include <algorithm>

#include "scenario/readers.h"
#include "scenario/wording.h"

namespace halfopen::scenario {
namespace {

using When = std::pair<Occasion, Match>;

constexpr std::string_view to_words =
    "the text of a message, \"open\", \"ping\", \"close\", or a table";
constexpr std::string_view with_words = "a string, { hex = … }, or an array of them";

/// What the rule answers to.
std::optional<When> as_to(const Node& node, const KeySite& at) {
  if (const auto* word = node.get<std::string>()) {
    if (*word == "open") return When{Occasion::open, {}};
    if (*word == "ping") return When{Occasion::ping, {}};
    if (*word == "close") return When{Occasion::close, {}};
    return When{Occasion::message, TextMatch{*word}};
  }
  const auto* keys = node.get<Node::Table>();
  if (keys == nullptr) return at.wrong_type(node);
  const TableReader table(*keys, node.place, sections::reply_to, at.problems);
  if (keys->size() != 1)
    return at.problem(node, "give one of `text`, `regex`, `json`, `hex` or `any`");
  if (auto text = table.read("text", form::text))
    return When{Occasion::message, TextMatch{*std::move(text)}};
  auto match = read_match(table);
  if (!match) return std::nullopt;
  return When{Occasion::message, *std::move(match)};
}

Shape text_or_hex() { return shape::Either{{shape::Text{}, shape::Table{&sections::reply_with}}}; }

const Form<When> to{std::string(to_words),
                    shape::Either{{shape::Text{}, shape::Table{&sections::reply_to}}}, as_to};
const Form<int> times = form::whole(1, 1'000'000);

/// `with`, which may quote what `quotable` has.
std::vector<Wording> read_with(const TableReader& table, const Quotable& quotable) {
  const Node* node = table.node("with");
  if (node == nullptr) return {};
  std::vector<Wording> all;
  const auto add = [&](const Node& item) {
    if (auto wording = as_wording(item, table.site("with"), quotable))
      all.push_back(*std::move(wording));
  };
  if (const auto* items = node->get<Node::Array>())
    std::ranges::for_each(*items, add);
  else
    add(*node);
  return all;
}

/// `then`: a step that ends the connection.
std::optional<Step> read_then(const TableReader& table, const link::Link& base) {
  const Node* node = table.node("then");
  if (node == nullptr) return std::nullopt;
  const auto* keys = node->get<Node::Table>();
  if (keys == nullptr) return table.site("then").wrong_type(*node);
  const bool closes = find(*keys, "close") != nullptr;
  if (closes == (find(*keys, "drop") != nullptr))
    return table.site("then").problem(
        *node, "say how the connection ends: { close = 4000 } or { drop = \"reset\" }");
  auto steps = read_steps({*node}, base, table.problems());
  if (steps.size() != 1) return std::nullopt;
  Step step = std::move(steps.front());
  if (!std::holds_alternative<AtOnce>(step.moment) || step.chance < 1 || step.optional ||
      step.repeat > 1)
    return table.site("then").problem(
        *node,
        "it happens right behind the answer: `after`, `in`, `chance`, `optional` and "
        "`repeat` have no place here");
  step.place = node->place;
  return step;
}

void check_purpose(const TableReader& table, const Reply& rule) {
  if (!table.has("to"))
    table.problems().add(table.place(),
                         "[[reply]] needs `to`, like to = { regex = \"^subscribe\" }");
  const bool has_answer = rule.to == Occasion::ping || rule.to == Occasion::close;
  if (!table.has("with") && !table.has("then") && !has_answer)
    table.problems().add(table.place(), "[[reply]] does nothing: give it `with` or `then`");
  if (rule.to == Occasion::close && table.has("with"))
    table.problems().add(table.place_of("with"),
                         "what follows the client's Close is a Close: say `after`, or `then`");
}

Reply read_reply(const TableReader& table, const link::Link& base) {
  Reply rule;
  rule.place = table.place();
  sections::reply.read(table, rule);
  if (auto when = table.read("to", to)) {
    rule.to = when->first;
    rule.match = std::move(when->second);
  }
  if (const auto* regex = std::get_if<RegexMatch>(&rule.match))
    rule.pattern.emplace(regex->pattern);
  rule.with =
      read_with(table, {rule.pattern ? &*rule.pattern : nullptr, rule.to == Occasion::message});
  rule.then = read_then(table, base);
  check_purpose(table, rule);
  return rule;
}

}  // namespace

const SectionOf<Reply> sections::reply{
    "[[reply]]",
    {{"to", to, "{ regex = \"^subscribe (.*)\" }"},
     Key{"with", std::string(with_words), "\"subscribed {1}\"",
         shape::Either{{shape::Text{}, shape::Table{&sections::reply_with}, shape::List{}}}},
     {"after", form::duration, "\"100ms\"", &Reply::after},
     {"times", times, "3", &Reply::times},
     {"attempts", form::count_range, "\"2..\"", &Reply::attempts},
     Key{"then", "a table of `close` or `drop`", "{ close = 4000 }", shape::AnyTable{}}}};
const Section sections::reply_with{"with = {…}", {key("hex", form::hex, "\"90 03 {1} 00\"")}};

const SectionOf<Every> sections::every{
    "[[every]]",
    {{"time", form::duration, "\"10s\"", &Every::time},
     Key{"send", "a string, or { hex = … }", "\"tick {n}\"", text_or_hex()},
     {"times", times, "3", &Every::times},
     {"jitter", form::share, "\"10%\"", &Every::jitter},
     {"attempts", form::count_range, "\"2..\"", &Every::attempts}}};

std::vector<Reply> read_replies(const TableReader& root, const link::Link& base) {
  std::vector<Reply> rules;
  for_each_table(root, "reply", [&](const Node::Table& keys, Place place) {
    rules.push_back(read_reply(TableReader(keys, place, sections::reply, root.problems()), base));
  });
  return rules;
}

std::vector<Every> read_every(const TableReader& root) {
  constexpr Duration shortest = std::chrono::milliseconds(1);
  std::vector<Every> rules;
  for_each_table(root, "every", [&](const Node::Table& keys, Place place) {
    const TableReader table(keys, place, sections::every, root.problems());
    Every rule;
    rule.place = place;
    if (!table.has("time") || !table.has("send"))
      root.problems().add(
          place, "[[every]] needs `time` and `send`, like time = \"10s\" and send = \"tick\"");
    sections::every.read(table, rule);
    if (table.has("time") && rule.time < shortest)
      root.problems().add(table.place_of("time"),
                          "`time` must be 1ms or more, like time = \"10s\"");
    if (const Node* send = table.node("send"))
      if (auto wording = as_wording(*send, table.site("send"), {})) rule.send = *std::move(wording);
    rules.push_back(std::move(rule));
  });
  return rules;
}

}  // namespace halfopen::scenario
