// [[at]] and [[when]]: how the world changes by the clock, and by what the client reports.
#include "scenario/readers.h"

namespace halfopen::scenario {
namespace {

const auto freeze = form::one_of<bool>({{"freeze", true}, {"thaw", false}}, "state of the client");
const Form<int> nth = form::whole(1, 1'000'000);
const Form<std::string> event{"an event that the client reports", shape::Text{}, as_event};

/// The keys and those beside `tell`.
template <class T>
std::vector<Bound<T>> with_tell(std::vector<Bound<T>> keys) {
  const auto more = tell_keys();
  keys.insert(keys.end(), more.begin(), more.end());
  return keys;
}

}  // namespace

const SectionOf<At> sections::at{"[[at]]",
                                 with_tell<At>({{"time", form::duration, "\"5s\"", &At::time},
                                                change_key(),
                                                {"client", freeze, "\"freeze\"", &At::freeze}})};
const SectionOf<When> sections::when{"[[when]]",
                                     with_tell<When>({{"event", event, "\"close\"", &When::event},
                                                      {"nth", nth, "2", &When::nth},
                                                      change_key()})};

std::vector<At> read_at(const TableReader& root, const link::Link& base) {
  std::vector<At> out;
  for_each_table(root, "at", [&](const Node::Table& keys, Place place) {
    const TableReader table(keys, place, sections::at, root.problems(),
                            own_fields(keys, sections::at));
    At at;
    at.place = place;
    if (!table.has("time")) root.problems().add(place, "[[at]] needs a `time`, like time = \"5s\"");
    sections::at.read(table, at);
    at.link = read_change(table, base);
    at.tell = read_tell(table);
    if (!table.has("link") && !table.has("tell") && !table.has("client"))
      root.problems().add(place, "[[at]] does nothing: give it `link`, `tell` or `client`");
    out.push_back(std::move(at));
  });
  return out;
}

std::vector<When> read_when(const TableReader& root, const link::Link& base) {
  std::vector<When> out;
  for_each_table(root, "when", [&](const Node::Table& keys, Place place) {
    const TableReader table(keys, place, sections::when, root.problems(),
                            own_fields(keys, sections::when));
    When when;
    when.place = place;
    if (!table.has("event"))
      root.problems().add(place, "[[when]] needs an `event`, like event = \"close\"");
    sections::when.read(table, when);
    when.link = read_change(table, base);
    when.tell = read_tell(table);
    if (!table.has("link") && !table.has("tell"))
      root.problems().add(place, "[[when]] does nothing: give it `link` or `tell`");
    out.push_back(std::move(when));
  });
  return out;
}

}  // namespace halfopen::scenario
