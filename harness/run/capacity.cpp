#include "run/capacity.h"

#include <algorithm>

namespace halfopen::run {

void Capacity::take(int attempt) {
  if (limit_.exists()) taken_[attempt] = std::nullopt;
}

void Capacity::leave(Time now, int attempt) {
  const auto place = taken_.find(attempt);
  if (place != taken_.end() && !place->second) place->second = now + limit_.held();
}

void Capacity::free(Time now) {
  std::erase_if(taken_, [now](const auto& place) { return place.second && *place.second <= now; });
}

std::optional<int> Capacity::admit() {
  if (waiting_.empty() || is_full()) return std::nullopt;
  return waiting_.extract(waiting_.begin()).value();
}

std::optional<Time> Capacity::deadline() const {
  std::optional<Time> next;
  if (waiting_.empty()) return next;
  for (const auto& [attempt, free_at] : taken_)
    if (free_at) next = next ? std::min(*next, *free_at) : *free_at;
  return next;
}

}  // namespace halfopen::run
