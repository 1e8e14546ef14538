#include "scenario/wording.h"

#include <fmt/format.h>

#include <algorithm>

#include "scenario/readers.h"

namespace halfopen::scenario {
namespace {

using Part = decltype(Wording::parts)::value_type;

/// What stands in braces is a name, or else the brace is one of the text: `{"a":1}`.
bool is_name(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](unsigned char letter) {
    return std::isalnum(letter) != 0 || letter == '_' || letter == '.' || letter == '-' ||
           letter == '$';
  });
}

std::vector<std::string> split(std::string_view path) {
  std::vector<std::string> keys;
  for (std::size_t begin = 0; begin <= path.size();) {
    const std::size_t end = std::min(path.find('.', begin), path.size());
    keys.emplace_back(path.substr(begin, end - begin));
    begin = end + 1;
  }
  return keys;
}

class Reader {
 public:
  Reader(const Node& node, const KeySite& at, const Quotable& quotable)
      : node_(node), at_(at), quotable_(quotable) {}

  /// `plain`: makes bytes of what stands between the places; none if it has complained.
  template <class Plain>
  std::optional<std::vector<Part>> read(std::string_view text, const Plain& plain) {
    std::vector<Part> parts;
    std::string between;
    const auto flush = [&] {
      if (between.empty()) return true;
      auto bytes = plain(std::exchange(between, {}));
      if (!bytes) return false;
      parts.emplace_back(*std::move(bytes));
      return true;
    };
    while (!text.empty()) {
      if (text.starts_with("{{")) {
        between += '{';
        text.remove_prefix(2);
        continue;
      }
      const std::size_t end = text.front() == '{' ? text.find('}') : std::string_view::npos;
      if (end == std::string_view::npos || !is_name(text.substr(1, end - 1))) {
        between += text.front();
        text.remove_prefix(1);
        continue;
      }
      const auto part = place(text.substr(1, end - 1));
      if (!part || !flush()) return std::nullopt;
      parts.push_back(*part);
      text.remove_prefix(end + 1);
    }
    if (!flush()) return std::nullopt;
    return parts;
  }

 private:
  std::optional<Part> place(std::string_view name) {
    if (name == "n") return Counted{};
    if (name.starts_with("json.")) return field(name.substr(5));
    if (name.find_first_not_of("0123456789") == std::string_view::npos && name.size() < 4)
      return group(std::stoi(std::string(name)));
    if (quotable_.pattern != nullptr)
      if (const auto found = quotable_.pattern->names().find(std::string(name));
          found != quotable_.pattern->names().end())
        return QuotedGroup{found->second};
    return unknown(name);
  }

  std::optional<Part> field(std::string_view path) {
    auto keys = split(path);
    if (std::ranges::find(keys, "") != keys.end())
      return at_.problem(node_, "a field is named like {json.payload.id}, or {json.0} in an array");
    if (!quotable_.message)
      return at_.problem(node_, fmt::format("there is no message here whose field {{json.{}}} "
                                            "could be",
                                            path));
    return QuotedField{std::move(keys)};
  }

  std::optional<Part> group(int number) {
    const int groups = quotable_.pattern == nullptr ? 0 : quotable_.pattern->groups();
    if (number <= groups && quotable_.pattern != nullptr) return QuotedGroup{number};
    return at_.problem(
        node_, quotable_.pattern == nullptr
                   ? fmt::format("{{{}}} is a group of a regular expression: say "
                                 "`to = {{ regex = … }}`, or write {{{{ for the brace itself",
                                 number)
                   : fmt::format("there is no group {{{}}}: the regular expression has {}", number,
                                 groups));
  }

  std::optional<Part> unknown(std::string_view name) {
    std::vector<std::string> known{"n"};
    if (quotable_.pattern != nullptr)
      for (const auto& [each, number] : quotable_.pattern->names()) known.push_back(each);
    return at_.problem(node_, fmt::format("nothing is filled in for {{{}}}{}; write {{{{ for the "
                                          "brace itself",
                                          name, did_you_mean(name, known)));
  }

  const Node& node_;
  const KeySite& at_;
  const Quotable& quotable_;
};

std::optional<Wording> as_text_wording(const Node& node, const std::string& text, const KeySite& at,
                                       const Quotable& quotable) {
  auto parts = Reader(node, at, quotable).read(text, [](std::string plain) {
    return std::optional(std::move(plain));
  });
  if (!parts) return std::nullopt;
  return Wording{*std::move(parts), false};
}

std::optional<Wording> as_hex_wording(const Node& node, const std::string& text, const KeySite& at,
                                      const Quotable& quotable) {
  auto parts = Reader(node, at, quotable).read(text, [&](std::string plain) {
    const auto bytes = as_hex(Node{std::move(plain), node.place}, at);
    return bytes ? std::optional(std::string(halfopen::as_text(*bytes))) : std::nullopt;
  });
  if (!parts) return std::nullopt;
  return Wording{*std::move(parts), true};
}

}  // namespace

std::optional<Wording> as_wording(const Node& node, const KeySite& at, const Quotable& quotable) {
  if (const auto* text = node.get<std::string>()) return as_text_wording(node, *text, at, quotable);
  const auto* keys = node.get<Node::Table>();
  if (keys == nullptr) return at.wrong_type(node);
  const TableReader inner(*keys, node.place, sections::reply_with, at.problems);
  const Node* hex = inner.node("hex");
  const auto* text = hex == nullptr ? nullptr : hex->get<std::string>();
  if (text == nullptr)
    return at.problem(node, "give the bytes, like { hex = \"90 03 {1} 00\" }, or a string");
  return as_hex_wording(*hex, *text, inner.site("hex"), quotable);
}

}  // namespace halfopen::scenario
