// Where halfopen has no resolver for the client.
#include <catch2/catch.hpp>

#include "support/program.h"

using namespace halfopen::e2e;
using Catch::Matchers::Contains;

TEST_CASE("the stream link has no resolver, and says so") {
  const Ended ended = run_halfopen({"run", "dns/nxdomain", "--client",
                                    source_folder + "/clients/reference", "--link", "stream"});
  INFO(ended.whole());
  CHECK_THAT(ended.out, Contains("unsupported") && Contains("a resolver of its own"));
}
