#include "run/client_report.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/bytes.h"
#include "trace/event.h"

namespace halfopen::run {
namespace {

using nlohmann::json;

constexpr std::size_t longest_kept = 500;

std::string text_in(const json& object, const char* key) {
  const auto member = object.find(key);
  if (member == object.end() || !member->is_string()) return "";
  return printable(as_bytes(member->get_ref<const std::string&>()), longest_kept);
}

trace::Report report_of(std::string_view name) {
  for (std::size_t i = 1; i < trace::report_names.size(); ++i)
    if (name == trace::report_names[i]) return static_cast<trace::Report>(i);
  return trace::Report::other;
}

}  // namespace

bool may_be_report(std::string_view line) {
  const std::size_t first = line.find_first_not_of(" \t\r");
  return first != std::string_view::npos && line[first] == '{';
}

std::optional<trace::ClientEvent> read_report(std::string_view line) {
  if (!may_be_report(line)) return std::nullopt;
  const json object = json::parse(line, nullptr, false);
  if (!object.is_object()) return std::nullopt;
  trace::ClientEvent event;
  const std::string name = text_in(object, "event");
  if (name.empty()) return std::nullopt;
  event.reported = report_of(name);
  if (event.reported == trace::Report::other) event.name = name;
  event.text = text_in(object, object.contains("text") ? "text" : "message");
  const auto code = object.find("code");
  if (code != object.end() && code->is_number_integer()) {
    const auto value = code->get<std::int64_t>();
    if (value >= 0 && value <= 65535) event.code = static_cast<int>(value);
  }
  const auto clean = object.find("clean");
  event.clean = clean != object.end() && clean->is_boolean() && clean->get<bool>();
  event.json = printable(as_bytes(line), longest_kept);
  return event;
}

namespace {

json in_json(const scenario::Tell& tell) {
  json line = {{"do", tell.action}};
  if (tell.code) line["code"] = *tell.code;
  for (const auto& [name, value] : tell.fields) line[name] = value;
  for (const auto& [name, value] : tell.own) line[name] = json::parse(value, nullptr, false);
  return line;
}

std::string dumped(const json& line) {
  return line.dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace

std::string to_line(const scenario::Tell& tell, int nth) {
  json line = in_json(tell);
  if (tell.times == 1 && tell.size == 0) return dumped(line);
  std::string text = line.value("text", "");
  if (tell.times > 1) text += " " + std::to_string(nth);
  if (text.size() < tell.size) {
    text += ' ';
    text.resize(std::max<std::size_t>(text.size(), tell.size), '.');
  }
  line["text"] = text;
  return dumped(line);
}

std::string in_short(const scenario::Tell& tell) {
  json line = in_json(tell);
  if (tell.times > 1) line["times"] = tell.times;
  if (tell.size > 0) line["size"] = tell.size;
  return dumped(line);
}

}  // namespace halfopen::run
