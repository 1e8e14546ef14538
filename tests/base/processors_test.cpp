// Processors by affinity and by the quotas of control groups.
#include "base/processors.h"

#include <sched.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>

using namespace halfopen;

namespace {

namespace fs = std::filesystem;

/// A root folder with what the kernel would say; gone with the test.
class Root {
 public:
  Root() { REQUIRE(::mkdtemp(path_.data()) != nullptr); }
  Root(const Root&) = delete;
  Root& operator=(const Root&) = delete;
  ~Root() { fs::remove_all(path_); }

  Root& file(const std::string& name, const std::string& text) {
    const fs::path whole = fs::path(path_) / name;
    fs::create_directories(whole.parent_path());
    std::ofstream(whole) << text;
    return *this;
  }
  [[nodiscard]] std::optional<double> quota() const { return cpu_quota(path_); }

 private:
  std::string path_ = (fs::temp_directory_path() / "halfopen-root-XXXXXX").string();
};

}  // namespace

TEST_CASE("cpu quota: version 2, the least of the group and those above it") {
  Root root;
  root.file("proc/self/cgroup", "0::/ci.slice/job.scope\n")
      .file("sys/fs/cgroup/ci.slice/cpu.max", "150000 100000\n")
      .file("sys/fs/cgroup/ci.slice/job.scope/cpu.max", "max 100000\n");
  CHECK(root.quota() == 1.5);
  root.file("sys/fs/cgroup/ci.slice/job.scope/cpu.max", "25000 50000\n");
  CHECK(root.quota() == 0.5);
  root.file("sys/fs/cgroup/ci.slice/job.scope/cpu.max", "400000 100000\n");
  CHECK(root.quota() == 1.5);
}

TEST_CASE("cpu quota: a container sees its own group as the uppermost") {
  Root root;
  root.file("sys/fs/cgroup/cpu.max", "50000 100000\n");
  root.file("proc/self/cgroup", "0::/\n");
  CHECK(root.quota() == 0.5);
  // … or under the host's name for it, which is not there.
  root.file("proc/self/cgroup", "0::/docker/3917b7bf\n");
  CHECK(root.quota() == 0.5);
}

TEST_CASE("cpu quota: version 1, beside other controllers") {
  Root root;
  root.file("proc/self/cgroup",
            "9:cpuset:/other\n4:cpu,cpuacct:/a/b\n3:memory:/a\n1:name=systemd:/a\n0::/\n")
      .file("sys/fs/cgroup/cpu,cpuacct/a/b/cpu.cfs_quota_us", "-1\n")
      .file("sys/fs/cgroup/cpu,cpuacct/a/b/cpu.cfs_period_us", "100000\n");
  CHECK_FALSE(root.quota());
  root.file("sys/fs/cgroup/cpu,cpuacct/a/b/cpu.cfs_quota_us", "250000\n");
  CHECK(root.quota() == 2.5);
  root.file("sys/fs/cgroup/cpu,cpuacct/a/cpu.cfs_quota_us", "20000\n")
      .file("sys/fs/cgroup/cpu,cpuacct/a/cpu.cfs_period_us", "10000\n");
  CHECK(root.quota() == 2.0);
  root.file("proc/self/cgroup", "4:cpuacct,cpu:/a\n")
      .file("sys/fs/cgroup/cpu/a/cpu.cfs_quota_us", "10000\n")
      .file("sys/fs/cgroup/cpu/a/cpu.cfs_period_us", "10000\n");
  CHECK(root.quota() == 1.0);
}

TEST_CASE("cpu quota: version 2 beside version 1") {
  Root root;
  root.file("proc/self/cgroup", "4:memory:/a\n0::/a\n")
      .file("sys/fs/cgroup/unified/a/cpu.max", "50000 100000\n");
  CHECK(root.quota() == 0.5);
}

TEST_CASE("cpu quota: none where there is none, and where files say nothing of use") {
  Root root;
  CHECK_FALSE(root.quota());
  root.file("proc/self/cgroup", "0::/a\nnonsense\n\n");
  CHECK_FALSE(root.quota());
  for (const char* text : {"", "max 100000\n", "max\n", "0 100000\n", "100000 0\n", "x y\n", "1"}) {
    INFO(text);
    CHECK_FALSE(root.file("sys/fs/cgroup/a/cpu.max", text).quota());
  }
}

TEST_CASE("processors: those that the process may run on, not all that there are") {
  // On a thread of its own: the affinity is the thread's.
  std::thread([] {
    cpu_set_t before;
    REQUIRE(::sched_getaffinity(0, sizeof before, &before) == 0);
    CHECK(usable_processors().cores == CPU_COUNT(&before));
    int one = 0;
    while (!CPU_ISSET(one, &before)) ++one;
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET(one, &set);
    REQUIRE(::sched_setaffinity(0, sizeof set, &set) == 0);
    CHECK(usable_processors().cores == 1);
  }).join();
}

TEST_CASE("processors: their share is the quota where that is less") {
  CHECK(Processors{64, std::nullopt}.share() == 64.0);
  CHECK(Processors{64, 0.5}.share() == 0.5);
  CHECK(Processors{2, 8.0}.share() == 2.0);
}
