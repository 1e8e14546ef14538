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

const Form<Match> json{"a table of fields, or an array",
                       shape::Either{{shape::AnyTable{}, shape::List{}}}, as_json_match};

std::vector<Key> match_keys() {
  return {key("regex", form::regex, "\"^hel+o$\""), key("json", json, "{ type = \"ping\" }"),
          key("hex", form::hex, "\"c0 00\""), key("any", form::only_true, "true")};
}

std::vector<Key> with_text(std::vector<Key> keys) {
  keys.push_back(key("text", form::text, "\"ping\""));
  return keys;
}

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

std::optional<MessageExpectation> read_message(const TableReader& table) {
  MessageExpectation message;
  message.place = table.place();
  sections::messages.read(table, message);
  const std::vector<std::string_view> kinds{"text", "regex", "json", "hex", "any"};
  if (std::ranges::count_if(kinds, [&](auto key) { return table.has(key); }) != 1) {
    table.problems().add(table.place(),
                         "say which messages: give one of `text`, `regex`, `json`, `hex` or `any`");
    return std::nullopt;
  }
  if (auto text = table.read("text", form::text))
    message.match = TextMatch{*std::move(text)};
  else if (auto match = read_match(table))
    message.match = *std::move(match);
  return message;
}

std::vector<Bound<MessageExpectation>> message_keys() {
  const auto match = match_keys();
  std::vector<Bound<MessageExpectation>> keys(match.begin(), match.end());
  keys.emplace_back("text", form::text, "\"subscribe\"");
  keys.emplace_back("attempt", form::attempt, "2", &MessageExpectation::attempt);
  keys.emplace_back("count", form::count_range, "1", &MessageExpectation::count);
  return keys;
}

}  // namespace

std::optional<Match> read_match(const TableReader& table) {
  if (auto pattern = table.read("regex", form::regex)) return RegexMatch{*std::move(pattern)};
  if (auto fields = table.read("json", json)) return fields;
  if (auto bytes = table.read("hex", form::hex)) return HexMatch{*std::move(bytes)};
  if (table.read("any", form::only_true)) return AnyMessage{};
  return std::nullopt;
}

const Section sections::match{"expect = {…}", match_keys()};
const Section sections::reply_to{"to = {…}", with_text(match_keys())};
const SectionOf<MessageExpectation> sections::messages{"messages = {…}", message_keys()};

Form<Match> form::match() {
  return {"the text of a message, or a table",
          shape::Either{{shape::Text{}, shape::Table{&sections::match}}}, as_match};
}
Form<std::vector<MessageExpectation>> form::messages() {
  return tables(sections::messages, read_message);
}

}  // namespace halfopen::scenario
