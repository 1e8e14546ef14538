// Runs of one scenario against one client with several seeds.
#include "runs.h"

using namespace halfopen;
using namespace halfopen::report;

namespace {

Result with_seed(Result result, std::uint64_t seed) {
  result.trace.header.client = "ours";
  result.trace.header.seed = seed;
  return result;
}

}  // namespace

TEST_CASE("with which seeds a client failed, where it did not with all") {
  const std::vector<Result> some{with_seed(passing(), 1), with_seed(failing(), 2),
                                 with_seed(passing(), 3), with_seed(failing(), 4)};
  CHECK(seeds_that_failed(some) == "drops/reset ours: failed with 2 of 4 seeds (2, 4)\n");
  CHECK(seeds_that_failed({with_seed(failing(), 1), with_seed(failing(), 2)}).empty());
  CHECK(seeds_that_failed({with_seed(passing(), 1), with_seed(passing(), 2)}).empty());
  CHECK(seeds_that_failed({passing(), failing()}).empty());  // two clients
}

TEST_CASE("how often a client failed, where runs were repeated") {
  CHECK(seeds_that_failed({with_seed(passing(), 1), with_seed(failing(), 1)}) ==
        "drops/reset ours: failed in 1 of 2 runs\n");
  CHECK(seeds_that_failed({with_seed(passing(), 1), with_seed(failing(), 2),
                           with_seed(passing(), 1), with_seed(failing(), 2)}) ==
        "drops/reset ours: failed in 2 of 4 runs (with the seeds 2)\n");
}
