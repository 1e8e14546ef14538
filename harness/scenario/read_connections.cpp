// `connections = …` of [server]: how many it holds at a time.
#include "scenario/readers.h"

namespace halfopen::scenario {
namespace {

using Then = ConnectionLimit::Then;

const Form<int> most = form::whole(1, 100'000);
const auto then = form::one_of<Then>({{"refuse", Then::refuse},
                                      {"reset", Then::reset},
                                      {"503", Then::unavailable},
                                      {"queue", Then::queue}},
                                     "answer to one too many");

std::optional<ConnectionLimit> as_connections(const Node& node, const KeySite& at) {
  ConnectionLimit limit;
  limit.place = node.place;
  if (const auto* keys = node.get<Node::Table>()) {
    const TableReader table(*keys, node.place, sections::connections, at.problems);
    if (!table.has("most")) at.problem(node, "say how many, like connections = { most = 2 }");
    sections::connections.read(table, limit);
    return limit;
  }
  if (node.get<std::int64_t>() == nullptr) return at.wrong_type(node);
  limit.most = most(node, at).value_or(limit.most);
  return limit;
}

}  // namespace

const SectionOf<ConnectionLimit> sections::connections{
    "connections = {…}",
    {{"most", most, "2", &ConnectionLimit::most},
     {"then", then, "\"503\"", &ConnectionLimit::then},
     {"held", form::duration, "\"3s\"", &ConnectionLimit::held}}};

Form<ConnectionLimit> form::connections() {
  return {"a whole number or a table",
          shape::Either{{shape::Whole{}, shape::Table{&sections::connections}}}, as_connections};
}

}  // namespace halfopen::scenario
