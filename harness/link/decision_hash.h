// A hash of decisions that does not depend on the order in which they were made.
#pragma once

#include <cstdint>
#include <string>

#include "link/passage.h"

namespace halfopen::link {

class DecisionHash {
 public:
  /// Takes in what the passage is and what was drawn for it, but no times. Pure ACKs are left out.
  void add(const Passage& passage);
  /// Takes in any other decision about a unit: `what` must be well mixed.
  void add(std::uint64_t what) { sum_ += what; }
  [[nodiscard]] std::uint64_t value() const { return sum_; }

 private:
  std::uint64_t sum_ = 0;  ///< Addition commutes.
};

/// 16 hexadecimal digits.
[[nodiscard]] std::string hexadecimal(std::uint64_t hash);

}  // namespace halfopen::link
