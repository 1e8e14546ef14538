// `attempts`, `opens`.
#include "tale.h"

using namespace halfopen::judge;

TEST_CASE("attempts are counted") {
  const Tale tale = Tale().closed_port({0, 1, 3}).over(10, "time");
  CHECK(verdict_on("[expect]\nattempts = 3", tale) == "pass");
  CHECK(verdict_on("[expect]\nattempts = \"2..\"", tale) == "pass");
  CHECK(verdict_on("[expect]\nattempts = 2", tale) ==
        "fail\nattempts (3): 2 | 3 attempts, at 0.00 s, 1.00 s, 3.00 s");
  CHECK(verdict_on("[expect]\nattempts = \"4..\"", tale) ==
        "fail\nattempts (3): 4.. | 3 attempts, at 0.00 s, 1.00 s, 3.00 s");
}

TEST_CASE("a client that does nothing has failed, unless nothing is what it should do") {
  const Tale nothing = Tale().over(10, "time");
  CHECK(verdict_on("[expect]\nopens = \"0..\"", nothing) ==
        "fail\nattempts (0): at least one attempt | no attempt");
  CHECK(verdict_on("[expect]\nattempts = 0", nothing) == "pass");
}

TEST_CASE("opens are counted") {
  const Tale tale = Tale().begins(0, 1).refused(0.1, 1, 503).begins(1, 2).opened(1.1, 2).over(3);
  CHECK(verdict_on("[expect]\nopens = 1", tale) == "pass");
  CHECK(verdict_on("[expect]\nopens = \"2..\"", tale) ==
        "fail\nopens (3): 2.. | 1 open, at 1.10 s");
  CHECK(verdict_on("[expect]\nopens = 0", tale) == "fail\nopens (3): 0 | 1 open, at 1.10 s");
}

TEST_CASE("a command without the address is told where that belongs") {
  const auto never = [](const std::string& given) {
    Tale tale;
    tale.trace().header.client_given = given;
    return verdict_on(
        "[expect]\nattempts = 1",
        tale.event(0, ClientStarted{{"/bin/sh", "-c", "exec " + given}}).over(30, "time"));
  };
  CHECK(never("node app.js") ==
        "fail\nattempts (3): 1 | no attempt; the address stands nowhere in the command, unless it "
        "reads HALFOPEN_URL: write {url} where it belongs");
  CHECK(never("node app.js {url}") == "fail\nattempts (3): 1 | no attempt");
}
