#include "scenario/reply.h"

#include <nlohmann/json.hpp>

#include "scenario/match.h"

namespace halfopen::scenario {
namespace {

using nlohmann::json;

/// A client must not make the server say more than it may say itself.
constexpr std::size_t longest_answer = std::size_t{16} * 1024 * 1024;

/// What the parts of an answer are taken from.
struct Source {
  std::vector<std::string_view> groups;
  json document;  ///< Discarded: the message is none, or nobody asks.
  int nth = 1;
};

const json* field_of(const json& document, const std::vector<std::string>& path) {
  const json* at = &document;
  for (const std::string& key : path) {
    if (at->is_object()) {
      const auto found = at->find(key);
      if (found == at->end()) return nullptr;
      at = &*found;
    } else if (at->is_array() && key.find_first_not_of("0123456789") == std::string::npos &&
               key.size() < 10 && std::stoul(key) < at->size()) {
      at = &(*at)[std::stoul(key)];
    } else {
      return nullptr;
    }
  }
  return at;
}

/// In JSON's notation; a string without its quotes, which stand in the answer.
std::string written(const json& value) {
  std::string text = value.dump(-1, ' ', false, json::error_handler_t::replace);
  return value.is_string() ? text.substr(1, text.size() - 2) : text;
}

struct Filler {
  const Source& source;

  std::optional<std::string> operator()(const std::string& text) const { return text; }
  std::optional<std::string> operator()(const QuotedGroup& group) const {
    const auto number = static_cast<std::size_t>(group.number);
    if (number >= source.groups.size()) return std::nullopt;
    return std::string(source.groups[number]);
  }
  std::optional<std::string> operator()(const QuotedField& field) const {
    const json* found =
        source.document.is_discarded() ? nullptr : field_of(source.document, field.path);
    return found == nullptr ? std::nullopt : std::optional(written(*found));
  }
  std::optional<std::string> operator()(const Counted&) const { return std::to_string(source.nth); }
};

std::optional<SendStep> fill(const Wording& wording, const Source& source) {
  SendStep message{"", wording.binary};
  for (const auto& part : wording.parts) {
    const auto text = std::visit(Filler{source}, part);
    if (!text || message.text.size() + text->size() > longest_answer) return std::nullopt;
    message.text += *text;
  }
  return message;
}

bool quotes_fields(const Reply& rule) {
  for (const Wording& wording : rule.with)
    for (const auto& part : wording.parts)
      if (std::holds_alternative<QuotedField>(part)) return true;
  return false;
}

}  // namespace

std::optional<std::vector<SendStep>> answers(const Reply& rule, ByteView message, int nth) {
  Source source{{}, json(json::value_t::discarded), nth};
  if (rule.pattern) {
    auto groups = rule.pattern->groups_in(as_text(message));
    if (!groups) return std::nullopt;
    source.groups = *std::move(groups);
  } else if (!matches(rule.match, message)) {
    return std::nullopt;
  }
  if (quotes_fields(rule))
    source.document = json::parse(message.begin(), message.end(), nullptr, false);
  std::vector<SendStep> all;
  for (const Wording& wording : rule.with) {
    auto filled = fill(wording, source);
    if (!filled) return std::nullopt;
    all.push_back(*std::move(filled));
  }
  return all;
}

SendStep filled(const Wording& wording, int nth) {
  return fill(wording, {{}, json(json::value_t::discarded), nth}).value_or(SendStep{});
}

}  // namespace halfopen::scenario
