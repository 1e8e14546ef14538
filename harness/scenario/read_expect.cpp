// [expect]
#include <fmt/format.h>

#include "scenario/invariants.h"
#include "scenario/readers.h"

namespace halfopen::scenario {
namespace {

constexpr Duration longest_run = std::chrono::minutes(10);

void read_gaps(const TableReader& table, Expect& expect) {
  const Node* node = table.node("gaps");
  if (node == nullptr) return;
  const KeySite at = table.site("gaps");
  const auto* array = node->get<Node::Array>();
  if (array == nullptr) {
    if (node->get<std::string>() == nullptr)
      at.wrong_type(*node);
    else
      expect.every_gap = table.placed("gaps", as_duration_range);
    return;
  }
  if (array->empty()) at.problem(*node, "an empty array expects nothing: leave it out");
  for (const Node& item : *array) {
    const auto range = as_duration_range(item, at);
    expect.gaps.push_back({range.value_or(DurationRange{Duration::zero(), forever}), item.place});
  }
}

std::vector<std::string> names_of_invariants() {
  std::vector<std::string> names;
  for (const InvariantName& invariant : invariant_names()) names.emplace_back(invariant.name);
  return names;
}

using Names = std::vector<Placed<std::string>>;

std::optional<Names> as_invariants(const Node& node, const KeySite& at) {
  const auto* array = node.get<Node::Array>();
  if (array == nullptr) return at.wrong_type(node);
  const as_word word{names_of_invariants(), "invariant"};
  Names all;
  for (const Node& item : *array)
    if (const auto found = word(item, at)) all.push_back({word.words[*found], item.place});
  return all;
}

const Form<Names> invariants{"an array of strings",
                             shape::list_of(shape::Words{names_of_invariants()}), as_invariants};

/// A run ends, and settles within itself.
void check_times(const TableReader& table, Expect& expect) {
  const Duration within = expect.within.value;
  if (table.has("within") && (within > longest_run || within == Duration::zero()))
    table.site("within").problem(*table.node("within"),
                                 "a run takes at most 10 minutes, and some time at least");
  if (expect.settle < within) return;
  table.refuse({"settle"},
               fmt::format("must be shorter than the whole run (within = \"{}\")", format(within)));
  // A short run settles within itself.
  if (!table.has("settle")) expect.settle = within / 2;
}

std::optional<Expect> as_expect(const Node& node, const KeySite& at) {
  const auto* keys = node.get<Node::Table>();
  if (keys == nullptr) return at.wrong_type(node);
  const TableReader table(*keys, node.place, sections::expect, at.problems);
  Expect expect;
  sections::expect.read(table, expect);
  read_gaps(table, expect);
  read_expect_client(table, expect);
  check_times(table, expect);
  return expect;
}

}  // namespace

const SectionOf<Expect> sections::expect{
    "[expect]",
    {{"attempts", form::count_range, "\"3..5\"", &Expect::attempts},
     Key{"gaps", "an array of ranges of durations, or one range", "[\"0s..5s\", \"1s..8s\"]",
         shape::one_or_more(shape::duration_range())},
     {"growing", form::flag, "true", &Expect::growing},
     {"curve", form::curve(), "{ base = \"500ms\", cap = \"30s\" }", &Expect::curve},
     {"within", form::duration, "\"30s\"", &Expect::within},
     {"settle", form::duration, "\"3s\"", &Expect::settle},
     {"gives_up", form::flag, "true", &Expect::gives_up},
     {"opens", form::count_range, "1", &Expect::opens},
     {"request", form::requests(), "{ path = \"/chat\" }", &Expect::requests},
     {"closes_with", form::closes_with(), "[1002, 1007]", &Expect::closes_with},
     {"detects", form::duration_range, "\"..15s\"", &Expect::detects},
     {"recovers", form::duration_range, "\"..10s\"", &Expect::recovers},
     {"messages", form::messages(), "{ text = \"subscribe\", count = 1 }", &Expect::messages},
     {"tls_alert", form::tls_alert(), "\"certificate_expired\"", &Expect::tls_alert},
     {"sni", form::host, "\"server.test\"", &Expect::sni},
     Key{"client", "a table", "{ close = { code = 1006 } }",
         shape::Made{client_expectations_schema}},
     {"waive", invariants, "[\"no-hot-loop\"]", &Expect::waive}}};

Form<Expect> form::expect() { return {"a table", shape::Table{&sections::expect}, as_expect}; }

}  // namespace halfopen::scenario
