#include "link/received.h"

#include <algorithm>

namespace halfopen::link {

void Received::add(std::uint64_t begin, std::uint64_t end) {
  if (end <= contiguous_ || begin >= end) return;
  if (begin <= contiguous_) {
    contiguous_ = end;
  } else {
    std::uint64_t& known = islands_[begin];
    known = std::max(known, end);
    if (islands_.size() > limit) contiguous_ = islands_.begin()->second;
  }
  swallow();
}

void Received::swallow() {
  while (!islands_.empty() && islands_.begin()->first <= contiguous_) {
    contiguous_ = std::max(contiguous_, islands_.begin()->second);
    islands_.erase(islands_.begin());
  }
}

}  // namespace halfopen::link
