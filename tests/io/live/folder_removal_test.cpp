// Folders that clients fill: deep ones, wide ones, and such as they may not be entered.
#include "io/folder_removal.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "base/descriptor.h"
#include "base/time.h"
#include "io/temporary_folder.h"
#include "support/sanitized.h"

using namespace halfopen;
using namespace halfopen::io;

namespace {

namespace fs = std::filesystem;

const std::atomic<bool> never{false};

std::string new_folder() {
  std::string path = (fs::temp_directory_path() / "halfopen-removal-XXXXXX").string();
  REQUIRE(::mkdtemp(path.data()) != nullptr);
  return path;
}

/// Folders within each other, with a file in the last one.
void dig(const std::string& path, int depth, mode_t mode = 0755) {
  Descriptor here(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  for (int i = 0; i < depth; ++i) {
    REQUIRE(::mkdirat(here.get(), "d", 0755) == 0);
    Descriptor next(::openat(here.get(), "d", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (i == depth - 1) Descriptor(::openat(next.get(), "f", O_CREAT | O_WRONLY | O_CLOEXEC, 0600));
    if (i > 0) ::fchmod(here.get(), mode);
    here = std::move(next);
  }
}

void fill(const std::string& path, int files) {
  for (int i = 0; i < files; ++i) std::ofstream(path + "/" + std::to_string(i));
}

Duration processor_time() {
  timespec time{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return std::chrono::seconds(time.tv_sec) + Duration(time.tv_nsec);
}

}  // namespace

TEST_CASE("a folder that is deeper than there are descriptors is removed") {
  const std::string path = new_folder();
  rlimit before{};
  ::getrlimit(RLIMIT_NOFILE, &before);
  const rlimit few{128, before.rlim_max};
  REQUIRE(::setrlimit(RLIMIT_NOFILE, &few) == 0);
  dig(path, 1'000);
  remove_folder(path, never);
  ::setrlimit(RLIMIT_NOFILE, &before);
  CHECK_FALSE(fs::exists(path));
}

TEST_CASE("folders that cannot be entered, and names that removal itself would give") {
  const std::string path = new_folder();
  dig(path, 10, 0);
  for (int i = 1; i < 20; ++i) {
    fs::create_directories(path + "/.moved-" + std::to_string(i) + "/inner/most");
    std::ofstream(path + "/.moved-" + std::to_string(i + 20)) << "a file";
  }
  remove_folder(path, never);
  CHECK_FALSE(fs::exists(path));
}

TEST_CASE("what links lead to is not removed") {
  const std::string outside = new_folder();
  fill(outside, 1);
  const std::string path = new_folder();
  fs::create_directory(path + "/inner");
  for (const char* name : {"/link", "/inner/link"}) fs::create_symlink(outside, path + name);
  remove_folder(path, never);
  CHECK_FALSE(fs::exists(path));
  CHECK(fs::exists(outside + "/0"));
  const std::string link = path + "-link";
  fs::create_symlink(outside, link);
  remove_folder(link, never);
  CHECK(fs::exists(outside + "/0"));
  fs::remove(link);
  remove_folder(outside, never);
}

TEST_CASE("where there is no room for a thread, a temporary folder is removed all the same") {
  if (tests::sanitized()) return;  // a sanitizer needs memory of its own
  rlimit before{};
  ::getrlimit(RLIMIT_AS, &before);
  std::string path;
  {
    FolderRemoval removal;
    const TemporaryFolder folder(removal);
    path = folder.path();
    const rlimit none{1 << 20, before.rlim_max};
    REQUIRE(::setrlimit(RLIMIT_AS, &none) == 0);
  }
  ::setrlimit(RLIMIT_AS, &before);
  CHECK_FALSE(fs::exists(path));
}

TEST_CASE("a temporary folder is removed in somebody else's time, before the removal goes") {
  std::string path;
  {
    FolderRemoval removal;
    Duration before{};
    {
      const TemporaryFolder folder(removal);
      path = folder.path();
      fill(path, 2'000);
      before = processor_time();
    }
    CHECK(processor_time() - before < std::chrono::milliseconds(5));
  }
  CHECK_FALSE(fs::exists(path));
}
