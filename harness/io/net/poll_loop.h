// A loop over poll(2) for the broker: few descriptors, one thread.
#pragma once

#include <functional>
#include <map>

namespace halfopen::io {

/// Calls back for each watched descriptor that is readable (or whose other end is gone). A callback
/// may watch and forget.
class PollLoop {
 public:
  void watch(int descriptor, std::function<void()> readable);
  /// To be called before the descriptor is closed.
  void forget(int descriptor) { watched_.erase(descriptor); }
  /// Also wakes up when this one is writable; -1: none.
  void wait_until_writable(int descriptor) { writable_ = descriptor; }

  /// Waits for something to happen, for `timeout_ms` at most (-1: for ever).
  void run_once(int timeout_ms);

 private:
  std::map<int, std::function<void()>> watched_;
  int writable_ = -1;
};

}  // namespace halfopen::io
