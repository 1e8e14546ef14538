#include "io/loop/acceptor.h"

#include <utility>

#include "base/error.h"
#include "io/loop/stream.h"

namespace halfopen::io {

Acceptor::Acceptor(Loop& loop, Descriptor listener, Events events)
    : listener_(std::move(listener)),
      events_(std::move(events)),
      watch_(loop, listener_.get(), UV_READABLE, [this](int) { accept_some(); }),
      again_(loop) {}

void Acceptor::accept_some() try {
  std::string peer;
  for (int i = 0; i < most_in_a_turn; ++i) {
    Descriptor socket = accept_from(listener_.get(), peer);
    if (!socket) return;
    events_.accepted(std::move(socket), peer);
  }
} catch (const Error& failure) {
  watch_.change(0);
  again_.set(now() + pause, [this] {
    watch_.change(UV_READABLE);
    accept_some();
  });
  if (events_.paused) events_.paused(failure.what());
}

}  // namespace halfopen::io
