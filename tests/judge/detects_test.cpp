// `detects`: how long the client believes in a dead connection.
#include "tale.h"

using namespace halfopen::judge;

namespace {

const std::string silent =
    "[[attempt]]\nsteps = [{ drop = \"silent\" }]\n[expect]\ndetects = \"..10s\"";
const std::string cut =
    "[[attempt]]\nsteps = [{ wait = \"20s\" }]\n[[at]]\ntime = \"1s\"\nlink = \"down\"\n"
    "[expect]\ndetects = \"..10s\"";

Tale struck() {
  return Tale().begins(0, 1).opened(0, 1).event(1, FaultStruck{Layer::drop, "silent", "", true}, 1);
}

}  // namespace

TEST_CASE("a silent fault must be found in time") {
  CHECK(verdict_on(silent, struck().left(8, 1).begins(9, 2).opened(9, 2).over(10)) == "pass");
  CHECK(verdict_on(silent, struck().left(14, 1).begins(15, 2).opened(15, 2).over(16)) ==
        "fail\ndetects (5): ..10s | attempt 1 fell silent at 1.00 s, and the client gave it up "
        "13.00 s later, at 14.00 s");
  CHECK(verdict_on(silent, struck().over(30, "time")) ==
        "fail\ndetects (5): ..10s | attempt 1 fell silent at 1.00 s, and the client had not given "
        "it up when the run ended at 30.00 s");
}

TEST_CASE("the client's own report of the close counts where its FIN is not seen") {
  CHECK(verdict_on(silent, struck().says(6, "close", 1006).begins(7, 2).opened(7, 2).over(10)) ==
        "pass");
}

TEST_CASE("a new connection says that the dead one was found out, if nothing better does") {
  const auto anew = [] { return struck().begins(5, 2).opened(5, 2); };
  CHECK(verdict_on(silent, anew().over(30, "time")) == "pass");
  // This client reports, but no close: it may well hold on to both.
  CHECK(verdict_on(silent, anew().says(5, "open").over(30, "time")) == "pass");
}

TEST_CASE("a link that goes down silences every open connection") {
  const auto down = [] {
    return Tale().begins(0, 1).opened(0, 1).event(
        1, LinkChanged{LinkState::down, false, false, "down"}, 0, 5);
  };
  CHECK(verdict_on(cut, down().left(8, 1).over(9)) == "pass");
  CHECK(verdict_on(cut, down().begins(6, 2).over(9)) == "pass");
  CHECK(verdict_on(cut, down().says(1, "open").left(13, 1).over(14))
            .starts_with("fail\ndetects (8)"));
  CHECK(verdict_on(cut,
                   down().event(4, LinkChanged{LinkState::up, false, false, "up"}).over(20, "time"))
            .ends_with(
                "not judged detects (8): no connection fell silent: the client kept it alive"));
}

TEST_CASE("one direction is enough to silence a connection, and the link's return heals it") {
  const LinkState cut_in_one = GENERATE(LinkState::blackhole_up, LinkState::blackhole_down);
  const auto down = [&] {
    return Tale().begins(0, 1).opened(0, 1).event(1, LinkChanged{cut_in_one, false, false, ""}, 0,
                                                  5);
  };
  CHECK(verdict_on(cut, down().left(8, 1).over(9)) == "pass");
  CHECK(verdict_on(cut, down().left(13, 1).over(14)).starts_with("fail\ndetects (8)"));
  CHECK(verdict_on(cut,
                   down().event(4, LinkChanged{LinkState::up, false, false, "up"}).over(20, "time"))
            .ends_with(
                "not judged detects (8): no connection fell silent: the client kept it alive"));
}

TEST_CASE("a connection that was given up while the link was cut does not live again") {
  CHECK(verdict_on(
            "[[at]]\ntime = \"1s\"\nlink = \"down\"\n[expect]\nattempts = 2",
            Tale()
                .begins(0, 1)
                .opened(0, 1)
                .event(1, LinkChanged{LinkState::blackhole_down, false, false, "blackhole-down"}, 0,
                       5)
                .begins(10, 2)
                .event(14, LinkChanged{LinkState::up, false, false, "up"})
                .opened(15, 2)
                .left(16, 1)
                .over(17)) == "pass");
}

TEST_CASE("a connection that was cut off by rebinding stays dead when the link is up") {
  const auto moved = [] {
    return Tale().begins(0, 1).opened(0, 1).event(
        1, LinkChanged{LinkState::unchanged, true, false, "rebind"}, 0, 5);
  };
  CHECK(verdict_on(
            cut,
            moved().event(2, LinkChanged{LinkState::up, false, false, "up"}).left(8, 1).over(9)) ==
        "pass");
  CHECK(verdict_on(
            cut, moved().event(2, LinkChanged{LinkState::up, false, false, "up"}).over(20, "time"))
            .starts_with("fail\ndetects (8)"));
}

TEST_CASE("what a middlebox does to a connection is a silence, too") {
  const std::string fault = GENERATE("middlebox-forgot", "mtu-blackhole", "accept-silent");
  const auto struck = [&] {
    return Tale().begins(0, 1).opened(0, 1).event(1, FaultStruck{Layer::link, fault, "", true}, 1);
  };
  CHECK(verdict_on(cut, struck().left(8, 1).over(9)) == "pass");
  CHECK(verdict_on(cut, struck().left(13, 1).over(14)).starts_with("fail\ndetects (8)"));
}

TEST_CASE("a connection that vanished while the link was down stays dead when the link is back") {
  const std::string both =
      "[[attempt]]\nsteps = [{ wait = \"2s\" }, { drop = \"silent\" }]\n[[at]]\ntime = \"1s\"\n"
      "link = \"down\"\n[expect]\nattempts = 2";
  const auto told = [](const Body& in_between) {
    return Tale()
        .begins(0, 1)
        .opened(0, 1)
        .event(1, LinkChanged{LinkState::down, false, false, "down"}, 0, 5)
        .event(2, in_between, 1)
        .event(3, LinkChanged{LinkState::up, false, false, "up"})
        .begins(10, 2)
        .opened(10, 2)
        .over(11);
  };
  CHECK(verdict_on(both, told(FaultStruck{Layer::drop, "silent", "", true})) == "pass");
  // Otherwise the first one lives again, and the second is one too many.
  CHECK(verdict_on(both, told(Lag{})).starts_with("fail\ninvariant one-connection"));
}

TEST_CASE("without any silence there is nothing to find") {
  CHECK(verdict_on(silent, Tale().closed_port({0}).over(30, "time")) ==
        "fail\ndetects (5): ..10s | no connection fell silent: the client never got that far");
}

TEST_CASE(
    "detects: the first attempt counts, and one with a table of its own, however few must be") {
  const std::string few = GENERATE("\"..3\"", "\"0..3\"", "\"1..\"");
  const std::string asks = "[expect]\ndetects = \"..30s\"\nattempts = " + few;
  const std::string silences = "[[attempt]]\nsteps = [{ drop = \"silent\" }]\n";
  const std::string open = "inconclusive: detects is not decided: attempt ";
  CHECK(verdict_on(silences + asks, struck().over(12, "time")).starts_with(open + "1"));
  CHECK(verdict_on(silences + asks, struck().over(40, "time")).starts_with("fail\ndetects"));
  const auto in_second = [] {
    return Tale().begins(0, 1).opened(0, 1).ended(1, 1).begins(2, 2).opened(2, 2).event(
        3, FaultStruck{Layer::drop, "silent", "", true}, 2);
  };
  CHECK(verdict_on("[[attempt]]\n" + silences + asks, in_second().over(12, "time"))
            .starts_with(open + "2"));
}

TEST_CASE("detects: a silence that nobody asked for decides where nothing else does") {
  const std::string rest =
      "[[attempt]]\ntimes = \"rest\"\nsteps = [{ drop = \"silent\" }]\n[expect]\n"
      "attempts = \"1..\"\ndetects = \"..30s\"";
  const auto second = [](Tale tale) {
    return tale.begins(4, 2).opened(4, 2).event(5, FaultStruck{Layer::drop, "silent", "", true}, 2);
  };
  CHECK(verdict_on(rest, second(struck().left(3, 1)).over(9, "time")) == "pass");
  CHECK(verdict_on(rest, second(Tale().begins(0, 1).opened(0, 1).ended(3, 1)).over(9, "time"))
            .starts_with("inconclusive: detects is not decided: attempt 2"));
}

TEST_CASE("something else that went wrong is no sign that the client has noticed") {
  CHECK(verdict_on(silent, struck().says(3, "error").over(30, "time")) ==
        "fail\ndetects (5): ..10s | attempt 1 fell silent at 1.00 s, and the client had not given "
        "it up when the run ended at 30.00 s");
  CHECK(verdict_on(silent, struck().says(3, "error").says(3, "close").over(30, "time")) == "pass");
}

TEST_CASE("what a client that does not report cannot show is not judged") {
  const std::string unseen =
      "unsupported: nothing here can be judged: detects, attempt 1 fell silent at 1.00 s, and the "
      "client reports no events: ";
  const DataLost ping{Side::client, 100, 1, Fate::blackholed};
  SECTION("its device was off") {
    const LinkState off = GENERATE(LinkState::down, LinkState::no_carrier);
    const auto down = [&] {
      return Tale().begins(0, 1).opened(0, 1).event(1, LinkChanged{off, false, false, ""}, 0, 5);
    };
    CHECK(verdict_on(
              cut,
              down().event(14, LinkChanged{LinkState::up, false, false, ""}).left(14.5, 1).over(20))
              .starts_with(unseen + "nothing that it sent could leave its device"));
    CHECK(verdict_on(cut, down().over(20, "time")).starts_with(unseen));
    CHECK(verdict_on(cut, down().says(0, "open").over(20, "time")).starts_with("fail\ndetects"));
  }
  SECTION("its FIN waits behind data that nobody acknowledged") {
    CHECK(verdict_on(silent, struck().event(3, ping, 1).over(30, "time"))
              .starts_with(unseen + "its FIN may have waited behind data"));
    CHECK(verdict_on(silent, struck().event(3, ping, 1).begins(20, 2).opened(20, 2).over(30))
              .starts_with(unseen + "its FIN may have waited behind data"));
    CHECK(verdict_on(silent, struck().event(3, ping, 1).begins(9, 2).opened(9, 2).over(30)) ==
          "pass");
    // That came when its time was up; and without any, its FIN would have been seen.
    CHECK(verdict_on(silent, struck().event(12, ping, 1).over(30, "time")).starts_with("fail"));
    CHECK(verdict_on(silent, struck().over(30, "time")).starts_with("fail"));
    CHECK(verdict_on(silent, struck().says(0, "open").event(3, ping, 1).over(30, "time"))
              .starts_with("fail"));
  }
  SECTION("its next attempt is the first sign") {
    CHECK(verdict_on(silent, struck().begins(20, 2).opened(20, 2).over(30))
              .starts_with(unseen + "it may have given it up before its next attempt"));
  }
}
