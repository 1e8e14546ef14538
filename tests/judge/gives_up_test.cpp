// `gives_up`: silence that means something.
#include "tale.h"

using namespace halfopen::judge;

namespace {
const std::string gives_up = "[expect]\ngives_up = true\nattempts = \"1..5\"";
const std::string keeps_on = "[expect]\ngives_up = false";
}  // namespace

TEST_CASE("a client has given up when its silence is three times its longest gap, and 10 s") {
  CHECK(verdict_on(gives_up, Tale().closed_port({0, 1, 3}).over(13.1, "time")) == "pass");
  CHECK(
      verdict_on(gives_up, Tale().closed_port({0, 1, 3}).over(5.5, "time")) ==
      "inconclusive: gives_up is not decided: attempt 3 ended at 3.00 s by RST, and only 2.50 s of "
      "silence followed (it takes 10.00 s to tell): raise `within`, or let the client say "
      "\"gave-up\"\nnot decided gives_up (3): attempt 3 ended at 3.00 s by RST, and only 2.50 s of "
      "silence followed (it takes 10.00 s to tell): raise `within`, or let the client say "
      "\"gave-up\"");
  CHECK(verdict_on(gives_up, Tale().closed_port({0, 10}).over(39, "time"))
            .starts_with("inconclusive: gives_up"));
}

TEST_CASE("where the client can say that it gave up, its word decides") {
  const auto can = [](Tale tale) {
    tale.trace().header.client_can = {"reports", "gave-up"};
    return tale;
  };
  CHECK(verdict_on(keeps_on, can(Tale().closed_port({0, 1}).over(38, "time"))) == "pass");
  CHECK(verdict_on(gives_up, can(Tale().closed_port({0, 1}).over(38, "time")))
            .starts_with("fail\ngives_up (3): the client to give up"));
}

TEST_CASE("a client that exits, or says so, has given up") {
  CHECK(verdict_on(gives_up, Tale()
                                 .closed_port({0, 1})
                                 .event(1.1, ClientExited{0, 0, false})
                                 .over(1.4, "client-exited")) == "pass");
  CHECK(verdict_on(gives_up, Tale().closed_port({0, 1}).says(1.1, "gave-up").over(2, "time")) ==
        "pass");
}

TEST_CASE("a client with a live connection has not given up") {
  CHECK(verdict_on(gives_up, Tale().begins(0, 1).opened(0, 1).over(30, "time")) ==
        "fail\ngives_up (3): the client to give up | attempt 1 still lives at the end of the run");
}

TEST_CASE("a client that must keep trying must not stop") {
  CHECK(verdict_on(keeps_on, Tale().closed_port({0, 1, 3, 7}).over(8, "time")) == "pass");
  CHECK(verdict_on(keeps_on, Tale().closed_port({0, 1}).begins(2, 3).opened(2, 3).over(4)) ==
        "pass");
  CHECK(verdict_on(keeps_on, Tale().closed_port({0, 1}).over(30, "time")) ==
        "fail\ngives_up (3): the client to keep trying | attempt 2 ended at 1.00 s by RST, and "
        "nothing came after it until the run ended at 30.00 s");
  CHECK(
      verdict_on(keeps_on, Tale().closed_port({0}).says(1, "gave-up").over(2, "time")) ==
      "fail\ngives_up (3): the client to keep trying | the client said at 1.00 s that it gave up");
  CHECK(verdict_on(
            keeps_on,
            Tale().closed_port({0}).event(1, ClientExited{0, 0, false}).over(2, "client-exited")) ==
        "fail\ngives_up (3): the client to keep trying | the client exited at 1.00 s");
}

TEST_CASE(
    "a run that is shorter than the silence that it takes to tell decides nothing against it") {
  const Tale trying = Tale().closed_port({0, 1, 3, 7}).over(8, "time");
  CHECK(verdict_on(gives_up + "\nwithin = \"8s\"", trying)
            .starts_with("inconclusive: gives_up is not decided: attempt 4 ended at 7.00 s"));
  CHECK(verdict_on(gives_up + "\nwithin = \"30s\"", trying).starts_with("fail\ngives_up"));
  CHECK(verdict_on(keeps_on + "\nwithin = \"8s\"", trying) == "pass");
}
