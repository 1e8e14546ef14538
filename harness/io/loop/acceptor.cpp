#include "io/loop/acceptor.h"

#include <utility>

#include "base/error.h"
#include "io/loop/stream.h"

namespace halfopen::io {

Acceptor::Acceptor(Loop& loop, Descriptor listener, Events events)
    : listener_(std::move(listener)),
      events_(std::move(events)),
      watch_(loop, listener_.get(), UV_READABLE, [this](int) { accept_all(); }),
      again_(loop) {}

void Acceptor::accept_all() try {
  std::string peer;
  while (Descriptor socket = accept_from(listener_.get(), peer))
    events_.accepted(std::move(socket), peer);
} catch (const Error& failure) {
  watch_.change(0);
  again_.set(now() + pause, [this] {
    watch_.change(UV_READABLE);
    accept_all();
  });
  if (events_.paused) events_.paused(failure.what());
}

}  // namespace halfopen::io
