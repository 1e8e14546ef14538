#include "link/duplicate.h"

namespace halfopen::link {
namespace {

const std::uint64_t stage_key = key_of("duplicate");

}  // namespace

void DuplicateStage::change(const Settings& settings, Time) { share_ = settings.duplicate; }

void DuplicateStage::pass(Passage& passage) {
  if (share_ <= 0 || !passage.draws(stage_key).chance(share_)) return;
  passage.travellers[1] = passage.travellers[0];
  passage.count = 2;
}

}  // namespace halfopen::link
