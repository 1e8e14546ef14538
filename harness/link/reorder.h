// Last stage: who may overtake whom. Some units are sent at once, past the delay and all that wait
// in it; the others keep their order, unless jitter may change it.
#pragma once

#include "link/passage.h"

namespace halfopen::link {

class ReorderStage {
 public:
  void change(const Settings& settings, Time now);
  void pass(Passage& passage);

 private:
  double share_ = 0;
  bool jitter_reorders_ = false;
  Time last_due_ = Time::min();  ///< Of all that keep their order.
};

}  // namespace halfopen::link
