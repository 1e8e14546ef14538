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

const auto jitter_word =
    form::one_of<Curve::Jitter>({{"none", Curve::Jitter::none},
                                 {"full", Curve::Jitter::full},
                                 {"equal", Curve::Jitter::equal},
                                 {"decorrelated", Curve::Jitter::decorrelated}},
                                "jitter");

std::optional<Jitter> as_jitter(const Node& node, const KeySite& at) {
  const auto* text = node.get<std::string>();
  if (text == nullptr) return at.wrong_type(node);
  if (text->ends_with('%')) {
    const auto share = form::share(node, at);
    if (!share) return std::nullopt;
    return Jitter{Curve::Jitter::share, *share};
  }
  const auto word = jitter_word(node, at);
  if (!word) return std::nullopt;
  return Jitter{*word};
}

const Form<double> factor{"a number", shape::Number{}, as_factor};
const Form<Duration> base{form::duration.words, form::duration.shape, as_base};
const Form<Jitter> jitter{"\"none\", \"full\", \"equal\", \"decorrelated\" or a share",
                          shape::Either{{jitter_word.shape, shape::share()}}, as_jitter};

std::optional<Curve> as_curve(const Node& node, const KeySite& at) {
  const auto* keys = node.get<Node::Table>();
  if (keys == nullptr) return at.wrong_type(node);
  const TableReader table(*keys, node.place, sections::curve, at.problems);
  if (!table.has("base")) return at.problem(node, "say where it begins, like { base = \"500ms\" }");
  Curve curve;
  sections::curve.read(table, curve);
  constexpr double decorrelated_factor = 3;  // Brooker, "Exponential Backoff And Jitter", 2015
  if (curve.cap < curve.base)
    table.refuse({"cap"}, fmt::format("is less than `base` ({})", format(curve.base)));
  if (const auto drawn = table.read("jitter", jitter)) {
    curve.jitter = drawn->kind;
    curve.share = drawn->share;
    if (drawn->kind == Curve::Jitter::decorrelated && !table.has("factor"))
      curve.factor = decorrelated_factor;
  }
  return curve;
}

}  // namespace

const SectionOf<Curve> sections::curve{"curve = {…}",
                                       {{"base", base, "\"500ms\"", &Curve::base},
                                        {"factor", factor, "2", &Curve::factor},
                                        {"cap", form::duration, "\"30s\"", &Curve::cap},
                                        {"jitter", jitter, "\"full\""}}};

Form<Curve> form::curve() {
  return {"a table", shape::Table{&sections::curve, {"base"}}, as_curve};
}

}  // namespace halfopen::scenario
