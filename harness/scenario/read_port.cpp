// `port = …` of an attempt.
#include "scenario/readers.h"

namespace halfopen::scenario {
namespace {

constexpr std::string_view open_port = "open";

std::optional<faults::Use> read_table(const Node::Table& keys, const Node& node,
                                      const KeySite& at) {
  const Entry* fault = find(keys, "fault");
  const TableReader table(
      keys, node.place, sections::port, at.problems,
      parameter_keys(faults::Layer::port, fault == nullptr ? nullptr : &fault->value));
  if (fault != nullptr) return read_fault_by_chance(table, faults::Layer::port);
  return at.problem(node, "name the fault, like port = { fault = \"unreachable\" }");
}

}  // namespace

std::optional<faults::Use> read_port(const TableReader& attempt) {
  const Node* node = attempt.node("port");
  if (node == nullptr) return std::nullopt;
  if (const auto* keys = node->get<Node::Table>())
    return read_table(*keys, *node, attempt.site("port"));
  const auto* word = node->get<std::string>();
  if (word != nullptr && *word == open_port) return std::nullopt;
  if (word != nullptr && faults::find(faults::Layer::port, *word) == nullptr) {
    std::vector<std::string> words = faults::names(faults::Layer::port);
    words.emplace_back(open_port);
    (void)as_word{std::move(words), "state of a port"}(*node, attempt.site("port"));
    return std::nullopt;
  }
  return read_fault(attempt, "port", faults::Layer::port);
}

}  // namespace halfopen::scenario
