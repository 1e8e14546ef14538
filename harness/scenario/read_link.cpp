// [link]
#include <fmt/format.h>

#include "link/drop_rule.h"
#include "scenario/readers.h"

namespace halfopen::scenario {
namespace {

std::optional<std::vector<link::DropRule>> as_drop_rules(const Node& node, const KeySite& at) {
  const auto* array = node.get<Node::Array>();
  if (array == nullptr) return at.wrong_type(node);
  std::vector<link::DropRule> rules;
  for (const Node& item : *array) {
    const auto* text = item.get<std::string>();
    if (text == nullptr) {
      at.wrong_type(item);
      continue;
    }
    auto rule = link::parse_drop_rule(*text);
    if (rule)
      rules.push_back(*std::move(rule.value));
    else
      at.problem(item, rule.problem);
  }
  return rules;
}

/// What does nothing, or cannot be done, with these settings. `table` named some of them.
void check(const TableReader& table, const link::Settings& settings) {
  if (settings.jitter > settings.delay && settings.distribution == link::Distribution::uniform &&
      table.has("jitter"))
    table.problems().add(
        table.place_of("jitter"),
        fmt::format("a jitter of {} around a delay of {} would deliver before sending; make "
                    "`delay` at least as large",
                    format(settings.jitter), format(settings.delay)));
  if (settings.jitter == Duration::zero())
    table.refuse({"distribution", "jitter_reorders"}, "says how jitter works; give a `jitter` too");
  if (!settings.rate) table.refuse({"queue"}, "is the queue in front of `rate`; give a `rate` too");
  if (settings.delay == Duration::zero() && settings.reorder > 0)
    table.refuse({"reorder"}, "sends some units ahead of those that wait; give a `delay` too");
}

void read_profile(const TableReader& table, link::Link& link) {
  const auto name = table.read("profile", as_text);
  if (!name) return;
  if (const link::Link* profile = link::find_profile(*name)) {
    const link::State state = link.state;
    link = *profile;
    link.state = state;
    link.profile = *name;
    return;
  }
  const as_word word{link::profile_names(), "profile"};
  (void)word(*table.node("profile"), table.site("profile"));
}

/// The settings of one direction: its table, on top of those that it has by now.
void read_direction(const TableReader& table, std::string_view key, link::Settings& settings) {
  const Node::Table* keys = table.table(key);
  if (keys == nullptr) return;
  const TableReader direction(*keys, table.node(key)->place, sections::link_direction,
                              table.problems());
  const std::size_t before = table.problems().count();
  sections::link_direction.read(direction, settings);
  if (table.problems().count() == before) check(direction, settings);
}

/// Applies the shared keys to both directions, but reports their mistakes once.
void apply_to_both(const TableReader& table, link::Link& link) {
  sections::link_direction.read(table, link.up);
  Problems again("");
  const TableReader silent(table.raw(), table.place(), sections::link, again);
  sections::link_direction.read(silent, link.down);
}

const auto distribution =
    form::one_of<link::Distribution>({{"uniform", link::Distribution::uniform},
                                      {"normal", link::Distribution::normal},
                                      {"pareto", link::Distribution::pareto}},
                                     "distribution");
const Form<std::vector<link::DropRule>> drop_rules{"an array of drop rules",
                                                   shape::list_of(shape::Text{}), as_drop_rules};

const Form<std::string> profile{"the name of a profile", shape::Words{link::profile_names()},
                                as_text};

/// Called by no list of its words: there are many.
Form<link::State> state_of_link() {
  std::vector<std::pair<std::string, link::State>> states;
  states.reserve(link::state_names.size());
  for (std::size_t i = 0; i < link::state_names.size(); ++i)
    states.emplace_back(link::state_names.at(i), static_cast<link::State>(i));
  Form<link::State> form = form::one_of<link::State>(states, "state of a link");
  form.words = "a state of the link";
  return form;
}

/// The keys that either direction has.
std::vector<Bound<link::Settings>> direction_keys() {
  using link::Settings;
  return {{"delay", form::duration, "\"40ms\"", &Settings::delay},
          {"jitter", form::duration, "\"10ms\"", &Settings::jitter},
          {"distribution", distribution, "\"normal\"", &Settings::distribution},
          {"jitter_reorders", form::flag, "true", &Settings::jitter_reorders},
          {"loss", form::loss(), "\"2%\"", &Settings::loss},
          {"rate", form::rate, "\"2Mbit/s\"", &Settings::rate},
          {"queue", form::size, "\"64KiB\"", &Settings::queue},
          {"reorder", form::share, "\"1%\"", &Settings::reorder},
          {"duplicate", form::share, "\"1%\"", &Settings::duplicate},
          {"corrupt", form::share, "\"0.1%\"", &Settings::corrupt},
          {"drop", drop_rules, "[\"syn 1-3\"]", &Settings::drop}};
}

std::optional<link::Idle>& idle_of(link::Link& link) { return link.middlebox.idle; }
std::optional<link::LargestPacket>& largest_of(link::Link& link) { return link.middlebox.largest; }

/// Those of both directions at once, which are read by themselves, and the link's own.
std::vector<Bound<link::Link>> link_keys() {
  std::vector<Bound<link::Link>> keys;
  auto of_direction = direction_keys();
  keys.reserve(of_direction.size());
  for (Bound<link::Settings>& each : of_direction) keys.emplace_back(std::move(each.key));
  const Shape direction = shape::Table{&sections::link_direction};
  const std::vector<Bound<link::Link>> own{
      {"profile", profile, "\"4g\""},
      Key{"up", "a table", "{ loss = \"5%\" }", direction},
      Key{"down", "a table", "{ loss = \"5%\" }", direction},
      {"idle", form::idle(), "\"5s\"", idle_of},
      {"mtu", form::mtu(), "1280", largest_of},
      {"state", state_of_link(), "\"down\"", &link::Link::state}};
  keys.insert(keys.end(), own.begin(), own.end());
  return keys;
}

}  // namespace

const SectionOf<link::Settings> sections::link_direction{"one direction of a link",
                                                         direction_keys()};
const SectionOf<link::Link> sections::link{"[link]", link_keys()};

link::Link read_link(const TableReader& table, link::Link base) {
  link::Link link = std::move(base);
  const std::size_t before = table.problems().count();
  read_profile(table, link);
  apply_to_both(table, link);
  // A value that was not understood would only be complained about once more.
  if (table.problems().count() == before) check(table, link.up);
  read_direction(table, "up", link.up);
  read_direction(table, "down", link.down);
  sections::link.read(table, link);
  return link;
}

}  // namespace halfopen::scenario
