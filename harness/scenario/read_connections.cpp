// `connections = …` of [server]: how many it holds at a time.
#include "scenario/readers.h"

namespace halfopen::scenario {
namespace {

constexpr int most_connections = 100'000;
const std::vector<std::string> words{"refuse", "reset", "503", "queue"};

std::optional<int> as_most(const Node& node, const KeySite& at) {
  return as_whole{1, most_connections}(node, at);
}

}  // namespace

std::optional<ConnectionLimit> read_connections(const TableReader& server) {
  const Node* node = server.node("connections");
  if (node == nullptr) return std::nullopt;
  ConnectionLimit limit;
  limit.place = node->place;
  const auto* keys = node->get<Node::Table>();
  if (keys == nullptr) {
    if (node->get<std::int64_t>() == nullptr) {
      server.site("connections").wrong_type(*node);
      return std::nullopt;
    }
    server.into(limit.most, "connections", as_most);
    return limit;
  }
  const TableReader table(*keys, node->place, sections::connections, server.problems());
  if (!table.has("most"))
    server.site("connections").problem(*node, "say how many, like connections = { most = 2 }");
  table.into(limit.most, "most", as_most);
  if (const auto then = table.read("then", as_word{words, "answer to one too many"}))
    limit.then = static_cast<ConnectionLimit::Then>(*then);
  table.into(limit.held, "held", as_duration);
  return limit;
}

}  // namespace halfopen::scenario
