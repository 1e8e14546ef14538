// Removing folders that a client has filled, perhaps to spite us.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <string>
#include <thread>

namespace halfopen::io {

/// Removes a folder with all that is in it, as far as it can be; follows no symbolic link. However
/// deep it is, this takes two descriptors, no stack and a time that grows with the number of
/// entries only: what lies deeper is moved up first. Ends early once `stop` is set.
void remove_folder(const std::string& path, const std::atomic<bool>& stop);

/// Removes folders one after the other on a thread of its own, since a million files take longer
/// than the loop may stand still.
class FolderRemoval {
 public:
  FolderRemoval() = default;
  FolderRemoval(FolderRemoval&&) = delete;
  /// Waits for what is under way, but not longer than 5 s: then it stays.
  ~FolderRemoval();

  /// Returns at once, unless there can be no thread. Starts it, at the first time.
  void remove(std::string path);

 private:
  void work();

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::string> left_;  ///< The first one is under way.
  bool closing_ = false;
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

}  // namespace halfopen::io
