// Reads traces back. A trace may come from anywhere, so nothing about it is taken on trust: every
// line is a known event with known members of the right types, or an Error says which is not.
#include <nlohmann/json.hpp>
#include <set>
#include <type_traits>

#include "base/error.h"
#include "trace/codec.h"
#include "trace/event.h"

namespace halfopen::trace {
namespace {

using Json = nlohmann::json;

// Ten years: far above any run, far below where nanoseconds overflow.
constexpr std::int64_t longest = std::int64_t{10} * 366 * 24 * 3600 * 1'000'000;

// Why a value is not what its member must be; Error only where the line is known.
struct Mistake {
  std::string why;
};

template <class I>
I whole_number(const Json& json) {
  if (!json.is_number_integer()) throw Mistake{"is no whole number"};
  if constexpr (std::is_signed_v<I>) {
    const auto value = json.get<std::int64_t>();
    const bool wrapped = json.is_number_unsigned() && value < 0;
    if (wrapped || value < std::numeric_limits<I>::min() || value > std::numeric_limits<I>::max())
      throw Mistake{"is out of range"};
    return static_cast<I>(value);
  } else {
    if (!json.is_number_unsigned()) throw Mistake{"is negative"};
    return json.get<I>();
  }
}

void get(const Json& json, Duration& to) {
  const auto value = whole_number<std::int64_t>(json);
  if (value < 0 || value > longest) throw Mistake{"is out of range"};
  to = std::chrono::microseconds(value);
}
void get(const Json& json, std::string& to) {
  if (!json.is_string()) throw Mistake{"is no string"};
  to = json.get<std::string>();
}
void get(const Json& json, bool& to) {
  if (!json.is_boolean()) throw Mistake{"is neither true nor false"};
  to = json.get<bool>();
}
void get(const Json& json, std::vector<std::string>& to) {
  if (!json.is_array()) throw Mistake{"is no list of strings"};
  for (const Json& each : json) get(each, to.emplace_back());
}
void get(const Json& json, std::vector<std::pair<std::string, std::string>>& to) {
  if (!json.is_array()) throw Mistake{"is no list of pairs"};
  for (const Json& each : json) {
    if (!each.is_array() || each.size() != 2) throw Mistake{"is no list of pairs"};
    auto& [name, value] = to.emplace_back();
    get(each[0], name);
    get(each[1], value);
  }
}
template <class M>
void get(const Json& json, M& to) {
  if constexpr (std::is_enum_v<M>) {
    std::string word;
    get(json, word);
    const auto& names = names_of(to);
    for (std::size_t i = 0; i < names.size(); ++i)
      if (word == names[i]) {
        to = static_cast<M>(i);
        return;
      }
    throw Mistake{"is `" + word + "`, which is none of its words"};
  } else {
    to = whole_number<M>(json);
  }
}

template <class M>
void get_member(const Json& json, const std::string& name, M& to) {
  try {
    get(json, to);
  } catch (const Mistake& mistake) {
    throw Mistake{"`" + name + "` " + mistake.why};
  }
}

// Fills `to` from the object; whatever is neither a member nor in `known` is a mistake.
template <class T>
T read_members(const Json& json, std::set<std::string> known) {
  T to{};
  for_each_member<T>([&](const auto& each) {
    const std::string name(each.name);
    known.insert(name);
    if (const auto found = json.find(name); found != json.end())
      get_member(*found, name, to.*each.pointer);
  });
  for (const auto& [key, value] : json.items())
    if (!known.contains(key))
      throw Mistake{"`" + key + "` is no member of `" + std::string(Described<T>::name) + "`"};
  return to;
}

template <std::size_t I = 0>
Body read_body(const Json& json, const std::string& name) {
  if constexpr (I < std::variant_size_v<Body>) {
    using T = std::variant_alternative_t<I, Body>;
    if (name == Described<T>::name)
      return read_members<T>(json, {"at", "attempt", "line", "client", "event"});
    return read_body<I + 1>(json, name);
  } else {
    throw Mistake{"there is no event `" + name + "`"};
  }
}

Json read_object(std::string_view line) {
  Json json = Json::parse(line, nullptr, false);
  if (json.is_discarded()) throw Mistake{"it is no JSON (is the file cut short?)"};
  if (!json.is_object()) throw Mistake{"it is no JSON object"};
  return json;
}

Header read_header(std::string_view line) {
  const Json json = read_object(line);
  if (json.value("halfopen", Json()) != "trace")
    throw Mistake{"it is no halfopen trace (the first line must have \"halfopen\":\"trace\")"};
  int format = 0;
  if (json.contains("format")) get_member(json["format"], "format", format);
  if (format != Header{}.format)
    throw Mistake{"its format is " + std::to_string(format) + ", and this halfopen reads " +
                  std::to_string(Header{}.format) + ": record it again with this version"};
  return read_members<Header>(json, {"halfopen"});
}

Event read_event(std::string_view line) {
  const Json json = read_object(line);
  Event event;
  std::string name;
  if (!json.contains("at") || !json.contains("event"))
    throw Mistake{"an event needs `at` and `event`"};
  get_member(json["at"], "at", event.at);
  get_member(json["event"], "event", name);
  if (json.contains("attempt")) get_member(json["attempt"], "attempt", event.attempt);
  if (json.contains("line")) get_member(json["line"], "line", event.line);
  if (json.contains("client")) get_member(json["client"], "client", event.client);
  event.body = read_body(json, name);
  return event;
}

}  // namespace

Trace read(std::string_view text, const std::string& file) {
  Trace trace;
  int number = 0;
  try {
    do {
      ++number;
      const std::size_t end = text.find('\n');
      const std::string_view line = text.substr(0, end);
      text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
      if (number == 1)
        trace.header = read_header(line);
      else
        trace.events.push_back(read_event(line));
    } while (!text.empty());
  } catch (const Mistake& mistake) {
    throw Error(file + ":" + std::to_string(number), mistake.why);
  }
  return trace;
}

}  // namespace halfopen::trace
