#include "link/loss.h"

#include <algorithm>

#include "link/drop_rule.h"

namespace halfopen::link {
namespace {

const std::uint64_t stage_key = key_of("loss");

bool in_outage(const Outages& outages, Duration since_start) {
  const Duration period = outages.on + outages.off;
  return period > Duration{} && since_start % period >= outages.on;
}

}  // namespace

void LossStage::change(const Settings& settings, Time) {
  rules_ = settings.drop;
  if (model_ != settings.loss) chains_.clear();
  model_ = settings.loss;
}

void LossStage::pass(Passage& passage) {
  const auto hit = [&](const DropRule& rule) {
    return matches(rule, passage.origin.direction, passage.unit.identity);
  };
  if (std::any_of(rules_.begin(), rules_.end(), hit))
    passage.verdict = Verdict::dropped_by_rule;
  else if (is_lost(passage))
    passage.verdict = Verdict::lost;
}

bool LossStage::is_lost(const Passage& passage) {
  struct Fate {
    LossStage& stage;
    const Passage& passage;

    bool operator()(const NoLoss&) const { return false; }
    bool operator()(const Bernoulli& model) const {
      return passage.draws(stage_key).chance(model.p);
    }
    bool operator()(const GilbertElliott& model) const {
      return stage.chains_.is_lost(model, passage);
    }
    bool operator()(const Outages& model) const {
      return in_outage(model, passage.now - passage.origin.start);
    }
  };
  return std::visit(Fate{*this, passage}, model_);
}

}  // namespace halfopen::link
