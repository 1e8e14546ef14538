#include "run/gate.h"

#include <utility>

namespace halfopen::run {

Gate::Gate(faults::Reception reception, Time accepted)
    : reception_(std::move(reception)), begins_(accepted) {
  received(0, accepted);
}

void Gate::received(std::size_t bytes, Time now) {
  if (!reception_.end || ends_) return;
  received_ += static_cast<std::int64_t>(bytes);
  if (received_ >= reception_.after_bytes) ends_ = now + reception_.after;
}

Gate::Due Gate::due(Time now) {
  Due due;
  begins_.reset();
  due.says = std::exchange(reception_.greeting, {});
  if (ends_ && *ends_ <= now) {
    ends_.reset();
    append(due.says, std::exchange(reception_.farewell, {}));
    due.end = std::exchange(reception_.end, std::nullopt);
  }
  const bool shows = due.end || !due.says.empty() || !reception_.end;
  due.strikes = shows && !std::exchange(struck_, struck_ || shows);
  return due;
}

std::optional<Time> Gate::deadline() const { return begins_ ? begins_ : ends_; }

}  // namespace halfopen::run
