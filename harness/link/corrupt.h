// Third stage: some copies have one flipped bit.
#pragma once

#include "link/passage.h"

namespace halfopen::link {

class CorruptStage {
 public:
  void change(const Settings& settings, Time now);
  void pass(Passage& passage);

 private:
  double share_ = 0;
};

}  // namespace halfopen::link
