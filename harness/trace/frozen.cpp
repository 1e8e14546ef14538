#include "trace/frozen.h"

#include <algorithm>

namespace halfopen::trace {

Frozen::Frozen(const Trace& trace) {
  bool stopped = false;
  for (const Event& event : trace.events) {
    const auto* told = std::get_if<Told>(&event.body);
    if (told == nullptr) continue;
    if (told->action == "freeze" && !stopped) spans_.emplace_back(event.at, forever);
    if (told->action == "thaw" && stopped) spans_.back().second = event.at;
    if (told->action == "freeze" || told->action == "thaw") stopped = told->action == "freeze";
  }
}

Duration Frozen::between(Duration from, Duration to) const {
  Duration sum{};
  for (const auto& [begin, end] : spans_)
    sum += std::max(std::min(end, to) - std::max(begin, from), Duration::zero());
  return sum;
}

Duration Frozen::runs_from(Duration at) const {
  for (const auto& [begin, end] : spans_)
    if (begin <= at && at < end) return end;
  return at;
}

}  // namespace halfopen::trace
