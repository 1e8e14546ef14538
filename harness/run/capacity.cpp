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

std::vector<int> Capacity::free(Time now) {
  std::vector<int> freed;
  std::erase_if(taken_, [&](const auto& place) {
    const bool is_free = place.second && *place.second <= now;
    if (is_free) freed.push_back(place.first);
    return is_free;
  });
  return freed;
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
