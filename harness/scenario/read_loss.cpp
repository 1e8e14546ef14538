// `loss = …`
#include <fmt/format.h>

#include "scenario/readers.h"

namespace halfopen::scenario {
namespace {

std::optional<link::Loss> bursts(const TableReader& table) {
  link::GilbertElliott model;
  for (const std::string_view key : {"p", "r"})
    if (!table.has(key)) {
      table.problems().add(table.place(),
                           fmt::format("a burst model needs `{}`, like loss = {{ p = \"1%\", "
                                       "r = \"25%\" }}",
                                       key));
      return std::nullopt;
    }
  table.into(model.p, "p", as_probability);
  table.into(model.r, "r", as_probability);
  table.into(model.bad, "bad", as_probability);
  table.into(model.good, "good", as_probability);
  return model;
}

std::optional<link::Loss> outages(const TableReader& table) {
  link::Outages model;
  table.refuse({"p", "r", "bad", "good"},
               "belongs to bursts and cannot stand beside `on` and `off`, which make outages");
  const auto on = table.read("on", as_duration);
  const auto off = table.read("off", as_duration);
  for (const std::string_view key : {"on", "off"})
    if (!table.has(key))
      table.problems().add(
          table.place(),
          fmt::format("outages need `{}`, like loss = {{ on = \"5s\", off = \"2s\" }}", key));
  if (!on || !off) return std::nullopt;
  if (*on + *off == Duration::zero()) {
    table.problems().add(table.place(), "outages need some time in `on` or `off`");
    return std::nullopt;
  }
  model.on = *on;
  model.off = *off;
  return model;
}

std::optional<link::Loss> as_loss(const Node& node, const KeySite& at) {
  if (const auto* keys = node.get<Node::Table>()) {
    const TableReader table(*keys, node.place, sections::loss, at.problems);
    return table.has("on") || table.has("off") ? outages(table) : bursts(table);
  }
  if (node.get<std::string>() == nullptr) return at.wrong_type(node);
  const auto share = as_share(node, at);
  if (!share) return std::nullopt;
  if (*share == 0) return link::NoLoss{};
  return link::Bernoulli{*share};
}

}  // namespace

const Section sections::loss{
    "loss",
    {key("p", form::probability, "\"1%\""), key("r", form::probability, "\"25%\""),
     key("bad", form::probability, "\"100%\""), key("good", form::probability, "\"0%\""),
     key("on", form::duration, "\"5s\""), key("off", form::duration, "\"2s\"")}};

Form<link::Loss> form::loss() {
  return {"a share, or a table of bursts or outages",
          shape::Either{{shape::share(), shape::Table{&sections::loss}}}, as_loss};
}

}  // namespace halfopen::scenario
