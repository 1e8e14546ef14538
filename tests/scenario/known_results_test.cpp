// expected.toml: what a client is known to do otherwise.
#include "scenario/known_results.h"

#include <catch2/catch.hpp>

using namespace halfopen;
using namespace halfopen::scenario;

namespace {

const std::vector<std::string> names{"x", "frames/rsv1", "tls/expired"};

std::string said_about(const std::string& text) {
  std::string said;
  for (const Diagnostic& each : load_known_results(text, "expected.toml", names).diagnostics)
    said += render(each, text) + "\n";
  return said;
}

}  // namespace

TEST_CASE("a result names the scenario, the verdict and the reason") {
  const auto loaded = load_known_results(
      "\"frames/rsv1\" = { verdict = \"fail\", why = \"takes it\" }\n"
      "[\"tls/expired\"]\nverdict = \"unsupported\"\nwhy = \"no TLS\"\n",
      "expected.toml", names);
  REQUIRE(loaded.value);
  REQUIRE(loaded.value->size() == 2);
  CHECK(loaded.value->at("frames/rsv1").verdict == "fail");
  CHECK(loaded.value->at("frames/rsv1").why == "takes it");
  CHECK(loaded.value->at("tls/expired").verdict == "unsupported");
  CHECK(loaded.value->at("tls/expired").place.line == 2);
  CHECK(load_known_results("", "expected.toml", names).value->empty());
}

TEST_CASE("mistakes in expected.toml are told with their places") {
  CHECK(said_about("x = \"fail\"\n") ==
        "expected.toml:1:5: a scenario's result is a table, like \"x\" = { verdict = \"fail\", why "
        "= \"…\" }; found the string \"fail\"\n    x = \"fail\"\n        ^\n");
  CHECK(said_about("x = { verdict = \"pass\", why = \"\" }\n") ==
        "expected.toml:1:17: `verdict`: unknown verdict to be named here `pass`; there is fail or "
        "unsupported\n    x = { verdict = \"pass\", why = \"\" }\n                    ^\n"
        "expected.toml:1:25: say why, in one line\n"
        "    x = { verdict = \"pass\", why = \"\" }\n                            ^\n");
  CHECK(said_about("x = { verdikt = \"fail\", why = \"y\" }\n")
            .find("unknown key `verdikt` in a result in expected.toml; did you mean `verdict`?") !=
        std::string::npos);
}

TEST_CASE("a name of no scenario is a mistake like others, told in their order") {
  CHECK(said_about("\"frames/rsv2\" = { verdict = \"fail\", why = \"takes it\" }\n"
                   "x = 1\n"
                   "mine = { verdict = \"fail\", why = \"y\" }\n") ==
        "expected.toml:1:1: there is no scenario `frames/rsv2`; did you mean `frames/rsv1`?\n"
        "    \"frames/rsv2\" = { verdict = \"fail\", why = \"takes it\" }\n    ^\n"
        "expected.toml:2:5: a scenario's result is a table, like \"x\" = { verdict = \"fail\", why "
        "= \"…\" }; found the integer 1\n    x = 1\n        ^\n"
        "expected.toml:3:1: there is no scenario `mine` below scenarios/ or beside those given\n"
        "    mine = { verdict = \"fail\", why = \"y\" }\n    ^\n");
}
