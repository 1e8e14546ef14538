// First stage: the drop rules, then the random losses.
#pragma once

#include <vector>

#include "link/gilbert_elliott.h"
#include "link/passage.h"
#include "link/settings.h"

namespace halfopen::link {

class LossStage {
 public:
  void change(const Settings& settings, Time now);
  void pass(Passage& passage);

 private:
  [[nodiscard]] bool is_lost(const Passage& passage);

  std::vector<DropRule> rules_;
  Loss model_;
  GilbertElliottChains chains_;
};

}  // namespace halfopen::link
