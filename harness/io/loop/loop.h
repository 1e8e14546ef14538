// The event loop: libuv, the monotonic clock, and timers that are never early.
#pragma once

#include <uv.h>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>

#include "base/descriptor.h"
#include "base/time.h"
#include "io/loop/stall_watch.h"
#include "io/loop/turns.h"

namespace halfopen::io {

/// Passes on a libuv result; throws Error("attempt: reason") if it is negative.
int check_uv(std::string_view attempt, int result);

/// Deletes a libuv handle the way libuv wants it: uv_close, and free in the close callback.
template <class H>
struct CloseHandle {
  void operator()(H* handle) const {
    uv_close(reinterpret_cast<uv_handle_t*>(handle),
             [](uv_handle_t* closed) { delete reinterpret_cast<H*>(closed); });
  }
};
template <class H>
using Handle = std::unique_ptr<H, CloseHandle<H>>;

/// CLOCK_MONOTONIC.
[[nodiscard]] Time now();

/// Runs a callback when a descriptor becomes ready. Stops when it goes. The callback may destroy
/// the Watch that called it.
class Loop;
class Watch {
 public:
  /// `events`: UV_READABLE and UV_WRITABLE. The descriptor stays the caller's.
  Watch(Loop& loop, int descriptor, int events, std::function<void(int events)> ready);
  Watch(Watch&&) noexcept = default;
  Watch& operator=(Watch&&) noexcept = default;
  /// Watches for other events from now on; 0 pauses.
  void change(int events);

 private:
  struct Poll : uv_poll_t {
    Loop* loop = nullptr;
    /// Shared, so that it survives when it destroys its own Watch.
    std::shared_ptr<std::function<void(int)>> ready;
  };
  static void fire(uv_poll_t* poll, int status, int events);
  Handle<Poll> poll_;
};

/// Identifies a timer of the loop; see Loop::at.
struct TimerId {
  Time due{};
  std::uint64_t serial = 0;
  auto operator<=>(const TimerId&) const = default;
};

class Loop {
 public:
  Loop();
  ~Loop();
  Loop(Loop&&) = delete;

  /// Runs until stop() or until nothing is left to wait for.
  void run();
  void stop();

  /// Calls `action` at that time, or soon after; never before. A timerfd with an absolute time:
  /// uv_timer is rounded to milliseconds and can be early. What another timer sets waits for the
  /// next turn, however long it has been due, so that what goes on in turns lets others go on.
  TimerId at(Time due, std::function<void()> action);
  /// Nothing happens if it has fired already.
  void cancel(const TimerId& timer);

  /// Called where timers are later than `threshold`, with how late they are, and before anything
  /// else that the loop does after that time. Time is counted once, however many timers were due in
  /// it.
  void on_late(Duration threshold, std::function<void(Duration)> report);
  /// To be called first by whatever the loop calls: see on_late().
  void wake();

  [[nodiscard]] Turns& turns() { return turns_; }
  [[nodiscard]] uv_loop_t* uv() { return &loop_; }

 private:
  void arm();
  void fire_due();
  void watch_turns();

  uv_loop_t loop_{};
  Descriptor timer_;
  std::unique_ptr<Watch> timer_watch_;
  std::map<TimerId, std::function<void()>> timers_;
  std::uint64_t serial_ = 0;
  std::optional<Time> armed_for_;     ///< None: the timerfd has fired.
  std::optional<Time> firing_since_;  ///< While timers are called.
  Handle<uv_prepare_t> before_poll_;
  Turns turns_;
  StallWatch stall_;
  Duration late_threshold_ = forever;
  std::function<void(Duration)> report_late_;
};

/// A timer that its owner can set again and again; cancelled when the owner goes.
class Timer {
 public:
  explicit Timer(Loop& loop) : loop_(&loop) {}
  Timer(Timer&&) = delete;
  ~Timer() { cancel(); }

  /// Replaces what was set before.
  void set(Time due, std::function<void()> action) {
    cancel();
    id_ = loop_->at(due, std::move(action));
  }
  void cancel() {
    if (id_.serial != 0) loop_->cancel(std::exchange(id_, {}));
  }

 private:
  Loop* loop_;
  TimerId id_;
};

}  // namespace halfopen::io
