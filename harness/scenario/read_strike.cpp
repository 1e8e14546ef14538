// When a step strikes, and whether it does: `after`, `in` and `chance`.
#include <fmt/format.h>

#include <charconv>

#include "scenario/readers.h"

namespace halfopen::scenario {
namespace {

constexpr int most_messages = 1'000'000;

/// A whole number from 1, and nothing else.
std::optional<int> number_in(std::string_view text) {
  int value = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failed != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  if (value < 1 || value > most_messages) return std::nullopt;
  return value;
}

/// What stands before `ending`, if the text ends with it.
std::optional<std::string_view> before(std::string_view text, std::string_view ending) {
  if (!text.ends_with(ending)) return std::nullopt;
  return text.substr(0, text.size() - ending.size());
}

std::optional<std::string_view> behind(std::string_view text, std::string_view beginning) {
  if (!text.starts_with(beginning)) return std::nullopt;
  return text.substr(beginning.size());
}

/// "3 messages", "10KiB" or "2s".
std::optional<Moment> as_after(const Node& node, const KeySite& at) {
  const auto* text = node.get<std::string>();
  if (text == nullptr) return at.wrong_type(node);
  for (const char* word : {" messages", " message"})
    if (const auto digits = before(*text, word))
      if (const auto count = number_in(*digits)) return AfterMessages{*count};
  if (const auto time = parse_duration(*text)) return AfterTime{*time.value};
  // Without its unit a number could be anything.
  const bool has_unit = text->find_first_not_of("0123456789.") != std::string::npos;
  if (const auto size = parse_size(*text); size && has_unit) return AfterBytes{*size.value};
  return at.problem(node, fmt::format("`{}` is no moment: write \"3 messages\", a size like "
                                      "\"10KiB\" or a duration like \"2s\"",
                                      *text));
}

/// "message 3" or "echo 3".
std::optional<Moment> as_in(const Node& node, const KeySite& at) {
  const auto* text = node.get<std::string>();
  if (text == nullptr) return at.wrong_type(node);
  if (const auto digits = behind(*text, "message "))
    if (const auto nth = number_in(*digits)) return InMessage{*nth};
  if (const auto digits = behind(*text, "echo "))
    if (const auto nth = number_in(*digits)) return InEcho{*nth};
  return at.problem(node, fmt::format("`{}` is no message: write \"message 3\" for the client's "
                                      "third, or \"echo 3\" for the third that is sent back",
                                      *text));
}

std::vector<Bound<Step>> all_keys() {
  const Form<Moment> after{"messages, a size or a duration", shape::moment(), as_after};
  const Form<Moment> in{"a message or an echo with its number",
                        shape::Text{"^(message|echo) [0-9]+$"}, as_in};
  return {{"after", after, "\"3 messages\"", &Step::moment},
          {"in", in, "\"message 3\"", &Step::moment},
          {"chance", form::share, "\"30%\"", &Step::chance}};
}

const SectionOf<Step> strike{"a step that strikes", all_keys()};

}  // namespace

std::vector<Key> strike_keys() {
  std::vector<Key> keys;
  for (const Bound<Step>& each : all_keys()) keys.push_back(each.key);
  return keys;
}

void read_strike(const TableReader& table, Step& step) {
  strike.read(table, step);
  if (table.has("after")) table.refuse({"in"}, "cannot stand beside `after`: a step strikes once");
}

}  // namespace halfopen::scenario
