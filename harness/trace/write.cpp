// Writes traces as JSON lines. Members that equal their default are left out.
#include <nlohmann/json.hpp>
#include <type_traits>

#include "base/bytes.h"
#include "trace/codec.h"
#include "trace/event.h"

namespace halfopen::trace {
namespace {

using Json = nlohmann::ordered_json;

std::int64_t microseconds(Duration duration) {
  return std::chrono::duration_cast<std::chrono::microseconds>(duration).count();
}

template <class M>
Json to_json(const M& value) {
  if constexpr (std::is_same_v<M, Duration>)
    return microseconds(value);
  else if constexpr (std::is_enum_v<M>)
    return word(value);
  else
    return value;
}

template <class T>
void write_members(Json& to, const T& from) {
  const T fresh{};
  for_each_member<T>([&](const auto& each) {
    if (from.*each.pointer != fresh.*each.pointer)
      to[std::string(each.name)] = to_json(from.*each.pointer);
  });
}

// Bytes that are no UTF-8 become U+FFFD: what a client sent must never stop a trace.
std::string line_of(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

void tidy_value(Duration& value) {
  value = std::chrono::duration_cast<std::chrono::microseconds>(value);
}
void tidy_value(std::string& value) {
  if (!is_utf8(as_bytes(value))) value = Json::parse(line_of(Json(value))).get<std::string>();
}
void tidy_value(std::vector<std::string>& values) {
  for (std::string& value : values) tidy_value(value);
}
void tidy_value(std::vector<std::pair<std::string, std::string>>& values) {
  for (auto& [name, value] : values) {
    tidy_value(name);
    tidy_value(value);
  }
}
template <class M>
requires std::is_arithmetic_v<M> || std::is_enum_v<M>
void tidy_value(M&) {}

}  // namespace

std::string_view name_of(const Body& body) {
  return std::visit(
      [](const auto& event) { return Described<std::decay_t<decltype(event)>>::name; }, body);
}

std::string to_line(const Header& header) {
  Json json{{"halfopen", Described<Header>::name}, {"format", header.format}};
  write_members(json, header);
  return line_of(json);
}

std::string to_line(const Event& event) {
  Json json{{"at", microseconds(event.at)}};
  if (event.attempt != 0) json["attempt"] = event.attempt;
  if (event.line != 0) json["line"] = event.line;
  if (event.client != 0) json["client"] = event.client;
  json["event"] = name_of(event.body);
  std::visit([&](const auto& body) { write_members(json, body); }, event.body);
  return line_of(json);
}

std::string to_text(const Trace& trace) {
  std::string text = to_line(trace.header) + "\n";
  for (const Event& event : trace.events) text += to_line(event) + "\n";
  return text;
}

void tidy(Event& event) {
  tidy_value(event.at);
  std::visit(
      [](auto& body) {
        for_each_member<std::decay_t<decltype(body)>>(
            [&](const auto& each) { tidy_value(body.*each.pointer); });
      },
      event.body);
}

}  // namespace halfopen::trace
