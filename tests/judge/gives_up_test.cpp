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

namespace {

/// A connection that falls silent at 1 s, behind data of the client's that nobody acknowledges.
Tale half_open(bool data = true) {
  Tale tale = Tale().begins(0, 1).accepted(0, 1).opened(0, 1);
  tale.event(1, FaultStruck{Layer::drop, "silent", "", true}, 1);
  if (data) tale.event(1.5, DataLost{Side::client, 100, 1, Fate::lost}, 1);
  return tale;
}

}  // namespace

TEST_CASE("a connection that fell silent lives no more: what follows it is silence") {
  CHECK(verdict_on(gives_up, half_open().over(25, "time")) == "pass");
  CHECK(verdict_on(keeps_on, half_open().over(25, "time")) ==
        "fail\ngives_up (3): the client to keep trying | attempt 1 fell silent at 1.00 s, and "
        "nothing came after it until the run ended at 25.00 s");
  CHECK(verdict_on(keeps_on, Tale()
                                 .begins(0, 1)
                                 .accepted(0, 1)
                                 .opened(0, 1)
                                 .event(1, LinkChanged{LinkState::unchanged, true, false, "rebind"})
                                 .event(1.5, DataLost{Side::client, 100, 1, Fate::lost}, 1)
                                 .over(25, "time"))
            .starts_with("fail\ngives_up"));
}

TEST_CASE("too short a silence behind a connection that fell silent decides nothing") {
  const std::string short_one =
      "inconclusive: gives_up is not decided: attempt 1 fell silent at 1.00 s, and only 7.00 s";
  CHECK(verdict_on(gives_up, half_open().over(8, "time")).starts_with(short_one));
  CHECK(verdict_on(keeps_on, half_open().over(8, "time")).starts_with(short_one));
}

TEST_CASE(
    "a client that surely takes a dead connection for alive has not given up, nor does it try") {
  const std::string unnoticed =
      "inconclusive: gives_up is not decided: attempt 1 fell silent at 1.00 s, and nothing shows "
      "that the client has noticed";
  // Nothing would have kept back its FIN.
  CHECK(verdict_on(gives_up, half_open(false).over(25, "time")).starts_with(unnoticed));
  CHECK(verdict_on(keeps_on, half_open(false).over(25, "time")).starts_with(unnoticed));
  const auto reports = [](Tale tale) {
    tale.trace().header.client_can = {"reports"};
    return tale;
  };
  CHECK(verdict_on(gives_up, reports(half_open().over(25, "time"))).starts_with(unnoticed));
  CHECK(verdict_on(gives_up, reports(half_open().says(4, "close", 1006).over(25, "time"))) ==
        "pass");
}

TEST_CASE("of what a client tries without a link nothing is seen") {
  const Tale tale = Tale()
                        .begins(0, 1)
                        .accepted(0, 1)
                        .opened(0, 1)
                        .event(1, LinkChanged{LinkState::down, false, false, "down"})
                        .over(25, "time");
  const std::string unseen =
      "inconclusive: gives_up is not decided: attempt 1 fell silent at 1.00 s, and without a link";
  CHECK(verdict_on(gives_up, tale).starts_with(unseen));
  CHECK(verdict_on(keeps_on, tale).starts_with(unseen));
}

TEST_CASE("a link that is back in time leaves the connection alive") {
  CHECK(verdict_on(keeps_on, Tale()
                                 .begins(0, 1)
                                 .accepted(0, 1)
                                 .opened(0, 1)
                                 .event(1, LinkChanged{LinkState::blackhole, false, false, ""})
                                 .event(2, LinkChanged{LinkState::up, false, false, ""})
                                 .over(25, "time")) == "pass");
}
