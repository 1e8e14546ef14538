#include "link/corrupt.h"

namespace halfopen::link {
namespace {

const std::uint64_t stage_key = key_of("corrupt");

}  // namespace

void CorruptStage::change(const Settings& settings, Time) { share_ = settings.corrupt; }

void CorruptStage::pass(Passage& passage) {
  if (share_ <= 0) return;
  for (std::size_t i = 0; i < passage.count; ++i) {
    Draws draws = passage.draws(stage_key, i);
    if (!draws.chance(share_)) continue;
    passage.travellers[i].copy.corrupt = true;
    passage.travellers[i].copy.flip = draws.bits();
  }
}

}  // namespace halfopen::link
