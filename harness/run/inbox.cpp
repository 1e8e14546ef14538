#include "run/inbox.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/pattern.h"

namespace halfopen::run {
namespace {

using nlohmann::json;

bool has_fields(const scenario::JsonMatch& match, const std::string& message) {
  const json document = json::parse(message, nullptr, false);
  if (!document.is_object()) return false;
  for (const auto& [name, value] : match.fields)
    if (!document.contains(name) || document[name] != json::parse(value, nullptr, false))
      return false;
  return true;
}

}  // namespace

bool matches(const scenario::Match& match, const std::string& message) {
  struct Matcher {
    const std::string& message;
    bool operator()(const scenario::AnyMessage&) const { return true; }
    bool operator()(const scenario::TextMatch& text) const { return message == text.text; }
    bool operator()(const scenario::RegexMatch& regex) const {
      return found_in(message, regex.pattern);
    }
    bool operator()(const scenario::JsonMatch& fields) const { return has_fields(fields, message); }
  };
  return std::visit(Matcher{message}, match);
}

std::string describe(const scenario::Match& match) {
  struct Describer {
    std::string operator()(const scenario::AnyMessage&) const { return "any message"; }
    std::string operator()(const scenario::TextMatch& text) const {
      return fmt::format("`{}`", text.text);
    }
    std::string operator()(const scenario::RegexMatch& regex) const {
      return fmt::format("a message matching /{}/", regex.pattern);
    }
    std::string operator()(const scenario::JsonMatch& match) const {
      std::string out = "JSON with";
      for (const auto& [name, value] : match.fields) out += fmt::format(" {} = {}", name, value);
      return out;
    }
  };
  return std::visit(Describer{}, match);
}

void Inbox::put(ByteView payload) {
  messages_.emplace_back(as_text(payload));
  bytes_ += payload.size();
  while (messages_.size() > most_messages || bytes_ > most_bytes) {
    bytes_ -= messages_.front().size();
    messages_.pop_front();
  }
}

bool Inbox::take(const scenario::Match& match) {
  constexpr std::size_t most_remembered = 5;
  while (!messages_.empty()) {
    const std::string message = std::move(messages_.front());
    messages_.pop_front();
    bytes_ -= message.size();
    if (matches(match, message)) return true;
    if (passed_over_.size() < most_remembered)
      passed_over_.push_back("`" + printable(as_bytes(message), 80) + "`");
  }
  return false;
}

std::string Inbox::passed_over() const {
  if (passed_over_.empty()) return "nothing";
  return fmt::format("{}", fmt::join(passed_over_, ", "));
}

}  // namespace halfopen::run
