#include "link/sent.h"

#include <algorithm>

#include "link/counting.h"

namespace halfopen::link {

Sent::Ranges::iterator Sent::from(std::uint64_t offset) {
  return std::lower_bound(ranges_.begin(), ranges_.end(), offset,
                          [](const Range& range, std::uint64_t at) { return range.begin < at; });
}

bool Sent::begins_at(std::uint64_t offset) const {
  return std::binary_search(
      ranges_.begin(), ranges_.end(), Range{offset, 0, 0, 0},
      [](const Range& one, const Range& other) { return one.begin < other.begin; });
}

void Sent::split_at(std::uint64_t offset) {
  const auto behind = from(offset);
  if (behind == ranges_.begin()) return;
  Range& range = *std::prev(behind);
  if (range.end <= offset) return;
  Range tail = range;
  range.end = offset;
  tail.begin = offset;
  ranges_.insert(behind, tail);
}

Sent::Transmission Sent::send(std::uint64_t begin, std::uint64_t end) {
  constexpr std::size_t most_new = 4;  // two splits, a range seen again, one behind the highest
  if (ranges_.size() + most_new > limit) forget_oldest();
  return begin >= highest_ ? append(begin, end) : resend(begin, end);
}

Sent::Transmission Sent::append(std::uint64_t begin, std::uint64_t end) {
  ranges_.push_back({begin, end, count_up(ordinals_), 1});
  highest_ = end;
  return {begin, ordinals_, 1};
}

Sent::Transmission Sent::resend(std::uint64_t begin, std::uint64_t end) {
  split_at(begin);
  split_at(end);
  auto range = from(begin);
  if (range == ranges_.end() || range->begin != begin) {
    // A forgotten range went out at least once before; any other was never seen.
    const std::uint64_t next = range == ranges_.end() ? highest_ : range->begin;
    const bool forgotten = begin < forgotten_;
    range = ranges_.insert(range, {begin, std::min(end, next), forgotten ? 0 : count_up(ordinals_),
                                   forgotten ? 1 : 0});
  }
  const Transmission sent{begin, range->ordinal, range->times + 1};
  for (; range != ranges_.end() && range->begin < end; ++range) count_up(range->times);
  if (end > highest_) {
    ranges_.push_back({highest_, end, sent.ordinal, 1});
    highest_ = end;
  }
  return sent;
}

void Sent::forget_oldest() {
  // Many at once: what is remembered anew at the old end must outlive the next few segments, or
  // its retransmissions would never be told apart.
  constexpr std::size_t many = limit / 16;
  forgotten_ = std::max(forgotten_, ranges_[many - 1].end);
  ranges_.erase(ranges_.begin(), ranges_.begin() + many);
}

}  // namespace halfopen::link
