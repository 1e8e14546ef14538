// --shard: a batch that several machines share, each doing its part.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/time.h"

namespace halfopen::cli {

/// Counted from 1.
struct Shard {
  int index = 1;
  int of = 1;
  friend bool operator==(const Shard&, const Shard&) = default;
};

/// An environment variable's value; "" where it is not set.
using Variable = std::function<std::string(const char* name)>;

/// "2/8"; "auto", as Bazel, GitLab, CircleCI, Buildkite and Slurm say in the environment; "auto/8"
/// where only the index is said, as Kubernetes does for Indexed Jobs. Throws Misuse.
[[nodiscard]] Shard read_shard(const std::string& given, const Variable& variable);

/// The places of the runs that are this shard's, in ascending order: the longest run goes first, to
/// whoever has least to do. Every machine that is given the same lengths comes to the same parts,
/// and none is empty as long as there are enough runs. Pure.
[[nodiscard]] std::vector<std::size_t> places_of(Shard shard, const std::vector<Duration>& lengths);

}  // namespace halfopen::cli
