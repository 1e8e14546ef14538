// Writes captures, on a thread of its own: a disk that is slow, or full, must not make the loop
// late.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "base/bytes.h"
#include "base/error.h"

namespace halfopen::io {

class CaptureWriter {
 public:
  /// One file, which nobody sees before it is whole.
  class File;

  /// `most_waiting`: bytes that may wait to be written, of all files together.
  explicit CaptureWriter(std::size_t most_waiting = std::size_t{16} * 1024 * 1024)
      : most_waiting_(most_waiting) {}
  CaptureWriter(CaptureWriter&&) = delete;
  /// Waits until all is written.
  ~CaptureWriter();

  /// Nothing is done yet.
  [[nodiscard]] std::shared_ptr<File> begin(std::string name);
  /// Returns at once, unless there can be no thread. False where too much waits already: these
  /// bytes are left out.
  [[nodiscard]] bool append(const std::shared_ptr<File>& file, Bytes bytes);
  /// What was appended, between these, becomes the file. Nothing may follow.
  void finish(const std::shared_ptr<File>& file, Bytes head, Bytes tail);
  /// Until all is written.
  void wait();
  /// What went wrong first, in any file: "write `FILE`: why". That file is not written.
  [[nodiscard]] std::optional<Error> problem();

 private:
  struct Task {
    std::function<void()> work;
    std::size_t size = 0;
  };

  void put(Task task);
  void carry_out(const Task& task);
  void go();

  std::size_t most_waiting_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Task> tasks_;  ///< The first one is under way.
  std::size_t waiting_ = 0;
  std::optional<Error> problem_;
  bool closing_ = false;
  std::thread thread_;
};

}  // namespace halfopen::io
