// What a message must be: a string, or a table of one of `regex`, `json`, `hex` and `any`.
#include <fmt/format.h>

#include <algorithm>

#include "scenario/readers.h"

namespace halfopen::scenario {
namespace {

std::optional<Match> as_json_match(const Node& node, const KeySite& at) {
  const auto* fields = node.get<Node::Table>();
  const auto* items = node.get<Node::Array>();
  if (fields == nullptr && items == nullptr) return at.wrong_type(node);
  if (fields != nullptr && fields->empty()) return at.problem(node, "give at least one field");
  auto text = to_json(node);
  if (!text) {
    at.problems.add(node.place, "JSON has no dates and no infinite numbers: write a string");
    return std::nullopt;
  }
  return JsonMatch{*std::move(text)};
}

/// By one of the keys other than `text`.
std::optional<Match> read_match(const TableReader& table) {
  if (auto pattern = table.read("regex", as_regex)) return RegexMatch{*std::move(pattern)};
  if (auto json = table.read("json", as_json_match)) return json;
  if (auto bytes = table.read("hex", as_hex)) return HexMatch{*std::move(bytes)};
  if (table.read("any", as_true)) return AnyMessage{};
  return std::nullopt;
}

}  // namespace

std::optional<Match> as_match(const Node& node, const KeySite& at) {
  if (const auto* text = node.get<std::string>()) return TextMatch{*text};
  const auto* keys = node.get<Node::Table>();
  if (keys == nullptr) return at.wrong_type(node);
  if (find(*keys, "count") != nullptr) {
    at.problems.add(find(*keys, "count")->place,
                    "a step waits for a message: that one does not come, or how many do, is said "
                    "by `messages` in [expect]");
    return std::nullopt;
  }
  const TableReader table(*keys, node.place, sections::match, at.problems);
  if (keys->size() != 1) return at.problem(node, "give one of `regex`, `json`, `hex` or `any`");
  return read_match(table);
}

std::vector<MessageExpectation> read_messages(const TableReader& expect) {
  constexpr int most_attempts = 1'000'000;
  std::vector<MessageExpectation> all;
  for_each_or_one(expect, "messages", [&](const Node::Table& keys, Place place) {
    const TableReader table(keys, place, sections::messages, expect.problems());
    MessageExpectation message;
    message.place = place;
    table.into(message.attempt, "attempt", as_whole{1, most_attempts});
    table.into(message.count, "count", as_count_range);
    const std::vector<std::string_view> kinds{"text", "regex", "json", "hex", "any"};
    if (std::ranges::count_if(kinds, [&](auto key) { return table.has(key); }) != 1)
      return expect.problems().add(
          place, "say which messages: give one of `text`, `regex`, `json`, `hex` or `any`");
    if (auto text = table.read("text", as_text))
      message.match = TextMatch{*std::move(text)};
    else if (auto match = read_match(table))
      message.match = *std::move(match);
    all.push_back(std::move(message));
  });
  return all;
}

}  // namespace halfopen::scenario
