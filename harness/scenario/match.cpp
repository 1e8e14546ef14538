#include "scenario/match.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/pattern.h"

namespace halfopen::scenario {
namespace {

using nlohmann::json;

/// Deeper than that no message is looked into: each level takes some of the stack.
constexpr int deepest = 100;

bool has(const json& seen, const json& wanted, int depth = 0) {
  if (depth > deepest) return false;
  if (wanted.is_object())
    return seen.is_object() &&
           std::all_of(wanted.items().begin(), wanted.items().end(), [&](const auto& field) {
             const auto found = seen.find(field.key());
             return found != seen.end() && has(*found, field.value(), depth + 1);
           });
  if (!wanted.is_array()) return seen == wanted;
  return seen.is_array() && std::equal(seen.begin(), seen.end(), wanted.begin(), wanted.end(),
                                       [&](const json& each, const json& other) {
                                         return has(each, other, depth + 1);
                                       });
}

struct Matcher {
  ByteView message;

  bool operator()(const AnyMessage&) const { return true; }
  bool operator()(const TextMatch& text) const { return as_text(message) == text.text; }
  bool operator()(const RegexMatch& regex) const {
    return found_in(as_text(message), regex.pattern);
  }
  bool operator()(const JsonMatch& wanted) const {
    const json seen = json::parse(message.begin(), message.end(), nullptr, false);
    return !seen.is_discarded() && has(seen, json::parse(wanted.json, nullptr, false));
  }
  bool operator()(const HexMatch& wanted) const {
    return std::ranges::equal(message, wanted.bytes);
  }
};

}  // namespace

bool matches(const Match& match, ByteView message) { return std::visit(Matcher{message}, match); }

bool matches(const ClientEvent& wanted, const Reported& seen) {
  return wanted.event == seen.event && (!wanted.code || *wanted.code == seen.code) &&
         (!wanted.clean || *wanted.clean == seen.clean) &&
         (!wanted.text || found_in(seen.text, *wanted.text)) &&
         (!wanted.attempt || *wanted.attempt == seen.attempt) &&
         (!wanted.by || seen.at <= *wanted.by);
}

}  // namespace halfopen::scenario
