// `request = …` of [expect]: what the client's opening requests must have.
#include <utility>

#include "scenario/readers.h"

namespace halfopen::scenario {
namespace {

constexpr int most_attempts = 1'000'000;

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

RequestExpectation read_one(const Node::Table& keys, Place place, Problems& problems) {
  const TableReader table(keys, place, sections::expect_request, problems);
  RequestExpectation request;
  request.place = place;
  table.into(request.attempt, "attempt", as_whole{1, most_attempts});
  table.into(request.to, "to", as_text);
  if (table.has("to")) table.refuse({"attempt"}, "cannot stand beside `to`, which says which ones");
  for (const Key& key : sections::expect_request.keys)
    if (key.name != "attempt" && key.name != "to")
      if (auto wanted = table.read(key.name, as_field))
        request.fields.push_back(
            {std::string(key.name), *std::move(wanted), table.place_of(key.name)});
  if (keys.empty() || (keys.size() == 1 && (table.has("attempt") || table.has("to"))))
    problems.add(place, "say what the request must have, like { path = \"/chat\" }");
  return request;
}

}  // namespace

std::vector<RequestExpectation> read_requests(const TableReader& expect) {
  std::vector<RequestExpectation> requests;
  for_each_or_one(expect, "request", [&](const Node::Table& keys, Place place) {
    requests.push_back(read_one(keys, place, expect.problems()));
  });
  return requests;
}

}  // namespace halfopen::scenario
