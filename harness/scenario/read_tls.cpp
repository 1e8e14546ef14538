// `tls = …` of an attempt.
#include "scenario/readers.h"

namespace halfopen::scenario {

Tls read_tls(const TableReader& attempt) {
  const Node* node = attempt.node("tls");
  if (node == nullptr) return std::nullopt;
  std::optional<faults::Use> use;
  if (const auto* keys = node->get<Node::Table>()) {
    const Entry* fault = find(*keys, "fault");
    const TableReader table(
        *keys, node->place, sections::tls, attempt.problems(),
        parameter_keys(faults::Layer::tls, fault == nullptr ? nullptr : &fault->value));
    if (fault == nullptr)
      attempt.site("tls").problem(*node, "name the fault, like tls = { fault = \"expired\" }");
    else
      use = read_fault_by_chance(table, faults::Layer::tls);
  } else {
    use = read_fault(attempt, "tls", faults::Layer::tls);
  }
  if (!use) return std::nullopt;
  return Placed<faults::Use>{*std::move(use), attempt.place_of("tls")};
}

}  // namespace halfopen::scenario
