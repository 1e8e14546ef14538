#include "cli/shard.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <numeric>
#include <optional>

#include "cli/command_line.h"

namespace halfopen::cli {
namespace {

constexpr int most_shards = 10'000;

std::optional<int> number(std::string_view text) {
  int value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (read.ec != std::errc() || read.ptr != text.data() + text.size()) return std::nullopt;
  return value;
}

/// How a system tells a job which of several it is.
struct System {
  const char* name;
  const char* index;
  const char* of;     ///< Null where it does not tell.
  const char* first;  ///< The variable that has the first index; null: see `base`.
  int base;           ///< The first index.
  const char* step;   ///< From one index to the next; null: 1.
};

constexpr std::array<System, 6> systems{{
    {"Bazel", "TEST_SHARD_INDEX", "TEST_TOTAL_SHARDS", nullptr, 0, nullptr},
    {"GitLab", "CI_NODE_INDEX", "CI_NODE_TOTAL", nullptr, 1, nullptr},
    {"CircleCI", "CIRCLE_NODE_INDEX", "CIRCLE_NODE_TOTAL", nullptr, 0, nullptr},
    {"Buildkite", "BUILDKITE_PARALLEL_JOB", "BUILDKITE_PARALLEL_JOB_COUNT", nullptr, 0, nullptr},
    {"Slurm", "SLURM_ARRAY_TASK_ID", "SLURM_ARRAY_TASK_COUNT", "SLURM_ARRAY_TASK_MIN", 0,
     "SLURM_ARRAY_TASK_STEP"},
    {"Kubernetes", "JOB_COMPLETION_INDEX", nullptr, nullptr, 0, nullptr},
}};

[[noreturn]] void refuse(const std::string& why) { throw Misuse("--shard", why); }

int number_in(const char* name, const Variable& variable, int otherwise) {
  const std::string text = variable(name);
  if (text.empty()) return otherwise;
  const auto value = number(text);
  if (!value) refuse(fmt::format("the variable {} is `{}`, and no whole number", name, text));
  return *value;
}

Shard checked(Shard shard, const std::string& said_by) {
  if (shard.of < 1 || shard.of > most_shards)
    refuse(fmt::format("{}: of {} shards; 1 to {} are possible", said_by, shard.of, most_shards));
  if (shard.index < 1 || shard.index > shard.of)
    refuse(fmt::format("{}: there is no shard {} of {}; they are counted from 1", said_by,
                       shard.index, shard.of));
  return shard;
}

/// `of`: as --shard has it, or none.
Shard from_environment(std::optional<int> of, const Variable& variable) {
  for (const System& system : systems) {
    if (variable(system.index).empty()) continue;
    const int first =
        system.first == nullptr ? system.base : number_in(system.first, variable, system.base);
    const int step = system.step == nullptr ? 1 : number_in(system.step, variable, 1);
    const int index = number_in(system.index, variable, 0) - first;
    const int said = system.of == nullptr ? 0 : number_in(system.of, variable, 0);
    if (said == 0 && !of)
      refuse(
          fmt::format("{} says by {} which shard this is, but nothing says of how many; give "
                      "--shard auto/N",
                      system.name, system.index));
    if (said != 0 && of && said != *of)
      refuse(fmt::format("auto/{}: {} says by {} that there are {}", *of, system.name, system.of,
                         said));
    return checked({index / std::max(step, 1) + 1, said != 0 ? said : *of},
                   fmt::format("as {} says", system.name));
  }
  std::string names;
  for (const System& system : systems)
    names += fmt::format("{}{} ({})", names.empty() ? "" : ", ", system.index, system.name);
  refuse("nothing in the environment says which shard this is: none of " + names +
         " is set; give --shard I/N");
}

}  // namespace

Shard read_shard(const std::string& given, const Variable& variable) {
  if (given == "auto") return from_environment(std::nullopt, variable);
  const std::size_t slash = given.find('/');
  const std::string_view whole = given;
  if (slash != std::string::npos) {
    const auto of = number(whole.substr(slash + 1));
    const std::string_view index = whole.substr(0, slash);
    if (of && index == "auto") return from_environment(of, variable);
    if (const auto which = number(index); which && of) return checked({*which, *of}, given);
  }
  refuse("`" + given + "` is none of I/N, such as 2/8, auto, and auto/N");
}

std::vector<std::size_t> places_of(Shard shard, const std::vector<Duration>& lengths) {
  constexpr Duration least = std::chrono::milliseconds(100);  // no run costs nothing
  std::vector<std::size_t> order(lengths.size());
  std::iota(order.begin(), order.end(), 0U);
  std::ranges::stable_sort(
      order, [&](std::size_t one, std::size_t other) { return lengths[one] > lengths[other]; });
  std::vector<Duration> loads(static_cast<std::size_t>(shard.of));
  std::vector<std::size_t> places;
  for (const std::size_t place : order) {
    const auto lightest = std::ranges::min_element(loads);
    *lightest += std::max(lengths[place], least);
    if (lightest - loads.begin() == shard.index - 1) places.push_back(place);
  }
  std::ranges::sort(places);
  return places;
}

}  // namespace halfopen::cli
