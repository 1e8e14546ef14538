// `dns`, `port`, `proxy` and `tls` of an attempt: the name of a fault, or a table that names it
// with its parameters and its chance.
#include <fmt/format.h>

#include "scenario/readers.h"

namespace halfopen::scenario {
namespace {

using faults::Layer;

std::optional<faults::Use> from_table(const Node::Table& keys, const Node& node, const KeySite& at,
                                      Layer layer, const Section& section) {
  const Entry* fault = find(keys, "fault");
  const TableReader table(keys, node.place, section, at.problems,
                          parameter_keys(layer, fault == nullptr ? nullptr : &fault->value));
  if (fault != nullptr) return read_fault_by_chance(table, layer);
  return at.problem(node, fmt::format("name the fault, like {} = {{ fault = {} }}", at.key.name,
                                      section.keys.front().example));
}

Form<faults::Use> fault_of(Layer layer, const Section& section) {
  return {"a fault or a table", shape::Fault{layer, &section},
          [layer, &section](const Node& node, const KeySite& at) {
            if (const auto* keys = node.get<Node::Table>())
              return from_table(*keys, node, at, layer, section);
            return as_fault(node, at, layer);
          }};
}

/// Without a fault its chance is looked at all the same.
std::optional<faults::Use> as_dns(const Node& node, const KeySite& at) {
  const auto* keys = node.get<Node::Table>();
  if (keys == nullptr || find(*keys, "fault") != nullptr)
    return fault_of(Layer::dns, sections::dns)(node, at);
  const TableReader table(*keys, node.place, sections::dns, at.problems);
  at.problems.add(node.place, "`dns` needs a `fault`, like { fault = \"slow\" }");
  return read_fault_by_chance(table, Layer::dns);
}

/// None: it is open.
std::optional<std::optional<faults::Use>> as_port(const Node& node, const KeySite& at) {
  using Use = std::optional<faults::Use>;
  constexpr std::string_view open_port = "open";
  const auto* word = node.get<std::string>();
  if (word != nullptr && *word == open_port) return Use{};
  if (word != nullptr && faults::find(Layer::port, *word) == nullptr) {
    std::vector<std::string> words = faults::names(Layer::port);
    words.emplace_back(open_port);
    (void)as_word{std::move(words), "state of a port"}(node, at);
    return std::nullopt;
  }
  Use use = fault_of(Layer::port, sections::port)(node, at);
  return use ? std::optional<Use>(std::move(use)) : std::nullopt;
}

Section with_chance(std::string_view title, std::string_view words, std::string_view example,
                    Layer layer) {
  return {title,
          {{"fault", std::string(words), example, shape::FaultName{layer}},
           key("chance", form::share, "\"30%\"")}};
}

}  // namespace

const Section sections::dns =
    with_chance("dns = {…}", "the name of a dns fault", "\"slow\"", Layer::dns);
const Section sections::port =
    with_chance("port = {…}", "the name of a port fault", "\"unreachable\"", Layer::port);
const Section sections::proxy =
    with_chance("proxy = {…}", "the name of a proxy fault", "\"forbidden\"", Layer::proxy);
const Section sections::tls =
    with_chance("tls = {…}", "the name of a TLS fault", "\"expired\"", Layer::tls);

Form<faults::Use> form::dns() {
  Form<faults::Use> form = fault_of(Layer::dns, sections::dns);
  form.read = as_dns;
  return form;
}
Form<std::optional<faults::Use>> form::port() {
  return {"\"open\", a fault or a table",
          shape::Fault{Layer::port, &sections::port, {shape::Word{"open"}}}, as_port};
}
Form<faults::Use> form::proxy() { return fault_of(Layer::proxy, sections::proxy); }
Form<faults::Use> form::tls() { return fault_of(Layer::tls, sections::tls); }

}  // namespace halfopen::scenario
