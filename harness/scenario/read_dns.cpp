// `dns = …` of an attempt.
#include "scenario/readers.h"

namespace halfopen::scenario {

std::optional<faults::Use> read_dns(const TableReader& attempt) {
  const Node* node = attempt.node("dns");
  if (node == nullptr) return std::nullopt;
  if (node->get<std::string>() != nullptr) return read_fault(attempt, "dns", faults::Layer::dns);
  const auto* keys = node->get<Node::Table>();
  if (keys == nullptr) {
    attempt.site("dns").wrong_type(*node);
    return std::nullopt;
  }
  const Entry* fault = find(*keys, "fault");
  const TableReader table(
      *keys, node->place, sections::dns, attempt.problems(),
      parameter_keys(faults::Layer::dns, fault == nullptr ? nullptr : &fault->value));
  if (fault == nullptr)
    attempt.problems().add(node->place, "`dns` needs a `fault`, like { fault = \"slow\" }");
  return read_fault_by_chance(table, faults::Layer::dns);
}

}  // namespace halfopen::scenario
