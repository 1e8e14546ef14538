#include "link/pipeline.h"

#include <tuple>

#include "link/corrupt.h"
#include "link/decision_hash.h"
#include "link/delay.h"
#include "link/duplicate.h"
#include "link/loss.h"
#include "link/passage.h"
#include "link/rate.h"
#include "link/reorder.h"

namespace halfopen::link {

struct Pipeline::Stages {
  Origin origin;
  /// In this order. (A rate behind a jittered delay would let one late unit hold back earlier
  /// ones.)
  std::tuple<LossStage, DuplicateStage, CorruptStage, RateStage, DelayStage, ReorderStage> all;
  DecisionHash hash;

  void change(const Settings& settings, Time now) {
    std::apply([&](auto&... stage) { (stage.change(settings, now), ...); }, all);
  }
  void pass(Passage& passage) {
    const auto through = [&](auto& stage) {
      stage.pass(passage);
      return passage.carried();
    };
    std::apply([&](auto&... stage) { static_cast<void>((through(stage) && ...)); }, all);
  }
};

Pipeline::Pipeline(const Settings& settings, Direction direction, std::uint64_t seed, Time start)
    : stages_(std::make_unique<Stages>()) {
  stages_->origin = {direction, seed, start};
  stages_->change(settings, start);
}

Pipeline::~Pipeline() = default;
Pipeline::Pipeline(Pipeline&&) noexcept = default;
Pipeline& Pipeline::operator=(Pipeline&&) noexcept = default;

Decision Pipeline::decide(const Unit& unit, Time now) {
  Passage passage(stages_->origin, unit, now);
  stages_->pass(passage);
  stages_->hash.add(passage);
  Decision decision;
  decision.verdict = passage.verdict;
  if (!passage.carried()) return decision;
  decision.count = passage.count;
  for (std::size_t i = 0; i < passage.count; ++i) decision.copies[i] = passage.travellers[i].copy;
  return decision;
}

void Pipeline::change(const Settings& settings, Time now) { stages_->change(settings, now); }

std::string Pipeline::decisions_hash() const { return hexadecimal(stages_->hash.value()); }

}  // namespace halfopen::link
