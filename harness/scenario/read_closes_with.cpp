// `closes_with = …` of [expect].
#include <fmt/format.h>

#include "scenario/readers.h"

namespace halfopen::scenario {
namespace {

const Form<int> close_code = form::close_code(1000, 4999);

/// A code that can stand in a Close frame, or 1005 for a frame without one.
std::optional<int> as_wire_code(const Node& node, const KeySite& at) {
  const auto code = close_code(node, at);
  if (code && (*code == 1006 || *code == 1015))
    return at.problem(node, fmt::format("{} is never on the wire (RFC 6455, section 7.4.1): it is "
                                        "what a client reports, see client = {{ close = … }}",
                                        *code));
  return code;
}

std::optional<std::vector<int>> as_codes(const Node& node, const KeySite& at) {
  std::vector<int> codes;
  const auto* array = node.get<Node::Array>();
  if (array == nullptr) {
    const auto code = as_wire_code(node, at);
    if (!code) return std::nullopt;
    return std::vector{*code};
  }
  if (array->empty()) return at.wrong_type(node);
  for (const Node& item : *array)
    if (const auto code = as_wire_code(item, at)) codes.push_back(*code);
  return codes;
}

Form<std::vector<int>> codes() {
  return {"a Close code or an array of them", shape::one_or_more(shape::Whole{0, 65535}), as_codes};
}

std::optional<ClosesWith> as_closes_with(const Node& node, const KeySite& at) {
  const auto* keys = node.get<Node::Table>();
  if (keys != nullptr && find(*keys, "code") != nullptr)
    return form::table(sections::closes_with)(node, at);
  if (keys != nullptr) {
    const TableReader unknown_keys(*keys, node.place, sections::closes_with, at.problems);
    return at.problem(node, "give the `code`, like { code = 1002 }");
  }
  auto any_of = as_codes(node, at);
  if (!any_of) return std::nullopt;
  return ClosesWith{*std::move(any_of), {}};
}

}  // namespace

const SectionOf<ClosesWith> sections::closes_with{
    "closes_with = {…}",
    {{"code", codes(), "1002", &ClosesWith::codes},
     {"attempt", form::attempt, "1", &ClosesWith::attempt}}};

Form<ClosesWith> form::closes_with() {
  return {"a Close code, an array of them or a table",
          shape::Either{{codes().shape, shape::Table{&sections::closes_with}}}, as_closes_with};
}

}  // namespace halfopen::scenario
