#include "io/loop/interruption.h"

#include <sys/eventfd.h>
#include <unistd.h>

#include <atomic>
#include <utility>

#include "base/error.h"
#include "base/signals.h"

namespace halfopen::io {
namespace {

// What a signal handler may touch.
std::atomic<bool> seen{false};
std::atomic<int> orders_seen{0};
std::atomic<int> handler_tells{-1};
std::atomic<int> second_exit_code{1};
static_assert(std::atomic<int>::is_always_lock_free);

/// A stray that comes again (SIGXCPU does each second) changes nothing.
void take(int /*number*/) {
  if (seen.exchange(true)) return;
  const int saved = errno;
  const std::uint64_t one = 1;
  if (::write(handler_tells, &one, sizeof one) < 0) ::_exit(second_exit_code);
  errno = saved;
}

void take_order(int number) {
  if (orders_seen.fetch_add(1) > 0) ::_exit(second_exit_code);
  take(number);
}

}  // namespace

Interruption::Interruption(Loop& loop, int exit_code, std::function<void()> first)
    : told_(check_system("make an eventfd", ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))),
      first_(std::move(first)),
      watch_(std::make_unique<Watch>(loop, told_.get(), UV_READABLE, [this](int) {
        watch_->change(0);
        first_();
      })) {
  seen = false;
  orders_seen = 0;
  handler_tells = told_.get();
  second_exit_code = exit_code;
  for (const int number : orders_to_end()) watch(number, take_order);
  for (const int number : strays()) watch(number, take);
}

/// What the caller ignores (nohup) stays ignored, but for those that a shell ignores for whatever
/// it starts in the background.
void Interruption::watch(int number, void (*handler)(int)) {
  struct sigaction before {};
  ::sigaction(number, nullptr, &before);
  if (before.sa_handler == SIG_IGN && number != SIGINT && number != SIGTERM) return;
  struct sigaction action {};
  action.sa_handler = handler;
  action.sa_flags = SA_RESTART;
  check_system("watch for a signal", ::sigaction(number, &action, nullptr));
  before_.push_back({number, before});
}

Interruption::~Interruption() {
  if (seen) return;
  for (const Kept& kept : before_) ::sigaction(kept.number, &kept.action, nullptr);
}

}  // namespace halfopen::io
