// `request = …` of [expect]: what the client's opening requests must have.
#include <utility>

#include "scenario/readers.h"

namespace halfopen::scenario {
namespace {

std::optional<FieldMatch> as_regex_table(const Node& node, const KeySite& at) {
  const Entry* regex = find(*node.get<Node::Table>(), "regex");
  if (regex == nullptr || node.get<Node::Table>()->size() != 1) return at.wrong_type(node);
  auto pattern = as_regex(regex->value, at);
  if (!pattern) return std::nullopt;
  return RegexMatch{*std::move(pattern)};
}

std::optional<FieldMatch> as_field(const Node& node, const KeySite& at) {
  if (const auto* there = node.get<bool>()) return *there;
  if (const auto* text = node.get<std::string>()) return TextMatch{*text};
  if (node.get<Node::Table>() != nullptr) return as_regex_table(node, at);
  if (node.get<Node::Array>() == nullptr) return at.wrong_type(node);
  auto list = as_texts(node, at);
  if (!list) return std::nullopt;
  return *std::move(list);
}

const Form<FieldMatch> field{"a string, an array of strings, { regex = … }, true or false",
                             shape::Made{field_schema}, as_field};

/// A key of the section that names a field of the request.
Bound<RequestExpectation> header(std::string_view name, std::string_view example) {
  Bound<RequestExpectation> bound(key(name, field, example));
  bound.read = [name](const TableReader& table, RequestExpectation& request) {
    if (auto wanted = table.read(name, field))
      request.fields.push_back({std::string(name), *std::move(wanted), table.place_of(name)});
  };
  return bound;
}

std::optional<RequestExpectation> read_request(const TableReader& table) {
  RequestExpectation request;
  request.place = table.place();
  sections::expect_request.read(table, request);
  if (table.has("to")) table.refuse({"attempt"}, "cannot stand beside `to`, which says which ones");
  const auto keys = table.raw().size();
  if (keys == 0 || (keys == 1 && (table.has("attempt") || table.has("to"))))
    table.problems().add(table.place(),
                         "say what the request must have, like { path = \"/chat\" }");
  return request;
}

}  // namespace

const SectionOf<RequestExpectation> sections::expect_request{
    "request = {…}",
    {{"attempt", form::attempt, "2", &RequestExpectation::attempt},
     {"to", form::host, "\"elsewhere.test\"", &RequestExpectation::to},
     header("path", "\"/chat\""),
     header("host", "\"server.test\""),
     header("origin", "false"),
     header("protocols", "[\"chat\"]"),
     header("extensions", "false"),
     header("cookie", "{ regex = \"session=\" }"),
     header("authorization", "\"Bearer T2\""),
     header("user_agent", "true"),
     header("proxy_authorization", "false")}};

Form<std::vector<RequestExpectation>> form::requests() {
  return tables(sections::expect_request, read_request);
}

}  // namespace halfopen::scenario
