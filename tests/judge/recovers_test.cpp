// `recovers`: from the loss of an open connection to the next one.
#include "tale.h"

using namespace halfopen::judge;

namespace {

const std::string recovers =
    "[[attempt]]\nsteps = [{ drop = \"reset\" }]\n[expect]\nrecovers = \"..5s\"";

Tale reset() {
  return Tale()
      .begins(0, 1)
      .opened(0, 1)
      .event(1, FaultStruck{Layer::drop, "reset", "", false}, 1)
      .ended(1, 1);
}

}  // namespace

TEST_CASE("the next connection must open in time") {
  CHECK(verdict_on(recovers, reset().begins(3, 2).opened(4, 2).over(8)) == "pass");
  CHECK(verdict_on(recovers, reset().begins(3, 2).opened(7, 2).over(10)) ==
        "fail\nrecovers (5): ..5s | the connection of attempt 1 was lost at 1.00 s, and the next "
        "one opened 6.00 s later, at 7.00 s");
}

TEST_CASE("an end in good order is no loss for a client that stays away") {
  const auto anew = [] { return reset().begins(3, 2).opened(4, 2); };
  CHECK(verdict_on(recovers, anew().ended(8, 2, End::close, 1000).over(30, "time")) == "pass");
  CHECK(verdict_on(recovers, anew().event(8, Told{"{}", "close"}).left(8, 2).over(30, "time")) ==
        "pass");
  CHECK(verdict_on(recovers, anew().ended(8, 2, End::close, 1012).over(30, "time"))
            .starts_with("fail\nrecovers"));
  CHECK(verdict_on(recovers, anew().left(8, 2).over(30, "time")).starts_with("fail\nrecovers"));
}

TEST_CASE("recovers: a loss that is under way is not decided, however few attempts must be") {
  const std::string few = GENERATE("\"..3\"", "\"0..3\"", "\"1..\"");
  const std::string asks = "[expect]\nrecovers = \"..30s\"\nattempts = " + few;
  const std::string open = "inconclusive: recovers is not decided: ";
  const std::string table = "[[attempt]]\nsteps = [{ drop = \"reset\" }]\n";
  CHECK(verdict_on(table + asks, reset().over(12, "time")).starts_with(open));
  const auto anew = [] { return reset().begins(3, 2).opened(4, 2).ended(5, 2); };
  CHECK(verdict_on(table + table + asks, anew().over(12, "time")).starts_with(open));
  CHECK(verdict_on(table + asks, anew().over(12, "time")) == "pass");
}

TEST_CASE("recovers: a loss that nobody asked for decides where nothing else does") {
  const std::string rest = "[expect]\nrecovers = \"..30s\"\nattempts = \"1..\"";
  const Tale second =
      Tale().begins(0, 1).refused(0, 1, 503).begins(1, 2).opened(1, 2).ended(5, 2).over(9, "time");
  CHECK(verdict_on(rest, second).starts_with("inconclusive: recovers is not decided"));
}
