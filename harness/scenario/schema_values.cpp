#include "scenario/schema_values.h"

#include <fmt/format.h>

#include <map>
#include <string>

#include "base/error.h"
#include "crypto/alert.h"
#include "link/settings.h"
#include "scenario/invariants.h"

namespace halfopen::scenario {
namespace {

const std::string number = R"([0-9]+(\.[0-9]+)?)";
const std::string duration = fmt::format("(({}(us|ms|s|m|h))+|0)", number);
const std::string count = "[0-9]+";

Json pattern(const std::string& expression) {
  return {{"type", "string"}, {"pattern", "^" + expression + "$"}};
}

/// "a..b", either end may be left out but not both; or one value.
Json range(const std::string& end) {
  return pattern(fmt::format(R"(({0}|{0}\.\.|\.\.{0}|{0}\.\.{0}))", end));
}

Json text() { return {{"type", "string"}}; }
Json flag() { return {{"type", "boolean"}}; }
Json table() { return {{"type", "object"}}; }
Json only_true() { return {{"const", true}}; }
Json whole(int lowest, int highest) {
  return {{"type", "integer"}, {"minimum", lowest}, {"maximum", highest}};
}
Json whole() { return {{"type", "integer"}}; }
Json share() { return pattern(number + "%"); }
const std::string size_units = "(B|kB|KiB|MB|MiB|GiB)";
const std::string size_text = number + size_units + "?";
Json size() { return any_of({whole(), pattern(size_text)}); }
Json moment() {
  return any_of({pattern(count + " messages?"), pattern(number + size_units), pattern(duration)});
}
const std::string rate_text = number + "(bit/s|kbit/s|Mbit/s|Gbit/s|B/s|KB/s|kB/s|MB/s)";
Json words(const std::vector<std::string>& all) { return {{"enum", all}}; }
Json list_of(const Json& item) { return {{"type", "array"}, {"items", item}}; }
Json one_or_more(const Json& item) { return any_of({item, list_of(item)}); }

/// At least one, and none twice (tokens: RFC 9110, section 5.6.2).
Json tokens() {
  Json schema = list_of(pattern("[!#$%&'*+\\-.^_`|~0-9A-Za-z]+"));
  schema.update({{"minItems", 1}, {"uniqueItems", true}});
  return schema;
}

Json invariants() {
  std::vector<std::string> names;
  for (const InvariantName& each : invariant_names()) names.emplace_back(each.name);
  return list_of(words(names));
}

Json field() {
  const Json regex{{"type", "object"},
                   {"properties", {{"regex", text()}}},
                   {"required", {"regex"}},
                   {"additionalProperties", false}};
  return any_of({text(), list_of(text()), flag(), regex});
}

/// "\"a\", \"b\" or \"c\"": a form that lists its words in quotes.
Json listed_words(std::string_view form) {
  std::vector<std::string> found;
  for (std::size_t open = form.find('"'); open != std::string_view::npos;) {
    const std::size_t close = form.find('"', open + 1);
    found.emplace_back(form.substr(open + 1, close - open - 1));
    open = form.find('"', close + 1);
  }
  return words(found);
}

const std::map<std::string_view, Json>& forms() {
  constexpr int highest_code = 65535;
  static const std::map<std::string_view, Json> all{
      {"a string", text()},
      {"a host name", text()},
      {"a path", text()},
      {"a regular expression", text()},
      {"an action of the client", text()},
      {"an event that the client reports", text()},
      {"an array of strings", list_of(text())},
      {"an array of tokens", tokens()},
      {"true or false", flag()},
      {"true", only_true()},
      {"true, false or \"required\"", any_of({flag(), words({"required"})})},
      {"a duration", pattern(duration)},
      {"a range of durations", range(duration)},
      {"an array of ranges of durations, or one range", one_or_more(range(duration))},
      {"a whole number", whole()},
      {"a whole number or \"rest\"", any_of({whole(), words({"rest"})})},
      {"the number of an attempt, or an array of them", one_or_more(whole())},
      {"a count or a range of counts", any_of({whole(), range(count)})},
      {"a share", share()},
      {"a share or a number from 0 to 1",
       any_of({share(), {{"type", "number"}, {"minimum", 0}, {"maximum", 1}}})},
      {"a rate", pattern(rate_text)},
      {"a rate, \"nothing\" or \"all\"", any_of({pattern(rate_text), words({"nothing", "all"})})},
      {"a size", size()},
      {"messages, a size or a duration", moment()},
      {"a message or an echo with its number", pattern("(message|echo) " + count)},
      {"a range of sizes", range(size_text)},
      {"an array of drop rules", list_of(text())},
      {"the name of a profile", words(link::profile_names())},
      {"a state of the link", words({link::state_names.begin(), link::state_names.end()})},
      {"an HTTP status", whole(100, 599)},
      {"a table of strings", {{"type", "object"}, {"additionalProperties", text()}}},
      {"a table of fields, or an array", any_of({table(), {{"type", "array"}}})},
      {"a number", {{"type", "number"}}},
      {"a table of tables", {{"type", "object"}, {"additionalProperties", table()}}},
      {"a table", table()},
      {"true or a Close code", any_of({only_true(), whole(0, highest_code)})},
      {"a Close code", whole(0, highest_code)},
      {"a Close code or an array of them", one_or_more(whole(0, highest_code))},
      {"the name of a TLS alert or an array of them", one_or_more(words(crypto::alert_names()))},
      {"bytes in hexadecimal", pattern("[0-9a-fA-F \\t\\n]*")},
      {"a name or a number from 0 to 15", any_of({text(), whole(0, 15)})},
      {"7, 16 or 64", {{"enum", {7, 16, 64}}}},
      {"an exit code", whole(0, 255)},
      {"a string or a number", any_of({text(), {{"type", "number"}}})},
      {"a string, an array of strings, { regex = … }, true or false", field()},
  };
  return all;
}

}  // namespace

Json any_of(std::vector<Json> alternatives) { return {{"anyOf", std::move(alternatives)}}; }

Json value_schema(const Key& key) {
  if (key.name == "waive") return invariants();
  if (const auto known = forms().find(key.form); known != forms().end()) return known->second;
  if (key.form.front() == '"') return listed_words(key.form);
  throw Error(fmt::format("put the key `{}` into the JSON Schema", key.name),
              fmt::format("nothing is known of the form \"{}\"", key.form));
}

Json parameter_schema(const faults::Parameter& parameter) {
  Json schema;
  switch (parameter.type) {
    case faults::Type::text:
      schema = parameter.choices.empty()
                   ? text()
                   : words({parameter.choices.begin(), parameter.choices.end()});
      break;
    case faults::Type::count:
      schema = {{"type", "integer"}, {"minimum", parameter.lowest}, {"maximum", parameter.highest}};
      break;
    case faults::Type::duration:
      schema = pattern(duration);
      break;
    case faults::Type::size:
      schema = size();
      break;
  }
  schema["description"] = std::string(parameter.about);
  return schema;
}

}  // namespace halfopen::scenario
