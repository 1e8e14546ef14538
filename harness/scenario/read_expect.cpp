// [expect]
#include <fmt/format.h>

#include "scenario/invariants.h"
#include "scenario/readers.h"

namespace halfopen::scenario {
namespace {

constexpr Duration longest_run = std::chrono::minutes(10);
constexpr int lowest_close_code = 1000;
constexpr int highest_close_code = 4999;
constexpr int most_attempts = 1'000'000;

/// A code that can stand in a Close frame, or 1005 for a frame without one.
std::optional<int> as_wire_code(const Node& node, const KeySite& at) {
  const auto code = as_whole{lowest_close_code, highest_close_code}(node, at);
  if (code && (*code == 1006 || *code == 1015))
    return at.problem(node, fmt::format("{} is never on the wire (RFC 6455, section 7.4.1): it is "
                                        "what a client reports, see client = {{ close = … }}",
                                        *code));
  return code;
}

std::optional<std::vector<int>> as_codes(const Node& node, const KeySite& at) {
  std::vector<int> codes;
  const auto* array = node.get<Node::Array>();
  if (array == nullptr) {
    const auto code = as_wire_code(node, at);
    if (!code) return std::nullopt;
    return std::vector{*code};
  }
  if (array->empty()) return at.wrong_type(node);
  for (const Node& item : *array)
    if (const auto code = as_wire_code(item, at)) codes.push_back(*code);
  return codes;
}

std::optional<ClosesWith> as_closes_with(const Node& node, const KeySite& at) {
  ClosesWith closes;
  const auto* keys = node.get<Node::Table>();
  if (keys == nullptr) {
    auto codes = as_codes(node, at);
    if (!codes) return std::nullopt;
    closes.codes = *std::move(codes);
    return closes;
  }
  const TableReader table(*keys, node.place, sections::closes_with, at.problems);
  if (!table.has("code")) return at.problem(node, "give the `code`, like { code = 1002 }");
  table.into(closes.codes, "code", as_codes);
  table.into(closes.attempt, "attempt", as_whole{1, most_attempts});
  return closes;
}

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

void read_waive(const TableReader& table, Expect& expect) {
  const Node::Array* array = table.array("waive");
  if (array == nullptr) return;
  std::vector<std::string> names;
  for (const InvariantName& invariant : invariant_names()) names.emplace_back(invariant.name);
  const as_word word{names, "invariant"};
  for (const Node& item : *array)
    if (const auto found = word(item, table.site("waive")))
      expect.waive.push_back({names[*found], item.place});
}

}  // namespace

Expect read_expect(const TableReader& root) {
  Expect expect;
  const Node::Table* keys = root.table("expect");
  if (keys == nullptr) return expect;
  const TableReader table(*keys, root.node("expect")->place, sections::expect, root.problems());
  expect.attempts = table.placed("attempts", as_count_range);
  read_gaps(table, expect);
  expect.growing = table.placed("growing", as_flag);
  expect.curve = table.placed("curve", as_curve);
  if (const auto within = table.placed("within", as_duration)) {
    expect.within = *within;
    if (within->value > longest_run || within->value == Duration::zero())
      table.site("within").problem(*table.node("within"),
                                   "a run takes at most 10 minutes, and some time at least");
  }
  table.into(expect.settle, "settle", as_duration);
  if (expect.settle >= expect.within.value) {
    table.refuse({"settle"}, fmt::format("must be shorter than the whole run (within = \"{}\")",
                                         format(expect.within.value)));
    // A short run settles within itself.
    if (!table.has("settle")) expect.settle = expect.within.value / 2;
  }
  expect.gives_up = table.placed("gives_up", as_flag);
  expect.opens = table.placed("opens", as_count_range);
  expect.requests = read_requests(table);
  expect.closes_with = table.placed("closes_with", as_closes_with);
  expect.detects = table.placed("detects", as_duration_range);
  expect.recovers = table.placed("recovers", as_duration_range);
  expect.messages = read_messages(table);
  read_expect_tls(table, expect);
  read_expect_client(table, expect);
  read_waive(table, expect);
  return expect;
}

}  // namespace halfopen::scenario
