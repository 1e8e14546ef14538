#include "io/loop/acceptor.h"

#include <fcntl.h>
#include <sys/resource.h>

#include <utility>

#include "base/error.h"
#include "io/loop/stream.h"

namespace halfopen::io {
namespace {

/// Whether less than a quarter of the descriptors is left. The kernel gives the lowest number that
/// is free.
bool few_are_left(const Descriptor& any) {
  rlimit limit{};
  ::getrlimit(RLIMIT_NOFILE, &limit);
  const Descriptor next(::fcntl(any.get(), F_DUPFD_CLOEXEC, 0));
  return !next || static_cast<rlim_t>(next.get()) >= limit.rlim_cur - limit.rlim_cur / 4;
}

}  // namespace

Acceptor::Acceptor(Loop& loop, Descriptor listener, Events events)
    : listener_(std::move(listener)),
      events_(std::move(events)),
      watch_(loop, listener_.get(), UV_READABLE, [this](int) { accept_some(); }),
      again_(loop) {}

void Acceptor::accept_some() try {
  std::string peer;
  for (int i = 0; i < most_in_a_turn; ++i) {
    if (accepted_ >= many && few_are_left(listener_))
      throw Error("accept a connection", "too many open files for a client that has had many");
    Descriptor socket = accept_from(listener_.get(), peer);
    if (!socket) return;
    ++accepted_;
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
