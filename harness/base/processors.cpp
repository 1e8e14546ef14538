#include "base/processors.h"

#include <sched.h>

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace halfopen {
namespace {

namespace fs = std::filesystem;

/// The set grows until it has room for all processors that the kernel knows of.
std::optional<int> cores_by_affinity() {
  constexpr int most = 1 << 20;
  for (int room = 1024; room <= most; room *= 2) {
    std::vector<cpu_set_t> set(static_cast<std::size_t>(room) / (8 * sizeof(cpu_set_t)));
    const std::size_t size = set.size() * sizeof(cpu_set_t);
    if (::sched_getaffinity(0, size, set.data()) == 0) return CPU_COUNT_S(size, set.data());
    if (errno != EINVAL) break;
  }
  return std::nullopt;
}

/// Both in microseconds; a quota of "max" or below zero is none.
std::optional<double> share_of(const std::string& quota, double period) {
  char* end = nullptr;
  const double allowed = std::strtod(quota.c_str(), &end);
  if (end == quota.c_str() || !(allowed > 0) || !(period > 0)) return std::nullopt;
  return allowed / period;
}

std::optional<double> quota_in_version_2(const fs::path& group) {
  std::ifstream file(group / "cpu.max");
  std::string quota;
  double period = 0;
  if (!(file >> quota >> period)) return std::nullopt;
  return share_of(quota, period);
}

std::optional<double> quota_in_version_1(const fs::path& group) {
  std::ifstream quota_file(group / "cpu.cfs_quota_us");
  std::ifstream period_file(group / "cpu.cfs_period_us");
  std::string quota;
  double period = 0;
  if (!(quota_file >> quota) || !(period_file >> period)) return std::nullopt;
  return share_of(quota, period);
}

using QuotaIn = std::optional<double> (*)(const fs::path& group);

/// A group is held to the quotas of those above it, too. In a container the path may be that on the
/// host: then only its last part, which is "/" there, is to be seen.
std::optional<double> least_quota(const fs::path& mount, fs::path group, QuotaIn quota_in) {
  std::optional<double> least;
  group = group.relative_path();
  while (true) {
    if (const auto quota = quota_in(mount / group))
      least = std::min(least.value_or(*quota), *quota);
    if (group.empty()) return least;
    group = group.parent_path();
  }
}

/// A line of /proc/self/cgroup: "0::/user.slice" in version 2, "4:cpu,cpuacct:/a/b" in version 1.
struct Membership {
  std::string controllers;  ///< "" in version 2.
  std::string group;
};

std::optional<Membership> membership(const std::string& line) {
  const std::size_t first = line.find(':');
  const std::size_t second = line.find(':', first + 1);
  if (first == std::string::npos || second == std::string::npos) return std::nullopt;
  return Membership{line.substr(first + 1, second - first - 1), line.substr(second + 1)};
}

bool has_cpu(const std::string& controllers) {
  return ("," + controllers + ",").find(",cpu,") != std::string::npos;
}

}  // namespace

double Processors::share() const { return std::min<double>(cores, quota.value_or(cores)); }

std::optional<double> cpu_quota(const fs::path& root) {
  const fs::path mounts = root / "sys/fs/cgroup";
  std::ifstream file(root / "proc/self/cgroup");
  std::optional<double> least;
  const auto heed = [&](const std::optional<double>& quota) {
    if (quota) least = std::min(least.value_or(*quota), *quota);
  };
  for (std::string line; std::getline(file, line);) {
    const auto member = membership(line);
    if (!member) continue;
    if (member->controllers.empty()) {
      for (const char* hierarchy : {"", "unified"})
        heed(least_quota(mounts / hierarchy, member->group, quota_in_version_2));
    } else if (has_cpu(member->controllers)) {
      // Where several are mounted as one, "cpu" is a link to it, whatever their order here.
      for (const std::string& hierarchy : {member->controllers, std::string("cpu")})
        heed(least_quota(mounts / hierarchy, member->group, quota_in_version_1));
    }
  }
  return least;
}

Processors usable_processors() {
  const int present = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
  return {cores_by_affinity().value_or(present), cpu_quota()};
}

}  // namespace halfopen
