#include "link/rate.h"

#include <algorithm>
#include <cmath>

namespace halfopen::link {
namespace {

/// Bits times nanoseconds a second, per byte.
constexpr double scale = 8e9;

double ns(Duration duration) { return static_cast<double>(duration.count()); }

}  // namespace

void RateStage::change(const Settings& settings, Time now) {
  queue_ = settings.queue;
  if (rate_ == settings.rate) return;
  if (now < free_) {
    left_ = waiting(now);
    left_since_ = now;
    busy_since_ = free_;
    bytes_ = 0;
  }
  rate_ = settings.rate;
}

Time RateStage::sent_after(std::uint64_t bytes) const {
  return busy_since_ + bounded(std::ceil(static_cast<double>(bytes_ + bytes) * scale / *rate_));
}

double RateStage::waiting(Time now) const {
  if (!rate_ || now >= free_) return 0;
  if (now >= busy_since_)
    return static_cast<double>(bytes_) - ns(now - busy_since_) * *rate_ / scale;
  const double share_left = ns(busy_since_ - now) / ns(busy_since_ - left_since_);
  return static_cast<double>(bytes_) + left_ * share_left;
}

void RateStage::pass(Passage& passage) {
  if (!rate_) return;
  std::size_t kept = 0;
  for (const Traveller& traveller : passage.copies()) {
    if (passage.now >= free_) {
      busy_since_ = passage.now;
      bytes_ = 0;
    } else if (waiting(passage.now) + static_cast<double>(passage.unit.size) >
               static_cast<double>(queue_)) {
      continue;
    }
    free_ = sent_after(passage.unit.size);
    bytes_ += passage.unit.size;
    passage.travellers[kept] = traveller;
    passage.travellers[kept].copy.due = free_;
    passage.travellers[kept].ready = free_;
    ++kept;
  }
  passage.count = kept;
  if (kept == 0) passage.verdict = Verdict::overflowed;
}

}  // namespace halfopen::link
