#include "io/loop/loop.h"

#include <sys/prctl.h>
#include <sys/timerfd.h>

#include <algorithm>
#include <cerrno>
#include <ctime>
#include <utility>

#include "base/error.h"

namespace halfopen::io {
namespace {

timespec to_timespec(Duration since_epoch) {
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(since_epoch);
  return {seconds.count(), (since_epoch - seconds).count()};
}

/// How long the machine has slept since it was started.
Duration slept() {
  timespec since_boot{};
  clock_gettime(CLOCK_BOOTTIME, &since_boot);
  return std::chrono::seconds(since_boot.tv_sec) + Duration(since_boot.tv_nsec) -
         now().time_since_epoch();
}

}  // namespace

int check_uv(std::string_view attempt, int result) {
  if (result < 0)
    throw Error(attempt, result == UV_EMFILE ? reason_of(EMFILE) : uv_strerror(result));
  return result;
}

Time now() {
  timespec time{};
  clock_gettime(CLOCK_MONOTONIC, &time);
  return Time(std::chrono::seconds(time.tv_sec) + Duration(time.tv_nsec));
}

Watch::Watch(Loop& loop, int descriptor, int events, std::function<void(int)> ready) {
  auto poll = std::make_unique<Poll>();
  poll->loop = &loop;
  poll->ready = std::make_shared<std::function<void(int)>>(std::move(ready));
  check_uv("watch a descriptor", uv_poll_init(loop.uv(), poll.get(), descriptor));
  poll_.reset(poll.release());
  change(events);
}

void Watch::fire(uv_poll_t* poll, int status, int events) {
  const auto ready = static_cast<Poll*>(poll)->ready;
  static_cast<Poll*>(poll)->loop->wake();
  (*ready)(status < 0 ? UV_READABLE : events);
}

void Watch::change(int events) {
  if (events == 0)
    uv_poll_stop(poll_.get());
  else
    check_uv("watch a descriptor", uv_poll_start(poll_.get(), events, fire));
}

Loop::Loop() : stall_(now(), slept()) {
  check_uv("start the event loop", uv_loop_init(&loop_));
  prctl(PR_SET_TIMERSLACK, 1);  // else the kernel may fire 50 µs late to save power
  timer_ = Descriptor(
      check_system("make a timer", timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC)));
  timer_watch_ = std::make_unique<Watch>(*this, timer_.get(), UV_READABLE, [this](int) {
    std::uint64_t expirations = 0;
    if (read(timer_.get(), &expirations, sizeof expirations) > 0) fire_due();
  });
  watch_turns();
}

/// Keeps no loop running that waits for nothing else.
void Loop::watch_turns() {
  auto prepare = std::make_unique<uv_prepare_t>();
  check_uv("follow the event loop", uv_prepare_init(&loop_, prepare.get()));
  before_poll_.reset(prepare.release());
  before_poll_->data = this;
  uv_prepare_start(before_poll_.get(),
                   [](uv_prepare_t* from) { static_cast<Loop*>(from->data)->turns_.begin(); });
  uv_unref(reinterpret_cast<uv_handle_t*>(before_poll_.get()));
}

Loop::~Loop() {
  timer_watch_.reset();
  before_poll_.reset();
  uv_run(&loop_, UV_RUN_NOWAIT);  // lets the close callbacks free their handles
  uv_run(&loop_, UV_RUN_NOWAIT);
  uv_loop_close(&loop_);
}

void Loop::run() { uv_run(&loop_, UV_RUN_DEFAULT); }

void Loop::stop() { uv_stop(&loop_); }

TimerId Loop::at(Time due, std::function<void()> action) {
  if (firing_since_) due = std::max(due, *firing_since_ + Duration(1));
  const TimerId id{due, ++serial_};
  timers_.emplace(id, std::move(action));
  arm();
  return id;
}

void Loop::cancel(const TimerId& timer) { timers_.erase(timer); }

void Loop::on_late(Duration threshold, std::function<void(Duration)> report) {
  late_threshold_ = threshold;
  report_late_ = std::move(report);
}

void Loop::wake() {
  if (!report_late_) return;
  const auto due = timers_.empty() ? std::nullopt : std::optional(timers_.begin()->first.due);
  if (const auto late = stall_.woke(now(), slept(), due, late_threshold_)) report_late_(*late);
}

void Loop::arm() {
  if (timers_.empty()) return;
  const Time due = timers_.begin()->first.due;
  if (due == armed_for_) return;
  armed_for_ = due;
  // An absolute time of zero would disarm the timer.
  const Duration at = std::max(due.time_since_epoch(), Duration(1));
  const itimerspec when{{0, 0}, to_timespec(at)};
  check_system("set a timer", timerfd_settime(timer_.get(), TFD_TIMER_ABSTIME, &when, nullptr));
}

void Loop::fire_due() {
  armed_for_.reset();
  const Time start = now();
  stall_.done(start);
  firing_since_ = start;
  while (!timers_.empty() && timers_.begin()->first.due <= start)
    timers_.extract(timers_.begin()).mapped()();
  firing_since_.reset();
  arm();
}

}  // namespace halfopen::io
