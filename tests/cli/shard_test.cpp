// A batch that several machines share.
#include <catch2/catch.hpp>
#include <map>
#include <numeric>
#include <set>

#include "base/error.h"
#include "base/random.h"
#include "cli/command_line.h"
#include "cli/shard.h"
#include "cli/shard_list.h"

using namespace halfopen;
using namespace halfopen::cli;
using namespace std::chrono_literals;
using Catch::Matchers::Contains;

namespace {

Variable in(std::map<std::string, std::string> environment) {
  return [environment = std::move(environment)](const char* name) {
    const auto found = environment.find(name);
    return found == environment.end() ? std::string() : found->second;
  };
}

std::string refusal(const std::string& given, const Variable& variable = in({})) {
  try {
    (void)read_shard(given, variable);
  } catch (const Misuse& misuse) {
    CHECK(misuse.option() == "--shard");
    return misuse.what();
  }
  return "";
}

/// Lengths as a pack has them: a few long ones, many short ones.
std::vector<Duration> lengths_of(std::size_t count) {
  std::vector<Duration> lengths;
  for (std::size_t i = 0; i < count; ++i)
    lengths.push_back(i % 17 == 0 ? Duration(30s) : Duration(100ms * (1 + i % 40)));
  return lengths;
}

ShardList list_of(int index, int of, std::string selection = "abc") {
  return {{index, of}, std::move(selection), 8, {{"drops/reset", "app", 1, "a.jsonl"}}};
}

}  // namespace

TEST_CASE("a shard is said by its index and their number") {
  CHECK(read_shard("2/8", in({})) == Shard{2, 8});
  CHECK(read_shard("1/1", in({})) == Shard{1, 1});
  CHECK_THAT(refusal("0/8"), Contains("counted from 1"));
  CHECK_THAT(refusal("9/8"), Contains("no shard 9 of 8"));
  CHECK_THAT(refusal("1/0"), Contains("0 shards"));
  CHECK_THAT(refusal("1/99999"), Contains("1 to 10000"));
  for (const char* wrong : {"", "2", "2/", "/8", "a/b", "2/8/3", "2 / 8", "2/8x"})
    CHECK_THAT(refusal(wrong), Contains("is none of I/N"));
}

TEST_CASE("the systems that share out jobs say which shard this is") {
  CHECK(read_shard("auto", in({{"TEST_SHARD_INDEX", "0"}, {"TEST_TOTAL_SHARDS", "4"}})) ==
        Shard{1, 4});
  CHECK(read_shard("auto", in({{"CI_NODE_INDEX", "4"}, {"CI_NODE_TOTAL", "4"}})) == Shard{4, 4});
  CHECK(read_shard("auto", in({{"CIRCLE_NODE_INDEX", "3"}, {"CIRCLE_NODE_TOTAL", "4"}})) ==
        Shard{4, 4});
  CHECK(read_shard("auto", in({{"BUILDKITE_PARALLEL_JOB", "1"},
                               {"BUILDKITE_PARALLEL_JOB_COUNT", "4"}})) == Shard{2, 4});
  const std::map<std::string, std::string> slurm{{"SLURM_ARRAY_TASK_ID", "16"},
                                                 {"SLURM_ARRAY_TASK_MIN", "10"},
                                                 {"SLURM_ARRAY_TASK_STEP", "3"},
                                                 {"SLURM_ARRAY_TASK_COUNT", "4"}};
  CHECK(read_shard("auto", in(slurm)) == Shard{3, 4});
  CHECK(read_shard("auto/4", in(slurm)) == Shard{3, 4});
  CHECK(read_shard("auto/6", in({{"JOB_COMPLETION_INDEX", "5"}})) == Shard{6, 6});
}

TEST_CASE("what the environment does not say, or says wrongly, is told") {
  CHECK_THAT(refusal("auto"), Contains("give --shard I/N") && Contains("CI_NODE_INDEX (GitLab)"));
  CHECK_THAT(refusal("auto", in({{"JOB_COMPLETION_INDEX", "1"}})),
             Contains("Kubernetes") && Contains("auto/N"));
  CHECK_THAT(refusal("auto/3", in({{"CI_NODE_INDEX", "1"}, {"CI_NODE_TOTAL", "4"}})),
             Contains("GitLab says by CI_NODE_TOTAL that there are 4"));
  CHECK_THAT(refusal("auto", in({{"CI_NODE_INDEX", "x"}, {"CI_NODE_TOTAL", "4"}})),
             Contains("CI_NODE_INDEX is `x`"));
  CHECK_THAT(refusal("auto/2", in({{"JOB_COMPLETION_INDEX", "2"}})), Contains("no shard 3 of 2"));
}

TEST_CASE("every run is in one shard, and the shards are as long as one another") {
  for (const int of : {1, 2, 3, 8, 40}) {
    const std::vector<Duration> lengths = lengths_of(294);
    std::set<std::size_t> seen;
    std::vector<Duration> loads;
    for (int index = 1; index <= of; ++index) {
      const auto places = places_of({index, of}, lengths);
      CHECK(std::is_sorted(places.begin(), places.end()));
      loads.emplace_back();
      for (const std::size_t place : places) {
        CHECK(seen.insert(place).second);
        loads.back() += lengths[place];
      }
    }
    CHECK(seen.size() == lengths.size());
    const auto [least, most] = std::minmax_element(loads.begin(), loads.end());
    // Longest first is never off by more than the longest run.
    CHECK(*most - *least <= Duration(30s));
    if (of <= 8) CHECK(*most - *least <= Duration(1s));
  }
}

TEST_CASE("no shard is empty while there are runs for it, however short they are") {
  const std::vector<Duration> nothing(10, Duration{});
  for (int index = 1; index <= 10; ++index) CHECK(places_of({index, 10}, nothing).size() == 1);
  CHECK(places_of({11, 11}, nothing).empty());
}

TEST_CASE("the list of a shard is read as it was written") {
  ShardList list = list_of(2, 8);
  list.runs.push_back({"a \"b\"\n", "c\xff", 18446744073709551615U, "d.jsonl"});
  const ShardList read = read_list(to_json(list), "x.json");
  CHECK(read.shard == Shard{2, 8});
  CHECK(read.selection == "abc");
  CHECK(read.runs_in_all == 8);
  REQUIRE(read.runs.size() == 2);
  CHECK(read.runs[1].scenario == "a \"b\"\n");
  CHECK(read.runs[1].seed == 18446744073709551615U);
  CHECK(list_name({2, 8}) == "shard-2-of-8.json");
  for (const char* wrong :
       {"", "[]", "{}", R"({"halfopen": "report"})", R"({"halfopen": "shard", "format": 2})",
        R"({"halfopen": "shard", "format": 1, "shard": "x"})"})
    CHECK_THROWS_WITH(read_list(wrong, "x.json"), Contains("x.json"));
}

TEST_CASE("shards that are missing, there twice, or another batch's are found") {
  CHECK(gaps_in({list_of(1, 2), list_of(2, 2)}, {"a", "b"}).empty());
  const auto missing = gaps_in({list_of(2, 4), list_of(3, 4)}, {"a", "b"});
  REQUIRE(missing.size() == 1);
  CHECK(missing[0] == "of 4 shards these are missing: 1, 4");
  const auto twice = gaps_in({list_of(1, 2), list_of(2, 2), list_of(1, 2)}, {"a", "b", "c"});
  REQUIRE(twice.size() == 1);
  CHECK(twice[0] == "shard 1 of 2 is there twice: in a and in c");
  CHECK_THAT(gaps_in({list_of(1, 2), list_of(2, 2, "other")}, {"a", "b"}).front(),
             Contains("b: shard 2 of 2 belongs to another batch"));
  CHECK_FALSE(gaps_in({list_of(1, 2), list_of(2, 3)}, {"a", "b"}).empty());
}
