#include "link/reorder.h"

#include <algorithm>

namespace halfopen::link {
namespace {

const std::uint64_t stage_key = key_of("reorder");

}  // namespace

void ReorderStage::change(const Settings& settings, Time) {
  share_ = settings.reorder;
  jitter_reorders_ = settings.jitter_reorders;
}

void ReorderStage::pass(Passage& passage) {
  for (std::size_t i = 0; i < passage.count; ++i) {
    Traveller& traveller = passage.travellers[i];
    traveller.overtakes = share_ > 0 && passage.draws(stage_key, i).chance(share_);
    Time& due = traveller.copy.due;
    if (traveller.overtakes) {
      due = traveller.ready;
    } else {
      if (!jitter_reorders_) due = std::max(due, last_due_);
      last_due_ = std::max(due, last_due_);
    }
  }
}

}  // namespace halfopen::link
