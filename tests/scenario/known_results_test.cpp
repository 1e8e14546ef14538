// expected.toml: what a client is known to do otherwise.
#include "scenario/known_results.h"

#include <catch2/catch.hpp>

using namespace halfopen;
using namespace halfopen::scenario;

namespace {

std::string said_about(const std::string& text) {
  std::string said;
  for (const Diagnostic& each : load_known_results(text, "expected.toml").diagnostics)
    said += render(each, text) + "\n";
  return said;
}

}  // namespace

TEST_CASE("a result names the scenario, the verdict and the reason") {
  const auto loaded = load_known_results(
      "\"frames/rsv1\" = { verdict = \"fail\", why = \"takes it\" }\n"
      "[\"tls/expired\"]\nverdict = \"unsupported\"\nwhy = \"no TLS\"\n",
      "expected.toml");
  REQUIRE(loaded.value);
  REQUIRE(loaded.value->size() == 2);
  CHECK(loaded.value->at("frames/rsv1").verdict == "fail");
  CHECK(loaded.value->at("frames/rsv1").why == "takes it");
  CHECK(loaded.value->at("tls/expired").verdict == "unsupported");
  CHECK(loaded.value->at("tls/expired").place.line == 2);
  CHECK(load_known_results("", "expected.toml").value->empty());
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
