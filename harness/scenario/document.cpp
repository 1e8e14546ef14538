#include "scenario/document.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <optional>
#include <sstream>

#include "base/bytes.h"

namespace halfopen::scenario {
namespace {

Place place_of(const toml::source_region& region) {
  return {static_cast<int>(region.begin.line), static_cast<int>(region.begin.column)};
}

/// What is usually behind a message of toml++'s, which speaks of grammar.
std::string_view remedy_for(std::string_view message) {
  struct Remedy {
    std::string_view part;
    std::string_view remedy;
  };
  static constexpr Remedy remedies[] = {
      {"unescaped control characters", "; is the closing quote missing?"},
      {"expected digit, saw", "; durations, rates, sizes and shares are strings: \"40ms\""},
      {"inline table", "; a table in braces stands on one line"},
      {"could not determine value type", "; a string stands in straight quotes: \"…\""},
      {"expected 'true'", "; write true or false"},
      {"expected 'false'", "; write true or false"},
      {"cannot redefine", "; it stands in this file twice"}};
  for (const auto& [part, remedy] : remedies)
    if (message.find(part) != std::string_view::npos) return remedy;
  return "";
}

Node convert(const toml::node& node);

Node::Array convert_array(const toml::array& array) {
  Node::Array out;
  out.reserve(array.size());
  for (const toml::node& item : array) out.push_back(convert(item));
  return out;
}

Node::Table convert_table(const toml::table& table) {
  Node::Table out;
  out.reserve(table.size());
  for (const auto& [key, value] : table)
    out.push_back({std::string(key.str()), place_of(key.source()), convert(value)});
  std::stable_sort(out.begin(), out.end(),
                   [](const Entry& a, const Entry& b) { return a.place < b.place; });
  return out;
}

/// toml++ takes tables apart recursively: a key with endless parts would exhaust the stack.
constexpr int most_key_parts = 1000;

/// The first line with a key of more parts than that: dots outside of quotes are counted.
std::optional<Place> too_deep(std::string_view text) {
  Place at{1, 0};
  char quote = 0;
  int dots = 0;
  for (const char c : text) {
    ++at.column;
    if (c == '\n') {
      at = {at.line + 1, 0};
      dots = 0;
      quote = 0;
    } else if (quote == 0 ? c == '"' || c == '\'' : c == quote) {
      quote = quote == 0 ? c : '\0';
    } else if (quote == 0 && c == '.' && ++dots >= most_key_parts) {
      return at;
    }
  }
  return std::nullopt;
}

Node convert(const toml::node& node) {
  Node out;
  out.place = place_of(node.source());
  if (const auto* text = node.as_string())
    out.value = text->get();
  else if (const auto* integer = node.as_integer())
    out.value = integer->get();
  else if (const auto* number = node.as_floating_point())
    out.value = number->get();
  else if (const auto* flag = node.as_boolean())
    out.value = flag->get();
  else if (const auto* array = node.as_array())
    out.value = convert_array(*array);
  else if (const auto* table = node.as_table())
    out.value = convert_table(*table);
  else
    out.value = Node::Other{"a date or time"};
  return out;
}

}  // namespace

const Entry* find(const Node::Table& table, std::string_view key) {
  const auto found = std::find_if(table.begin(), table.end(),
                                  [&](const Entry& entry) { return entry.key == key; });
  return found == table.end() ? nullptr : &*found;
}

std::string name_of(const Node& node) {
  struct Namer {
    std::string operator()(const std::string& text) const {
      return fmt::format("the string \"{}\"", printable(as_bytes(text), 40));
    }
    std::string operator()(std::int64_t value) const {
      return fmt::format("the integer {}", value);
    }
    std::string operator()(double value) const { return fmt::format("the number {}", value); }
    std::string operator()(bool value) const { return value ? "true" : "false"; }
    std::string operator()(const Node::Other& other) const { return other.text; }
    std::string operator()(const Node::Array&) const { return "an array"; }
    std::string operator()(const Node::Table&) const { return "a table"; }
  };
  return std::visit(Namer{}, node.value);
}

std::variant<Node, SyntaxError> parse_document(std::string_view text) {
  if (const auto place = too_deep(text))
    return SyntaxError{*place, fmt::format("a key has at most {} parts", most_key_parts)};
  try {
    return convert(toml::parse(text));
  } catch (const toml::parse_error& mistake) {
    return SyntaxError{place_of(mistake.source()),
                       fmt::format("this is not TOML: {}{}", mistake.description(),
                                   remedy_for(mistake.description()))};
  }
}

}  // namespace halfopen::scenario
