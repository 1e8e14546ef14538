// TOML values in JSON's notation, for matching the fields of a message.
#include <fmt/format.h>

#include <cmath>

#include "scenario/readers.h"

namespace halfopen::scenario {
namespace {

std::string in_quotes(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\')
      out += {'\\', c};
    else if (static_cast<unsigned char>(c) < 0x20)
      out += fmt::format("\\u{:04x}", static_cast<int>(c));
    else
      out += c;
  }
  return out + "\"";
}

struct Writer {
  std::optional<std::string> operator()(const std::string& text) const { return in_quotes(text); }
  std::optional<std::string> operator()(std::int64_t value) const { return std::to_string(value); }
  std::optional<std::string> operator()(double value) const {
    if (!std::isfinite(value)) return std::nullopt;
    return fmt::format("{}", value);
  }
  std::optional<std::string> operator()(bool value) const { return value ? "true" : "false"; }
  std::optional<std::string> operator()(const Node::Other&) const { return std::nullopt; }
  std::optional<std::string> operator()(const Node::Array& items) const {
    std::string out = "[";
    for (const Node& item : items) {
      const auto text = to_json(item);
      if (!text) return std::nullopt;
      out += (out.size() > 1 ? "," : "") + *text;
    }
    return out + "]";
  }
  std::optional<std::string> operator()(const Node::Table& entries) const {
    std::string out = "{";
    for (const Entry& entry : entries) {
      const auto text = to_json(entry.value);
      if (!text) return std::nullopt;
      out += (out.size() > 1 ? "," : "") + in_quotes(entry.key) + ":" + *text;
    }
    return out + "}";
  }
};

}  // namespace

std::optional<std::string> to_json(const Node& node) { return std::visit(Writer{}, node.value); }

}  // namespace halfopen::scenario
