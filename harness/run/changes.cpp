#include "run/changes.h"

#include <algorithm>

#include "run/noted.h"

namespace halfopen::run {
namespace {

/// Names of events that are counted; a client which invents more is not helped.
constexpr std::size_t most_event_names = 1000;

}  // namespace

Changes::Changes(const Context& context, Time start) : context_(context), start_(start) {
  for (const scenario::At& at : context_.scenario.at) at_.push_back(&at);
  std::stable_sort(at_.begin(), at_.end(),
                   [](const auto* a, const auto* b) { return a->time < b->time; });
}

bool Changes::tick(Time now) {
  const std::size_t before = next_at_;
  while (deadline() && *deadline() <= now) {
    const scenario::At& at = *at_[next_at_++];
    if (at.link) change_link(now, *at.link, at.place.line);
    if (at.tell) context_.outside.tell(*at.tell);
    if (at.freeze) context_.outside.freeze(*at.freeze);
  }
  return next_at_ != before;
}

std::optional<Time> Changes::deadline() const {
  if (next_at_ == at_.size()) return std::nullopt;
  return start_ + at_[next_at_]->time;
}

bool Changes::client_event(Time now, const std::string& event) {
  bool changed = false;
  if (client_events_.size() < most_event_names || client_events_.count(event) > 0)
    ++client_events_[event];
  for (const scenario::When& when : context_.scenario.when) {
    if (when.event != event || when.nth != client_events_[event]) continue;
    if (when.link) change_link(now, *when.link, when.place.line);
    if (when.tell) context_.outside.tell(*when.tell);
    changed = true;
  }
  return changed;
}

void Changes::change_link(Time now, const link::Change& change, int line) {
  context_.recorder.add(now, noted(change, *context_.link), 0, line);
  context_.outside.change_link(change);
}

}  // namespace halfopen::run
