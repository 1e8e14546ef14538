// What `halfopen new` writes is run as it stands, and the reference client passes it: a right
// client does. That it has no mistakes is asked of every fault in
// tests/scenario/new_scenario_test.cpp.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "support/program.h"
#include "support/scratch.h"

using namespace halfopen::e2e;

TEST_CASE("a new scenario of each kind is run at once, and a right client passes it") {
  const Scratch scratch;
  const std::vector<std::string> troubles{"port=accept-reset", "proxy=forbidden", "tls=expired",
                                          "handshake=503",     "frame=masked",    "frame=bytewise",
                                          "close=1001",        "close=followed",  "drop=reset"};
  for (const std::string& trouble : troubles) {
    const Ended made =
        run_program({.arguments = {"new", "--fault", trouble}, .directory = scratch.path()});
    INFO(made.whole());
    REQUIRE(made.code == 0);
  }
  const Ended run =
      run_program({.arguments = {"run", "my", "--client", source_folder + "/clients/reference",
                                 "--link", "stream", "--json", "run.json"},
                   .directory = scratch.path()},
                  std::chrono::seconds(150));
  INFO(run.whole());
  CHECK(run.code == 0);
  const auto runs = scratch.json("run.json")["runs"];
  CHECK(runs.size() == troubles.size());
  for (const auto& each : runs) {
    INFO(each["scenario"]);
    CHECK(each["outcome"] == "pass");
  }
}
