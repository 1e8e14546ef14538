// What `halfopen new` asks.
#include "cli/questions.h"

#include <catch2/catch.hpp>
#include <sstream>
#include <string>

using namespace halfopen;
using Catch::Matchers::Contains;

namespace {

struct Asked {
  std::optional<scenario::NewScenario> wanted;
  std::string said;
};

Asked asked(const std::string& answers) {
  std::istringstream in(answers);
  std::ostringstream out;
  auto wanted = cli::ask(in, out);
  return {std::move(wanted), out.str()};
}

}  // namespace

TEST_CASE("new: empty answers take what stands in brackets") {
  const Asked got = asked("\n\n\n\n\n\n\n");
  INFO(got.said);
  REQUIRE(got.wanted);
  CHECK(name_of(got.wanted->trouble) == "drop=reset");
  CHECK(got.wanted->after == std::chrono::milliseconds(300));
  CHECK_FALSE(got.wanted->attempts);
  CHECK(got.wanted->about == "Resets the TCP connection (RST).");
  CHECK_THAT(got.said, Contains("Which one [reset]: "));
}

TEST_CASE("new: a layer is chosen by its number or its key, and what is wrong is asked again") {
  const Asked got = asked("9\ntls\nexpird\nexpired\n0\n2\n3\nsoon\n1s..20s\nIt is old.\n");
  INFO(got.said);
  REQUIRE(got.wanted);
  CHECK(name_of(got.wanted->trouble) == "tls=expired");
  CHECK(got.wanted->times == 2);
  CHECK(got.wanted->attempts == 3);
  CHECK(got.wanted->gap == "1s..20s");
  CHECK(got.wanted->about == "It is old.");
  CHECK_THAT(got.said, Contains("this is none of them"));
  CHECK_THAT(got.said, Contains("did you mean `tls=expired`?"));
  CHECK_THAT(got.said, Contains("this is no number from 1 to 100"));
  CHECK(name_of(asked("7\n1001\n\n\n\n\n\n").wanted->trouble) == "close=1001");
}

TEST_CASE("new: nothing is made where the answers end") {
  CHECK_FALSE(asked("drop\nreset\n").wanted);
}
