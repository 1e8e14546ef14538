// What `cmake --install` leaves works without the source tree.
#include <catch2/catch.hpp>
#include <filesystem>

#include "support/places.h"
#include "support/program.h"
#include "support/scratch.h"

using namespace halfopen;
using namespace halfopen::e2e;

namespace {

/// halfopen as it was installed below `prefix`, started in an empty folder.
Ended installed(const Scratch& prefix, std::vector<std::string> arguments) {
  const Scratch elsewhere;
  return run_program({.arguments = std::move(arguments),
                      .directory = elsewhere.path(),
                      .program = prefix.path("bin/halfopen")});
}

}  // namespace

TEST_CASE("an installed halfopen knows its scenarios and clients in any folder") {
  const Scratch prefix;
  const Ended put =
      run_program({.arguments = {"--install", tests::in_build(), "--prefix", prefix.path()},
                   .program = "/usr/bin/cmake"});
  INFO(put.whole());
  REQUIRE(put.code == 0);
  CHECK_FALSE(std::filesystem::exists(prefix.path("share/halfopen/clients/node_modules")));

  for (const char* file :
       {"man/man1/halfopen.1", "man/man1/halfopen-run.1", "bash-completion/completions/halfopen",
        "zsh/site-functions/_halfopen", "fish/vendor_completions.d/halfopen.fish"})
    CHECK(std::filesystem::exists(prefix.path(std::string("share/") + file)));

  const Ended listed = installed(prefix, {"list"});
  INFO(listed.whole());
  CHECK(listed.out.find("drops/reset") != std::string::npos);

  const Ended ran = installed(
      prefix, {"run", "drops/reset", "--client", "clients/reference", "--link", "stream"});
  INFO(ran.whole());
  CHECK(ran.code == 0);

  const Ended variant = installed(prefix, {"run", "bad-101/status-200", "--client",
                                           "clients/reference@never-retries", "--link", "stream"});
  INFO(variant.whole());
  CHECK(variant.code == 1);

  const Ended misspelt = installed(prefix, {"run", "drops/rest", "--client", "clients/reference"});
  CHECK(misspelt.err.find("did you mean `drops/reset`") != std::string::npos);
}
