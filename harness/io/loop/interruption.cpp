#include "io/loop/interruption.h"

#include <sys/eventfd.h>
#include <unistd.h>

#include <atomic>
#include <utility>

#include "base/error.h"

namespace halfopen::io {
namespace {

// What a signal handler may touch.
std::atomic<int> signals_seen{0};
std::atomic<int> handler_tells{-1};
std::atomic<int> second_exit_code{1};
static_assert(std::atomic<int>::is_always_lock_free);

void handle(int /*number*/) {
  if (signals_seen.fetch_add(1) > 0) ::_exit(second_exit_code);
  const int saved = errno;
  const std::uint64_t one = 1;
  if (::write(handler_tells, &one, sizeof one) < 0) ::_exit(second_exit_code);
  errno = saved;
}

}  // namespace

Interruption::Interruption(Loop& loop, int exit_code, std::function<void()> first)
    : told_(check_system("make an eventfd", ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))),
      first_(std::move(first)),
      watch_(std::make_unique<Watch>(loop, told_.get(), UV_READABLE, [this](int) {
        watch_->change(0);
        first_();
      })) {
  signals_seen = 0;
  handler_tells = told_.get();
  second_exit_code = exit_code;
  struct sigaction action {};
  action.sa_handler = handle;
  action.sa_flags = SA_RESTART;
  for (const int number : {SIGINT, SIGTERM, SIGHUP}) {
    struct sigaction before {};
    ::sigaction(number, nullptr, &before);
    if (number == SIGHUP && before.sa_handler == SIG_IGN) continue;
    check_system("watch for a signal", ::sigaction(number, &action, nullptr));
    before_.push_back({number, before});
  }
}

Interruption::~Interruption() {
  if (signals_seen > 0) return;
  for (const Kept& kept : before_) ::sigaction(kept.number, &kept.action, nullptr);
}

}  // namespace halfopen::io
