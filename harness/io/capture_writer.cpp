#include "io/capture_writer.h"

#include <system_error>
#include <utility>

#include "base/output_file.h"

namespace halfopen::io {

/// Used by the thread alone, once it was begun.
class CaptureWriter::File {
 public:
  explicit File(std::string name) : name_(std::move(name)) {}

  void append(ByteView bytes) {
    if (!failed_) attempt([&] { spool().write(bytes); });
  }
  void finish(ByteView head, ByteView tail) {
    if (!failed_) attempt([&] { spool().take_name(head, tail); });
    spool_.reset();
  }

 private:
  OutputSpool& spool() { return spool_ ? *spool_ : spool_.emplace(name_); }

  /// After one failure nothing more is tried.
  template <class Act>
  void attempt(Act act) {
    failed_ = true;
    act();
    failed_ = false;
  }

  std::string name_;
  std::optional<OutputSpool> spool_;
  bool failed_ = false;
};

CaptureWriter::~CaptureWriter() {
  if (!thread_.joinable()) return;
  {
    const std::lock_guard lock(mutex_);
    closing_ = true;
    changed_.notify_all();
  }
  thread_.join();
}

std::shared_ptr<CaptureWriter::File> CaptureWriter::begin(std::string name) {
  return std::make_shared<File>(std::move(name));
}

bool CaptureWriter::append(const std::shared_ptr<File>& file, Bytes bytes) {
  const std::size_t size = bytes.size();
  {
    const std::lock_guard lock(mutex_);
    if (waiting_ + size > most_waiting_) return false;
  }
  put({[file, bytes = std::move(bytes)] { file->append(bytes); }, size});
  return true;
}

void CaptureWriter::finish(const std::shared_ptr<File>& file, Bytes head, Bytes tail) {
  const std::size_t size = head.size() + tail.size();
  put({[file, head = std::move(head), tail = std::move(tail)] { file->finish(head, tail); }, size});
}

void CaptureWriter::put(Task task) {
  try {
    if (!thread_.joinable()) thread_ = std::thread([this] { go(); });
  } catch (const std::system_error&) {  // there is no memory, or no process, for a thread
    return carry_out(task);
  }
  const std::lock_guard lock(mutex_);
  waiting_ += task.size;
  tasks_.push_back(std::move(task));
  changed_.notify_all();
}

void CaptureWriter::carry_out(const Task& task) try { task.work(); } catch (const Error& failure) {
  const std::lock_guard lock(mutex_);
  if (!problem_) problem_ = failure;
}

void CaptureWriter::go() {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return closing_ || !tasks_.empty(); });
    if (tasks_.empty()) return;
    Task& task = tasks_.front();
    lock.unlock();
    carry_out(task);
    task.work = nullptr;  // what it holds is freed here, too
    lock.lock();
    waiting_ -= task.size;
    tasks_.pop_front();
    changed_.notify_all();
  }
}

void CaptureWriter::wait() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return tasks_.empty(); });
}

std::optional<Error> CaptureWriter::problem() {
  const std::lock_guard lock(mutex_);
  return problem_;
}

}  // namespace halfopen::io
