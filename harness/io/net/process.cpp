#include "io/net/process.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>

#include "base/error.h"

namespace halfopen::io {
namespace {

/// What every program can do with, and none breaks with (select(2)).
constexpr rlim_t usual_file_limit = 1024;

/// For kernels (and container filters) without close_range.
void close_one_by_one(const std::vector<int>& keep) {
  const std::unique_ptr<DIR, int (*)(DIR*)> folder(::opendir("/proc/self/fd"), ::closedir);
  if (!folder) return;
  std::vector<int> found;
  while (const dirent* entry = ::readdir(folder.get())) {
    const int number = std::atoi(entry->d_name);
    if (number > STDERR_FILENO && number != ::dirfd(folder.get())) found.push_back(number);
  }
  for (const int number : found) {
    if (!std::binary_search(keep.begin(), keep.end(), number)) ::close(number);
  }
}

}  // namespace

void close_all_but(std::vector<int> keep) {
  std::sort(keep.begin(), keep.end());
  unsigned from = STDERR_FILENO + 1;
  for (const int number : keep) {
    if (number < static_cast<int>(from)) continue;
    const auto next = static_cast<unsigned>(number);
    if (next > from && ::close_range(from, next - 1, 0) != 0) return close_one_by_one(keep);
    from = next + 1;
  }
  if (::close_range(from, ~0U, 0) != 0) close_one_by_one(keep);
}

void reset_signals() {
  for (int number = 1; number < NSIG; ++number) ::signal(number, SIG_DFL);
  sigset_t none{};
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
}

Descriptor watch_children() {
  sigset_t child{};
  ::sigemptyset(&child);
  ::sigaddset(&child, SIGCHLD);
  ::signal(SIGCHLD, SIG_DFL);  // an inherited SIG_IGN would make the kernel reap in silence
  check_system("block SIGCHLD", ::sigprocmask(SIG_BLOCK, &child, nullptr));
  return Descriptor(
      check_system("watch for SIGCHLD", ::signalfd(-1, &child, SFD_CLOEXEC | SFD_NONBLOCK)));
}

Pipe make_pipe() {
  std::array<int, 2> ends{};
  check_system("make a pipe", ::pipe2(ends.data(), O_CLOEXEC));
  return {Descriptor(ends[0]), Descriptor(ends[1])};
}

void set_nonblocking(const Descriptor& descriptor) {
  const int flags = check_system("read descriptor flags", ::fcntl(descriptor.get(), F_GETFL));
  check_system("set descriptor flags", ::fcntl(descriptor.get(), F_SETFL, flags | O_NONBLOCK));
}

Descriptor process_descriptor(pid_t process) {
  return Descriptor(static_cast<int>(::syscall(SYS_pidfd_open, process, 0)));
}

rlimit raise_file_limit() {
  rlimit before{};
  check_system("read the limit of open files", ::getrlimit(RLIMIT_NOFILE, &before));
  const rlimit most{before.rlim_max, before.rlim_max};
  check_system("raise the limit of open files", ::setrlimit(RLIMIT_NOFILE, &most));
  return {std::max(before.rlim_cur, std::min<rlim_t>(before.rlim_max, usual_file_limit)),
          before.rlim_max};
}

void name_process(const char* name) { ::prctl(PR_SET_NAME, name); }

}  // namespace halfopen::io
