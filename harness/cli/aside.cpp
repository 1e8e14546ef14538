#include "cli/aside.h"

#include <sys/eventfd.h>
#include <unistd.h>

#include <system_error>
#include <utility>

#include "base/error.h"

namespace halfopen::cli {

Aside::Aside(io::Loop& loop)
    : told_(check_system("make an eventfd", ::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC))) {
  watch_.emplace(loop, told_.get(), UV_READABLE, [this](int) { call_back(); });
}

Aside::~Aside() {
  if (!thread_.joinable()) return;
  {
    const std::lock_guard lock(mutex_);
    closing_ = true;
    changed_.notify_all();
  }
  thread_.join();
}

void Aside::put(std::function<void()> work, std::function<void()> done, std::size_t bytes) {
  try {
    if (!thread_.joinable()) thread_ = std::thread([this] { go(); });
  } catch (const std::system_error&) {  // there is no memory, or no process, for a thread
    work();
    return done();
  }
  bytes_waiting_ += bytes;
  const std::lock_guard lock(mutex_);
  to_do_.push_back({std::move(work), std::move(done), bytes});
  changed_.notify_all();
}

void Aside::wait() {
  {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return to_do_.empty(); });
  }
  call_back();
}

void Aside::go() {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return closing_ || !to_do_.empty(); });
    if (to_do_.empty()) return;
    Task& task = to_do_.front();
    lock.unlock();
    try {
      task.work();
    } catch (...) {
      task.problem = std::current_exception();
    }
    task.work = nullptr;  // what it holds is freed here, too
    lock.lock();
    done_.push_back(std::move(task));
    to_do_.pop_front();
    changed_.notify_all();
    tell();
  }
}

/// The descriptor cannot be full: it counts.
void Aside::tell() {
  const std::uint64_t one = 1;
  [[maybe_unused]] const ssize_t written = ::write(told_.get(), &one, sizeof one);
}

void Aside::call_back() {
  std::uint64_t count = 0;
  [[maybe_unused]] const ssize_t got = ::read(told_.get(), &count, sizeof count);
  std::deque<Task> tasks;
  {
    const std::lock_guard lock(mutex_);
    tasks.swap(done_);
  }
  for (const Task& task : tasks) {
    bytes_waiting_ -= task.bytes;
    if (task.problem) std::rethrow_exception(task.problem);
    task.done();
  }
}

}  // namespace halfopen::cli
