#include "io/folder_removal.h"

#include <dirent.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <memory>
#include <string_view>
#include <system_error>
#include <utility>

#include "base/descriptor.h"

namespace halfopen::io {
namespace {

constexpr auto patience = std::chrono::seconds(5);

struct Folder {
  std::unique_ptr<DIR, int (*)(DIR*)> entries{nullptr, ::closedir};
  int descriptor = -1;  ///< The one that `entries` owns.

  explicit operator bool() const { return entries != nullptr; }
};

/// Open for reading, even where the client has taken its own rights away.
Folder open_folder(int above, const char* name) {
  constexpr int flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
  Descriptor descriptor(::openat(above, name, flags));
  if (!descriptor && errno == EACCES && ::fchmodat(above, name, 0700, 0) == 0)
    descriptor = Descriptor(::openat(above, name, flags));
  if (!descriptor) return {};
  ::fchmod(descriptor.get(), 0700);
  DIR* const opened = ::fdopendir(descriptor.get());
  if (opened == nullptr) return {};
  return {{opened, ::closedir}, descriptor.release()};
}

class Removal {
 public:
  Removal(const std::string& path, const std::atomic<bool>& stop)
      : stop_(stop), top_(open_folder(AT_FDCWD, path.c_str())) {}

  /// Empties it, level by level: the folders of one become entries of the top for the next.
  void empty() {
    if (!top_) return;
    do {
      moved_ = 0;
      each_entry(top_, [this](const char* name) {
        if (!unlink(top_.descriptor, name)) remove_but_its_folders(name);
      });
    } while (moved_ > 0 && !stop_);
  }

 private:
  template <class Act>
  void each_entry(const Folder& folder, Act act) {
    DIR* const entries = folder.entries.get();
    ::rewinddir(entries);
    while (const dirent* entry = stop_ ? nullptr : ::readdir(entries)) {
      const std::string_view name = entry->d_name;
      if (name != "." && name != "..") act(entry->d_name);
    }
  }

  /// False for a folder.
  static bool unlink(int above, const char* name) {
    return ::unlinkat(above, name, 0) == 0 || errno != EISDIR;
  }

  void remove_but_its_folders(const char* name) {
    const Folder folder = open_folder(top_.descriptor, name);
    if (!folder) return;
    each_entry(folder, [&](const char* inner) {
      const int above = folder.descriptor;
      if (!unlink(above, inner)) move_up(above, inner);
    });
    ::unlinkat(top_.descriptor, name, AT_REMOVEDIR);
  }

  /// An empty one goes where it is. To be moved, a folder must be writable (its ".." changes).
  void move_up(int above, const char* name) {
    if (::unlinkat(above, name, AT_REMOVEDIR) == 0) return;
    if (move(above, name) ||
        (errno == EACCES && ::fchmodat(above, name, 0700, 0) == 0 && move(above, name)))
      ++moved_;
  }

  /// Past names that are taken.
  bool move(int above, const char* name) {
    do {
      const std::string to = fmt::format(".moved-{}", ++serial_);
      if (::renameat(above, name, top_.descriptor, to.c_str()) == 0) return true;
    } while ((errno == EEXIST || errno == ENOTEMPTY || errno == ENOTDIR) && !stop_);
    return false;
  }

  const std::atomic<bool>& stop_;
  Folder top_;
  std::uint64_t serial_ = 0;
  std::uint64_t moved_ = 0;  ///< In this pass. Without any there is nothing left, or no getting on.
};

}  // namespace

void remove_folder(const std::string& path, const std::atomic<bool>& stop) {
  Removal(path, stop).empty();
  ::rmdir(path.c_str());
}

FolderRemoval::~FolderRemoval() {
  if (!thread_.joinable()) return;
  std::unique_lock lock(mutex_);
  closing_ = true;
  changed_.notify_all();
  changed_.wait_for(lock, patience, [this] { return left_.empty(); });
  stop_ = true;
  lock.unlock();
  thread_.join();
}

void FolderRemoval::remove(std::string path) try {
  const std::lock_guard lock(mutex_);
  if (!thread_.joinable()) thread_ = std::thread([this] { work(); });
  left_.push_back(std::move(path));
  changed_.notify_all();
} catch (const std::system_error&) {
  remove_folder(path, stop_);  // there is no memory, or no process, for a thread
}

void FolderRemoval::work() {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return closing_ || !left_.empty(); });
    if (left_.empty()) return;
    const std::string path = left_.front();
    lock.unlock();
    remove_folder(path, stop_);
    lock.lock();
    left_.pop_front();
    changed_.notify_all();
  }
}

}  // namespace halfopen::io
