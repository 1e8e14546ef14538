#include "scenario/variables.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/bytes.h"

namespace halfopen::scenario {
namespace {

constexpr std::string_view opening = "${";
constexpr std::size_t deepest = 50;
/// So many bytes of a string count for one value.
constexpr std::size_t bytes_of_value = 64;

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// The name if the string is `${name}` and nothing else.
std::optional<std::string> name_alone(const Node& node) {
  const auto* text = node.get<std::string>();
  if (text == nullptr || !text->starts_with(opening) || !text->ends_with('}')) return std::nullopt;
  std::string name = text->substr(2, text->size() - 3);
  return is_variable_name(name) ? std::optional(std::move(name)) : std::nullopt;
}

}  // namespace

bool is_variable_name(std::string_view name) {
  return !name.empty() && is_letter(name.front()) &&
         std::all_of(name.begin(), name.end(),
                     [](char c) { return is_letter(c) || is_digit(c) || c == '-'; });
}

std::optional<std::string> text_of(const Node& value) {
  if (const auto* text = value.get<std::string>()) return *text;
  if (const auto* whole = value.get<std::int64_t>()) return std::to_string(*whole);
  if (const auto* number = value.get<double>()) return fmt::format("{}", *number);
  if (const auto* flag = value.get<bool>()) return *flag ? "true" : "false";
  return std::nullopt;
}

std::size_t weight_of(const Node& node) {
  std::size_t weight = 1;
  if (const auto* text = node.get<std::string>()) {
    weight += text->size() / bytes_of_value;
  } else if (const auto* array = node.get<Node::Array>()) {
    for (const Node& item : *array) weight += weight_of(item);
  } else if (const auto* table = node.get<Node::Table>()) {
    for (const Entry& entry : *table)
      weight += weight_of(entry.value) + entry.key.size() / bytes_of_value;
  }
  return weight;
}

Node Substitution::applied(const Node& node) {
  if (const auto name = name_alone(node)) return replaced(*name, node);
  if (const auto* text = node.get<std::string>())
    return {with_values(*text, node.place), node.place};
  if (const auto* array = node.get<Node::Array>()) return {applied(*array), node.place};
  const auto* table = node.get<Node::Table>();
  if (table == nullptr) return node;
  Node::Table out;
  out.reserve(table->size());
  for (const Entry& entry : *table) out.push_back({entry.key, entry.place, applied(entry.value)});
  return {std::move(out), node.place};
}

Node::Array Substitution::applied(const Node::Array& array) {
  Node::Array out;
  out.reserve(array.size());
  for (const Node& item : array) {
    Node made = applied(item);
    auto* more = std::get_if<Node::Array>(&made.value);
    if (more != nullptr && name_alone(item))
      std::move(more->begin(), more->end(), std::back_inserter(out));
    else
      out.push_back(std::move(made));
  }
  return out;
}

/// A single value stands where its name stood; the parts of others are found where they are
/// written.
Node Substitution::replaced(const std::string& name, const Node& at) {
  const Resolved* found = resolve(name, at.place);
  if (found == nullptr || !takes(found->weight, at.place)) return at;
  Node node = found->node;
  if (text_of(node)) node.place = at.place;
  return node;
}

bool Substitution::takes(std::size_t weight, Place place) {
  if (full_) return false;
  if (weight <= room_.left) {
    room_.left -= weight;
    return true;
  }
  full_ = true;
  problems_.add(place,
                "the values of all variables make more of this scenario than anybody could "
                "want: do they stand for each other many times?");
  return false;
}

const Substitution::Resolved* Substitution::resolve(const std::string& name, Place place) {
  used_.insert(name);
  if (const auto known = resolved_.find(name); known != resolved_.end())
    return known->second ? &*known->second : nullptr;
  const auto found = values_.find(name);
  if (found == values_.end()) {
    std::vector<std::string> names;
    for (const auto& [each, value] : values_) names.push_back(each);
    const std::string hint = did_you_mean(name, names);
    problems_.add(place, fmt::format("there is no variable `{}`{}", name,
                                     !hint.empty() ? hint
                                     : names.empty()
                                         ? "; give it a value in [variables], and write $${ for "
                                           "a literal ${"
                                         : fmt::format("; there are {}", fmt::join(names, ", "))));
    return nullptr;
  }
  if (std::find(open_.begin(), open_.end(), name) != open_.end()) {
    problems_.add(found->second.place, fmt::format("the variable `{}` stands for itself: {} → {}",
                                                   name, fmt::join(open_, " → "), name));
    return nullptr;
  }
  if (open_.size() >= deepest) {
    problems_.add(found->second.place,
                  fmt::format("variables stand for each other more than {} deep: {}", deepest,
                              fmt::join(open_, " → ")));
    return nullptr;
  }
  open_.push_back(name);
  Node node = applied(found->second);
  open_.pop_back();
  const std::size_t weight = weight_of(node);
  auto& kept = resolved_[name];
  kept = Resolved{std::move(node), weight};
  return &*kept;
}

std::optional<std::string> Substitution::inserted(const std::string& name, Place place) {
  const Resolved* found = resolve(name, place);
  if (found == nullptr) return std::nullopt;
  auto text = text_of(found->node);
  if (!text)
    problems_.add(place, fmt::format("`{}` is {}, which cannot stand within a string", name,
                                     name_of(found->node)));
  return text;
}

std::string Substitution::with_values(const std::string& text, Place place) {
  std::string out;
  std::size_t at = 0;
  for (std::size_t next = text.find(opening); next != std::string::npos;
       next = text.find(opening, at)) {
    const bool literal = next > at && text[next - 1] == '$';
    out += text.substr(at, next - at - (literal ? 1 : 0));
    at = next + opening.size();
    if (literal) {
      out += opening;
      continue;
    }
    const std::size_t end = text.find('}', at);
    const std::string name = text.substr(at, end == std::string::npos ? end : end - at);
    if (end == std::string::npos || !is_variable_name(name)) {
      problems_.add(place, fmt::format("`${{{}` is no variable like ${{name}}; write $${{ for a "
                                       "literal ${{",
                                       printable(as_bytes(name), 40)));
      return text;
    }
    at = end + 1;
    if (auto value = inserted(name, place)) {
      if (!takes(1 + value->size() / bytes_of_value, place)) return text;
      out += *value;
    }
  }
  return out + text.substr(at);
}

}  // namespace halfopen::scenario
