// `curve = …` of [expect].
#include <fmt/format.h>

#include "scenario/readers.h"

namespace halfopen::scenario {
namespace {

constexpr double steepest = 100;

std::optional<double> as_factor(const Node& node, const KeySite& at) {
  std::optional<double> factor;
  if (const auto* number = node.get<double>()) factor = *number;
  if (const auto* integer = node.get<std::int64_t>()) factor = static_cast<double>(*integer);
  if (!factor) return at.wrong_type(node);
  if (*factor >= 1 && *factor <= steepest) return factor;
  return at.problem(node, fmt::format("{} is out of range: it may be 1 (constant gaps) to {}",
                                      *factor, steepest));
}

std::optional<Duration> as_base(const Node& node, const KeySite& at) {
  const auto base = as_duration(node, at);
  if (base == Duration::zero())
    return at.problem(node, "the first gap must take some time: nothing grows from zero");
  return base;
}

struct Jitter {
  Curve::Jitter kind = Curve::Jitter::none;
  double share = 0;
};

std::optional<Jitter> as_jitter(const Node& node, const KeySite& at) {
  const auto* text = node.get<std::string>();
  if (text == nullptr) return at.wrong_type(node);
  if (text->ends_with('%')) {
    const auto share = as_share(node, at);
    if (!share) return std::nullopt;
    return Jitter{Curve::Jitter::share, *share};
  }
  const auto word = as_word{{"none", "full", "equal", "decorrelated"}, "jitter"}(node, at);
  if (!word) return std::nullopt;
  return Jitter{static_cast<Curve::Jitter>(*word)};
}

}  // namespace

std::optional<Curve> as_curve(const Node& node, const KeySite& at) {
  const auto* keys = node.get<Node::Table>();
  if (keys == nullptr) return at.wrong_type(node);
  const TableReader table(*keys, node.place, sections::curve, at.problems);
  Curve curve;
  if (!table.has("base")) return at.problem(node, "say where it begins, like { base = \"500ms\" }");
  table.into(curve.base, "base", as_base);
  table.into(curve.factor, "factor", as_factor);
  table.into(curve.cap, "cap", as_duration);
  if (curve.cap < curve.base)
    table.refuse({"cap"}, fmt::format("is less than `base` ({})", format(curve.base)));
  if (const auto jitter = table.read("jitter", as_jitter)) {
    curve.jitter = jitter->kind;
    curve.share = jitter->share;
  }
  return curve;
}

}  // namespace halfopen::scenario
