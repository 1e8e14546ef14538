#include "scenario/values.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <charconv>

#include "base/pattern.h"

namespace halfopen::scenario {
namespace {

/// Reads a string with one of the parsers of base/units.h.
template <class T>
std::optional<T> parsed(const Node& node, const KeySite& at, Parsed<T> (*parse)(std::string_view)) {
  const auto* text = node.get<std::string>();
  if (text == nullptr) return at.wrong_type(node);
  auto result = parse(*text);
  if (!result) return at.problem(node, result.problem);
  return std::move(result.value);
}

/// The range that somebody means who writes "1-3s"; "" if it is nothing of the kind.
std::string range_meant(std::string_view text) {
  const std::size_t dash = text.find('-');
  if (dash == std::string_view::npos) return "";
  std::string from(text.substr(0, dash));
  const std::string to(text.substr(dash + 1));
  if (!from.empty() && from.find_first_not_of("0123456789.") == std::string::npos)
    from += to.substr(std::min(to.find_first_not_of("0123456789."), to.size()));
  const std::string meant = from + ".." + to;
  return parse_duration_range(meant) ? meant : "";
}

}  // namespace

std::nullopt_t KeySite::wrong_type(const Node& node) const {
  problems.add(node.place, fmt::format("`{0}` must be {1}, like `{0} = {2}`; found {3}", key.name,
                                       key.form, key.example, name_of(node)));
  return std::nullopt;
}

std::nullopt_t KeySite::problem(const Node& node, std::string_view problem) const {
  problems.add(node.place, fmt::format("`{}`: {}", key.name, problem));
  return std::nullopt;
}

std::optional<std::string> as_text(const Node& node, const KeySite& at) {
  if (const auto* text = node.get<std::string>()) return *text;
  return at.wrong_type(node);
}

std::optional<bool> as_flag(const Node& node, const KeySite& at) {
  if (const auto* flag = node.get<bool>()) return *flag;
  return at.wrong_type(node);
}

std::optional<bool> as_true(const Node& node, const KeySite& at) {
  const auto* flag = node.get<bool>();
  if (flag != nullptr && *flag) return true;
  return at.wrong_type(node);
}

std::optional<Duration> as_duration(const Node& node, const KeySite& at) {
  return parsed(node, at, parse_duration);
}

std::optional<DurationRange> as_duration_range(const Node& node, const KeySite& at) {
  if (const auto* text = node.get<std::string>())
    if (const std::string meant = range_meant(*text); !meant.empty())
      return at.problem(node, fmt::format("`{}` is no range: write \"{}\"", *text, meant));
  return parsed(node, at, parse_duration_range);
}

std::optional<CountRange> as_count_range(const Node& node, const KeySite& at) {
  if (const auto* integer = node.get<std::int64_t>()) {
    if (*integer < 0 || *integer >= no_limit)
      return at.problem(node, fmt::format("{} is out of range: give a count from 0", *integer));
    return CountRange{static_cast<int>(*integer), static_cast<int>(*integer)};
  }
  return parsed(node, at, parse_count_range);
}

std::optional<SizeRange> as_size_range(const Node& node, const KeySite& at) {
  return parsed(node, at, parse_size_range);
}

std::optional<double> as_share(const Node& node, const KeySite& at) {
  return parsed(node, at, parse_share);
}

std::optional<double> as_probability(const Node& node, const KeySite& at) {
  std::optional<double> value;
  if (const auto* number = node.get<double>()) value = *number;
  if (const auto* integer = node.get<std::int64_t>()) value = static_cast<double>(*integer);
  if (!value) return as_share(node, at);
  if (*value >= 0 && *value <= 1) return value;
  return at.problem(node, fmt::format("{} is no probability: give a number from 0 to 1, or a "
                                      "share like \"3%\"",
                                      *value));
}

std::optional<double> as_rate(const Node& node, const KeySite& at) {
  return parsed(node, at, parse_rate);
}

std::optional<std::uint64_t> as_size(const Node& node, const KeySite& at) {
  if (const auto* integer = node.get<std::int64_t>()) {
    if (*integer < 0) return at.problem(node, fmt::format("{} is negative", *integer));
    return static_cast<std::uint64_t>(*integer);
  }
  return parsed(node, at, parse_size);
}

std::optional<std::string> as_regex(const Node& node, const KeySite& at) {
  auto text = as_text(node, at);
  if (!text) return std::nullopt;
  if (const std::string problem = pattern_problem(*text); !problem.empty())
    return at.problem(node,
                      fmt::format("`{}` is not a regular expression (RE2): {}", *text, problem));
  return text;
}

std::optional<Bytes> as_hex(const Node& node, const KeySite& at) {
  const auto text = as_text(node, at);
  if (!text) return std::nullopt;
  std::string digits;
  for (const char c : *text)
    if (std::isspace(static_cast<unsigned char>(c)) == 0) digits += c;
  Bytes bytes(digits.size() / 2);
  bool good = digits.size() % 2 == 0;
  for (std::size_t i = 0; good && i < bytes.size(); ++i) {
    const char* begin = digits.data() + 2 * i;
    good = std::from_chars(begin, begin + 2, bytes[i], 16).ptr == begin + 2;
  }
  if (!good)
    return at.problem(node, fmt::format("`{}` is not hexadecimal: write two digits for each byte, "
                                        "like \"81 05 68\"",
                                        *text));
  return bytes;
}

std::optional<std::vector<std::string>> as_texts(const Node& node, const KeySite& at) {
  const auto* array = node.get<Node::Array>();
  if (array == nullptr) return at.wrong_type(node);
  std::vector<std::string> texts;
  for (const Node& item : *array)
    if (const auto* text = item.get<std::string>())
      texts.push_back(*text);
    else
      at.wrong_type(item);
  return texts;
}

bool is_token(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](unsigned char c) {
    return std::isalnum(c) != 0 ||
           std::string_view("!#$%&'*+-.^_`|~").find(static_cast<char>(c)) != std::string_view::npos;
  });
}

std::optional<int> as_whole::operator()(const Node& node, const KeySite& at) const {
  const auto* integer = node.get<std::int64_t>();
  if (integer == nullptr) return at.wrong_type(node);
  if (*integer < lowest || *integer > highest)
    return at.problem(
        node, fmt::format("{} is out of range: it may be {} to {}", *integer, lowest, highest));
  return static_cast<int>(*integer);
}

std::optional<std::size_t> as_word::operator()(const Node& node, const KeySite& at) const {
  const auto* text = node.get<std::string>();
  if (text == nullptr) return at.wrong_type(node);
  for (std::size_t i = 0; i < words.size(); ++i)
    if (words[i] == *text) return i;
  const std::string hint = did_you_mean(*text, words);
  return at.problem(node,
                    fmt::format("unknown {} `{}`{}", what, *text,
                                hint.empty() ? fmt::format("; there is {}", listed(words)) : hint));
}

std::string listed(const std::vector<std::string>& words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) text += i + 1 == words.size() ? " or " : ", ";
    text += words[i];
  }
  return text;
}

}  // namespace halfopen::scenario
