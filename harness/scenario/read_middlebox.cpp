// `idle = …` and `mtu = …` of a link: what stands in the way of its flows.
#include "scenario/readers.h"

namespace halfopen::scenario {
namespace {

using How = link::Idle::How;

const auto how =
    form::one_of<How>({{"forget", How::forget}, {"reset", How::reset}}, "way to forget a flow");
// From the least that every IPv4 host takes (RFC 1122, section 3.3.2) to Ethernet's.
const Form<int> size = form::whole(576, 1500);

std::optional<link::Idle> as_idle(const Node& node, const KeySite& at) {
  link::Idle idle;
  if (const auto* keys = node.get<Node::Table>()) {
    const TableReader table(*keys, node.place, sections::idle, at.problems);
    if (!table.has("after")) return at.problem(node, "needs `after`, like after = \"5s\"");
    sections::idle.read(table, idle);
  } else {
    const auto after = as_duration(node, at);
    if (!after) return std::nullopt;
    idle.after = *after;
  }
  if (idle.after <= Duration::zero())
    return at.problem(node, "a flow cannot be idle for no time at all");
  return idle;
}

std::optional<link::LargestPacket> as_mtu(const Node& node, const KeySite& at) {
  link::LargestPacket largest;
  const auto* keys = node.get<Node::Table>();
  if (keys == nullptr) {
    const auto bytes = size(node, at);
    if (!bytes) return std::nullopt;
    largest.size = static_cast<std::size_t>(*bytes);
    return largest;
  }
  const TableReader table(*keys, node.place, sections::mtu, at.problems);
  if (!table.has("size")) return at.problem(node, "needs `size`, like size = 1280");
  sections::mtu.read(table, largest);
  return largest;
}

}  // namespace

const SectionOf<link::Idle> sections::idle{"idle",
                                           {{"after", form::duration, "\"5s\"", &link::Idle::after},
                                            {"how", how, "\"reset\"", &link::Idle::how}}};
const SectionOf<link::LargestPacket> sections::mtu{
    "mtu",
    {{"size", size, "1280", &link::LargestPacket::size},
     {"icmp", form::flag, "false", &link::LargestPacket::icmp}}};

Form<link::Idle> form::idle() {
  return {"a duration or a table",
          shape::Either{{shape::duration(), shape::Table{&sections::idle}}}, as_idle};
}
Form<link::LargestPacket> form::mtu() {
  return {"a whole number or a table",
          shape::Either{{shape::Whole{}, shape::Table{&sections::mtu}}}, as_mtu};
}

}  // namespace halfopen::scenario
