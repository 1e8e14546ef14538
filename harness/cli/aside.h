// Work that is done aside, on a thread of its own, so that the runs under way are not kept waiting:
// the trace of a client that floods takes a third of a second to be judged and written.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

#include "base/descriptor.h"
#include "io/loop/loop.h"

namespace halfopen::cli {

class Aside {
 public:
  /// Starts no thread yet.
  explicit Aside(io::Loop& loop);
  Aside(Aside&&) = delete;
  /// Waits for what is under way; calls back no more.
  ~Aside();

  /// Does `work` on the thread, and then calls `done` on the loop, in the order in which they came.
  /// `work` must not share anything that changes. Where there can be no thread, it is done here.
  /// `bytes`: about what it holds until then.
  void put(std::function<void()> work, std::function<void()> done, std::size_t bytes = 0);
  /// What all work holds that has been put and not been called back for. To be asked on the loop.
  [[nodiscard]] std::size_t bytes_waiting() const { return bytes_waiting_; }
  /// Until all is done. What `work` has thrown is thrown by it or by the loop.
  void wait();

 private:
  struct Task {
    std::function<void()> work;
    std::function<void()> done;
    std::size_t bytes = 0;
    std::exception_ptr problem{};
  };

  void go();
  void tell();
  void call_back();

  Descriptor told_;  ///< An eventfd that the thread writes to.
  std::optional<io::Watch> watch_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Task> to_do_;  ///< The first one is under way.
  std::deque<Task> done_;
  std::size_t bytes_waiting_ = 0;  ///< The loop's alone.
  bool closing_ = false;
  std::thread thread_;
};

}  // namespace halfopen::cli
