// Second stage: some units arrive twice.
#pragma once

#include "link/passage.h"

namespace halfopen::link {

class DuplicateStage {
 public:
  void change(const Settings& settings, Time now);
  void pass(Passage& passage);

 private:
  double share_ = 0;
};

}  // namespace halfopen::link
