#include "base/output_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/random.h"

namespace halfopen {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t longest_name = 255;  ///< NAME_MAX of every usual file system.

std::string attempt_at(const std::string& file) { return "write `" + file + "`"; }

void make_folder_of(const std::string& file) {
  const fs::path folder = fs::path(file).parent_path();
  std::error_code failed;
  if (!folder.empty()) fs::create_directories(folder, failed);
  if (failed) throw Error(attempt_at(file), "its folder cannot be made: " + failed.message());
}

/// Where a symbolic link ends; a name that nobody has yet is its own.
std::string target_of(const std::string& file) {
  std::error_code failed;
  const fs::path target = fs::canonical(file, failed);
  return failed ? file : target.string();
}

/// What is below /dev and /proc (/dev/stdout, which may be a file) belongs to others.
bool can_be_replaced(const std::string& file) {
  if (file.starts_with("/dev/") || file.starts_with("/proc/")) return false;
  std::error_code failed;
  const fs::file_status status = fs::status(file, failed);
  if (fs::is_directory(status)) throw Error(attempt_at(file), std::strerror(EISDIR));
  return !fs::exists(status) || fs::is_regular_file(status);
}

mode_t permissions_of(const std::string& file) {
  struct stat info {};
  if (::stat(file.c_str(), &info) == 0) return info.st_mode & 07777;
  static std::mutex reading_mask;  // to be known it must be changed, for all threads
  const std::lock_guard lock(reading_mask);
  const mode_t mask = ::umask(0);
  ::umask(mask);
  return 0666 & ~mask;
}

/// A file beside another; removed unless it took that one's name.
class Draft {
 public:
  explicit Draft(const std::string& file)
      : file_(file),
        path_((fs::path(file).parent_path() / ".halfopen-XXXXXX").string()),
        descriptor_(check_system(attempt_at(file), ::mkostemp(path_.data(), O_CLOEXEC))) {}
  Draft(const Draft&) = delete;
  Draft& operator=(const Draft&) = delete;
  ~Draft() {
    if (!path_.empty()) ::unlink(path_.c_str());
  }

  [[nodiscard]] const Descriptor& descriptor() const { return descriptor_; }

  void take_name(const std::string& target) {
    check_system(attempt_at(file_), ::fchmod(descriptor_.get(), permissions_of(target)));
    check_system(attempt_at(file_), ::rename(path_.c_str(), target.c_str()));
    path_.clear();
  }

 private:
  std::string file_;
  std::string path_;
  Descriptor descriptor_;
};

void write_all(const Descriptor& descriptor, std::string_view text, const std::string& file) {
  while (!text.empty()) {
    const ssize_t count = ::write(descriptor.get(), text.data(), text.size());
    if (count < 0 && errno == EINTR) continue;
    text.remove_prefix(static_cast<std::size_t>(check_system(attempt_at(file), count)));
  }
}

/// From its beginning to its end.
void copy_all(const Descriptor& from, const Descriptor& to, const std::string& file) {
  std::vector<char> piece(std::size_t{256} * 1024);
  for (off_t at = 0;;) {
    const ssize_t count = ::pread(from.get(), piece.data(), piece.size(), at);
    if (count < 0 && errno == EINTR) continue;
    const auto size = static_cast<std::size_t>(check_system(attempt_at(file), count));
    if (size == 0) return;
    write_all(to, {piece.data(), size}, file);
    at += count;
  }
}

/// Where an output file will be, a file without a name.
Descriptor nameless_beside(const std::string& file) {
  const fs::path folder =
      can_be_replaced(file) ? fs::path(file).parent_path() : fs::temp_directory_path();
  std::string path = (folder / ".halfopen-XXXXXX").string();
  Descriptor made(check_system(attempt_at(file), ::mkostemp(path.data(), O_CLOEXEC)));
  check_system(attempt_at(file), ::unlink(path.c_str()));
  return made;
}

Descriptor open_as_it_is(const std::string& file) {
  return Descriptor(
      check_system(attempt_at(file), ::open(file.c_str(), O_WRONLY | O_CLOEXEC | O_NOCTTY)));
}

void check_length(const std::string& file) {
  if (fs::path(file).filename().string().size() > longest_name)
    throw Error(attempt_at(file), std::strerror(ENAMETOOLONG));
}

/// Not in the middle of a character of UTF-8.
std::string_view first_bytes(std::string_view text, std::size_t most) {
  if (text.size() <= most) return text;
  while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xc0U) == 0x80U) --most;
  return text.substr(0, most);
}

}  // namespace

void write_output(const std::string& file, std::string_view text) {
  write_output(file, [&](const TextSink& sink) { sink(text); });
}

void write_output(const std::string& file, const std::function<void(const TextSink&)>& make) {
  make_folder_of(file);
  if (!can_be_replaced(file)) {
    const Descriptor own = open_as_it_is(file);
    return make([&](std::string_view piece) { write_all(own, piece, file); });
  }
  const std::string target = target_of(file);
  check_length(target);
  Draft draft(target);
  make([&](std::string_view piece) { write_all(draft.descriptor(), piece, file); });
  draft.take_name(target);
}

void check_output(const std::string& file) {
  make_folder_of(file);
  if (!can_be_replaced(file)) {
    (void)open_as_it_is(file);
    return;
  }
  const std::string target = target_of(file);
  check_length(target);
  const Draft draft(target);
}

OutputSpool::OutputSpool(std::string file) : file_(std::move(file)) {
  make_folder_of(file_);
  spool_ = nameless_beside(file_);
}

void OutputSpool::write(ByteView bytes) { write_all(spool_, as_text(bytes), file_); }

void OutputSpool::take_name(ByteView head, ByteView tail) {
  const bool replaced = can_be_replaced(file_);
  const std::string target = replaced ? target_of(file_) : file_;
  std::optional<Draft> draft;
  if (replaced) draft.emplace(target);
  const Descriptor own = replaced ? Descriptor() : open_as_it_is(file_);
  const Descriptor& to = draft ? draft->descriptor() : own;
  write_all(to, as_text(head), file_);
  copy_all(spool_, to, file_);
  write_all(to, as_text(tail), file_);
  if (draft) draft->take_name(target);
}

std::string file_name(std::string_view stem, std::string_view ending) {
  std::string name;
  for (const char c : stem) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '/')
      name += "--";
    else
      name += byte < 0x20 || byte == 0x7f ? '_' : c;
  }
  if (name.size() + ending.size() > longest_name) {
    const std::string tag = fmt::format("-{:016x}", key_of(stem));
    name = std::string(first_bytes(name, longest_name - ending.size() - tag.size())) + tag;
  }
  return name + std::string(ending);
}

}  // namespace halfopen
