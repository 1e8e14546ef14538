// How much of the machine's processors this process may use.
#pragma once

#include <filesystem>
#include <optional>

namespace halfopen {

struct Processors {
  int cores = 1;                ///< Those that this process may run on (sched_getaffinity(2)).
  std::optional<double> quota;  ///< What its control groups let it have in all: 0.5 is half a core.

  /// In cores: the quota where that is less than all of them.
  [[nodiscard]] double share() const;
};

[[nodiscard]] Processors usable_processors();

/// The least CPU quota of this process's control group and of those that it lies in, in cores, as
/// cgroups(7) has it in version 2 (`cpu.max`) and 1 (`cpu.cfs_quota_us`); none where there is no
/// limit. `root` stands for "/".
[[nodiscard]] std::optional<double> cpu_quota(const std::filesystem::path& root = "/");

}  // namespace halfopen
