// Faults as a scenario names them, checked against their own description of their parameters.
#include <fmt/format.h>

#include "base/error.h"
#include "faults/proxy_plan.h"
#include "faults/tls_plan.h"
#include "faults/words.h"
#include "scenario/readers.h"
#include "ws/answer.h"

namespace halfopen::scenario {
namespace {

std::string_view form_of(const faults::Parameter& parameter) {
  switch (parameter.type) {
    case faults::Type::text:
      return parameter.choices.empty() ? "a string" : "a word";
    case faults::Type::count:
      return "a whole number";
    case faults::Type::duration:
      return "a duration";
    case faults::Type::size:
      return "a size";
  }
  return "";
}

/// An example in TOML's notation, beside the default's.
std::string_view example_of(faults::Type type) {
  switch (type) {
    case faults::Type::text:
      return "\"abc\"";
    case faults::Type::count:
      return "3";
    case faults::Type::duration:
      return "\"250ms\"";
    case faults::Type::size:
      return "\"64KiB\"";
  }
  return "";
}

std::optional<faults::Value> in_limits(std::int64_t value, const faults::Parameter& parameter,
                                       const Node& node, const KeySite& at) {
  if (value < parameter.lowest || value > parameter.highest)
    return at.problem(node, fmt::format("{} is out of range: it may be {} to {}", value,
                                        parameter.lowest, parameter.highest));
  return value;
}

std::optional<faults::Value> read_text(const faults::Parameter& parameter, const Node& node,
                                       const KeySite& at) {
  const auto text = as_text(node, at);
  if (!text) return std::nullopt;
  if (parameter.choices.empty()) return *text;
  const std::vector<std::string> words(parameter.choices.begin(), parameter.choices.end());
  if (!as_word{words, "word"}(node, at)) return std::nullopt;
  return *text;
}

std::optional<faults::Value> read_value(const faults::Parameter& parameter, const Node& node,
                                        const KeySite& at) {
  switch (parameter.type) {
    case faults::Type::text:
      return read_text(parameter, node, at);
    case faults::Type::count:
      if (const auto* integer = node.get<std::int64_t>())
        return in_limits(*integer, parameter, node, at);
      return at.wrong_type(node);
    case faults::Type::duration:
      if (const auto duration = as_duration(node, at)) return *duration;
      return std::nullopt;
    case faults::Type::size:
      if (const auto size = as_size(node, at))
        return in_limits(static_cast<std::int64_t>(*size), parameter, node, at);
      return std::nullopt;
  }
  return std::nullopt;
}

/// Carries the fault out once, in thin air: some mistakes show in the combination of parameters.
std::string rehearse(const faults::Use& use) {
  try {
    faults::Resolution resolution;
    if (use.fault->mislead != nullptr) use.fault->mislead(resolution, use.arguments);
    if (use.fault->receive != nullptr) (void)use.fault->receive(use.arguments);
    if (use.fault->acts != nullptr) (void)use.fault->acts(use.arguments);
    (void)faults::proxy_plan(use);
    (void)faults::tls_plan(use);
    ws::Answer answer = ws::correct_answer("dGhlIHNhbXBsZSBub25jZQ==", "");
    if (use.fault->spoil != nullptr) use.fault->spoil(answer, use.arguments, {});
  } catch (const Error& mistake) {
    return mistake.what();
  }
  return "";
}

/// With its defaults; none, and a message, where its parameters do not go together.
std::optional<faults::Use> completed(faults::Use use, const Node& node, const KeySite& at) {
  faults::complete(use);
  if (const std::string mistake = rehearse(use); !mistake.empty()) return at.problem(node, mistake);
  return use;
}

/// The fault of that name, or null and a message.
const faults::Fault* fault_named(const Node& node, const KeySite& at, faults::Layer layer) {
  const auto name = as_text(node, at);
  if (!name) return nullptr;
  if (const faults::Fault* fault = faults::find(layer, *name)) return fault;
  for (const faults::Layer other : faults::layers)
    if (const faults::Fault* meant = faults::find(other, *name)) {
      at.problem(node, fmt::format("{} is a {} fault: write {}", *name, faults::key_of(other),
                                   faults::usage(*meant)));
      return nullptr;
    }
  (void)as_word{faults::names(layer), fmt::format("{} fault", faults::key_of(layer))}(node, at);
  return nullptr;
}

}  // namespace

std::vector<Key> parameter_keys(faults::Layer layer, const Node* name) {
  const auto* text = name == nullptr ? nullptr : name->get<std::string>();
  const faults::Fault* fault = text == nullptr ? nullptr : faults::find(layer, *text);
  std::vector<Key> keys;
  if (fault == nullptr) return keys;
  for (const faults::Parameter& parameter : fault->parameters)
    keys.push_back({parameter.name, std::string(form_of(parameter)), example_of(parameter.type)});
  return keys;
}

std::optional<faults::Use> as_fault(const Node& node, const KeySite& at, faults::Layer layer) {
  const faults::Fault* fault = fault_named(node, at, layer);
  if (fault == nullptr) return std::nullopt;
  return completed({fault, {}}, node, at);
}

std::optional<faults::Use> read_fault(const TableReader& table, std::string_view key,
                                      faults::Layer layer) {
  const Node* name = table.node(key);
  const KeySite at = table.site(key);
  const faults::Fault* fault = name == nullptr ? nullptr : fault_named(*name, at, layer);
  if (fault == nullptr) return std::nullopt;
  faults::Use use{fault, {}};
  for (const faults::Parameter& parameter : fault->parameters)
    if (const Node* node = table.node(parameter.name))
      if (auto value = read_value(parameter, *node, table.site(parameter.name)))
        use.arguments.emplace(std::string(parameter.name), *std::move(value));
  return completed(std::move(use), *name, at);
}

std::optional<faults::Use> read_fault_by_chance(const TableReader& table, faults::Layer layer) {
  auto use = read_fault(table, "fault", layer);
  const auto chance = table.read("chance", as_share);
  if (use && chance) use->chance = *chance;
  return use;
}

}  // namespace halfopen::scenario
