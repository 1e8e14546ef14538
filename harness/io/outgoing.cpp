#include "io/outgoing.h"

#include <utility>

namespace halfopen::io {

void Outgoing::put(Chunk chunk) {
  if (chunk.ending == Chunk::Ending::reset) return reset();
  behind_bytes_ += chunk.size();
  behind_.push_back(std::move(chunk));
  go_on();
}

void Outgoing::write(ByteView bytes) {
  if (behind_.empty()) return to_.write(bytes);
  put({.bytes = {bytes.begin(), bytes.end()}});
}

void Outgoing::go_on() {
  while (!held_ && !behind_.empty() && to_.waiting() == 0) {
    pass(behind_.front());
    if (behind_.front().size() == 0) behind_.pop_front();
  }
}

/// All of it, or as much as the kernel has room for.
void Outgoing::pass(Chunk& chunk) {
  behind_bytes_ -= chunk.size();
  if (chunk.piped > 0)
    chunk.piped -= to_.move_from(pipes_, chunk.piped);
  else
    to_.write(std::exchange(chunk.bytes, {}));
  behind_bytes_ += chunk.size();
  if (chunk.ending == Chunk::Ending::finish) to_.finish();
}

/// What waited is lost.
void Outgoing::reset() {
  behind_.clear();
  behind_bytes_ = 0;
  pipes_.clear();
  to_.reset();
}

void Outgoing::hold(bool held) {
  held_ = held;
  go_on();
}

}  // namespace halfopen::io
