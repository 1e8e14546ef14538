// `idle = …` and `mtu = …` of a link: what stands in the way of its flows.
#include "scenario/readers.h"

namespace halfopen::scenario {
namespace {

// The least that every IPv4 host takes (RFC 1122, section 3.3.2), and Ethernet's.
constexpr int least_mtu = 576;
constexpr int most_mtu = 1500;

std::optional<link::Idle> as_idle(const Node& node, const KeySite& at) {
  link::Idle idle;
  const auto* keys = node.get<Node::Table>();
  if (keys == nullptr) {
    const auto after = as_duration(node, at);
    if (!after) return std::nullopt;
    idle.after = *after;
  } else {
    const TableReader table(*keys, node.place, sections::idle, at.problems);
    if (!table.has("after")) return at.problem(node, "needs `after`, like after = \"5s\"");
    table.into(idle.after, "after", as_duration);
    if (const auto how = table.read("how", as_word{{"forget", "reset"}, "way to forget a flow"}))
      idle.how = *how == 0 ? link::Idle::How::forget : link::Idle::How::reset;
  }
  if (idle.after <= Duration::zero())
    return at.problem(node, "a flow cannot be idle for no time at all");
  return idle;
}

std::optional<link::LargestPacket> as_mtu(const Node& node, const KeySite& at) {
  link::LargestPacket largest;
  const as_whole size{least_mtu, most_mtu};
  const auto* keys = node.get<Node::Table>();
  if (keys == nullptr) {
    const auto bytes = size(node, at);
    if (!bytes) return std::nullopt;
    largest.size = static_cast<std::size_t>(*bytes);
    return largest;
  }
  const TableReader table(*keys, node.place, sections::mtu, at.problems);
  if (!table.has("size")) return at.problem(node, "needs `size`, like size = 1280");
  if (const auto bytes = table.read("size", size)) largest.size = static_cast<std::size_t>(*bytes);
  table.into(largest.icmp, "icmp", as_flag);
  return largest;
}

}  // namespace

void read_middlebox(const TableReader& table, link::Middlebox& middlebox) {
  if (auto idle = table.read("idle", as_idle)) middlebox.idle = idle;
  if (auto largest = table.read("mtu", as_mtu)) middlebox.largest = largest;
}

}  // namespace halfopen::scenario
