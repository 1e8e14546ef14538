// What the machine is busy with: processors by proc_stat(5), memory by proc_meminfo(5) and the
// limit of the control group.
#pragma once

#include <cstdint>
#include <string>

#include "io/slots.h"

namespace halfopen::io {

class LoadMeter {
 public:
  /// `late`: the most that the loop was late since the last call.
  [[nodiscard]] Load measure(Duration late);

 private:
  std::uint64_t idle_ = 0;
  std::uint64_t all_ = 0;
};

}  // namespace halfopen::io
