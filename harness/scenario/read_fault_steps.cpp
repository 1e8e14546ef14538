// The steps that may be faults, and strike at their moment: `close`, `drop` and `frame`.
#include <fmt/format.h>

#include "scenario/readers.h"

namespace halfopen::scenario {
namespace {

using faults::Layer;

/// `verb = "fault"` with its parameters beside it, or `verb = { fault = "fault", … }`.
std::optional<StepBody> read_fault_step(const TableReader& table, faults::Layer layer,
                                        const Section& section) {
  const std::string_view verb = faults::key_of(layer);
  const Node* node = table.node(verb);
  std::optional<faults::Use> use;
  if (const auto* keys = node->get<Node::Table>()) {
    const Entry* name = find(*keys, "fault");
    const TableReader inner(*keys, node->place, section, table.problems(),
                            parameter_keys(layer, name == nullptr ? nullptr : &name->value));
    if (name == nullptr) {
      table.site(verb).problem(*node, fmt::format("name the fault, like {} = {{ fault = \"{}\" }}",
                                                  verb, faults::names(layer).front()));
      return std::nullopt;
    }
    use = read_fault(inner, "fault", layer);
  } else {
    use = read_fault(table, verb, layer);
  }
  if (!use) return std::nullopt;
  return FaultStep{*std::move(use)};
}

/// Of `frame`, `close` and `drop`.
template <class T>
std::vector<Bound<T>> that_strike(std::vector<Bound<T>> keys) {
  const auto more = strike_keys();
  keys.insert(keys.end(), more.begin(), more.end());
  return keys;
}

Section inner(std::string_view title, std::string_view words, std::string_view example,
              Layer layer) {
  return {title, {{"fault", std::string(words), example, shape::FaultName{layer}}}};
}

const Form<std::optional<int>> code{"a Close code, true for an empty frame, or a fault",
                                    shape::FaultName{Layer::close}, as_code_or_true};

}  // namespace

const SectionOf<CloseStep> sections::close_step{
    "a `close` step",
    that_strike<CloseStep>({{"close", code, "1001", &CloseStep::code},
                            {"reason", form::text, "\"going away\"", &CloseStep::reason},
                            {"finish", form::flag, "false", &CloseStep::finish}})};
const Section sections::close_fault =
    inner("close = {…}", "the name of a close fault", "\"unfinished\"", Layer::close);

const SectionOf<FaultStep> sections::drop_step{
    "a `drop` step", that_strike<FaultStep>({Key{"drop", "the name of a drop fault", "\"reset\"",
                                                 shape::FaultName{Layer::drop}}})};
const Section sections::drop =
    inner("drop = {…}", "the name of a drop fault", "\"reset\"", Layer::drop);

const SectionOf<FrameStep> sections::frame_step{
    "a `frame` step",
    that_strike<FrameStep>({Key{"frame", "the name of a frame fault, or a table", "{ opcode = 3 }",
                                shape::FaultName{Layer::frame}}})};
const Section sections::frame_fault =
    inner("frame = { fault = … }", "the name of a frame fault", "\"masked\"", Layer::frame);

std::optional<StepBody> read_drop(const TableReader& table, const link::Link&) {
  return read_fault_step(table, Layer::drop, sections::drop);
}

/// A code, `true`, or the name of a fault of the closing handshake.
std::optional<StepBody> read_close(const TableReader& table, const link::Link&) {
  const Node* node = table.node("close");
  const auto* word = node->get<std::string>();
  const bool code_in_quotes =
      word != nullptr && word->find_first_not_of("0123456789") == word->npos;
  if ((word != nullptr && !code_in_quotes) || node->get<Node::Table>() != nullptr) {
    table.refuse({"reason", "finish"}, "belongs to a Close code, and this is a fault");
    return read_fault_step(table, Layer::close, sections::close_fault);
  }
  CloseStep step;
  sections::close_step.read(table, step);
  if (const auto* empty = node->get<bool>(); empty != nullptr && *empty)
    table.refuse({"reason"}, "needs a code: an empty Close frame carries no reason");
  return step;
}

/// The name of a fault, or a frame with anything wrong about it.
std::optional<StepBody> read_frame_step(const TableReader& table, const link::Link&) {
  const Node* node = table.node("frame");
  const auto* keys = node->get<Node::Table>();
  if (node->get<std::string>() != nullptr || (keys != nullptr && find(*keys, "fault") != nullptr))
    return read_fault_step(table, Layer::frame, sections::frame_fault);
  if (keys == nullptr) return table.site("frame").wrong_type(*node);
  return read_frame(TableReader(*keys, node->place, sections::frame, table.problems()));
}

}  // namespace halfopen::scenario
