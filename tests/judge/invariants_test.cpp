// The invariants: each is broken here in its own way, and kept by the client next to it.
#include "scenario/invariants.h"

#include <algorithm>

#include "report/verdict_words.h"
#include "tale.h"

using namespace halfopen;
using namespace halfopen::judge;

namespace {

const std::string any = "[expect]\nopens = \"0..\"";

Tale opened_once() { return Tale().begins(0, 1).opened(0, 1); }

// The verdict with all invariants, and whether waiving the one named makes it a pass.
std::string broken(const std::string& invariant, const Tale& tale) {
  CHECK(verdict_on(any + "\nwaive = [\"" + invariant + "\"]", tale) == "pass");
  return verdict_on(any, tale);
}

}  // namespace

TEST_CASE("what the server sees at once is a failure, said once a rule") {
  for (const char* rule :
       {"masked-frames", "valid-frames", "no-plaintext-to-tls", "valid-handshake-request",
        "version-13", "no-data-after-close", "waits-for-answer"}) {
    const Tale tale = opened_once()
                          .event(1, Violation{rule, "it did"}, 1)
                          .event(2, Violation{rule, "it did again"}, 1)
                          .over(3);
    CHECK(broken(rule, tale) == std::string("fail\ninvariant ") + rule +
                                    " (0): it to hold | it did (attempt 1, at 1.00 s), and 1 time "
                                    "more");
  }
}

TEST_CASE("fresh-key: every attempt has a key of its own") {
  const auto with_keys = [](const std::string& a, const std::string& b) {
    return Tale()
        .begins(0, 1)
        .accepted(0, 1)
        .requested(0, 1, a)
        .ended(0.1, 1)
        .begins(2, 2)
        .accepted(2, 2)
        .requested(2, 2, b)
        .ended(2.1, 2)
        .over(3);
  };
  CHECK(verdict_on(any, with_keys("a", "b")) == "pass");
  CHECK(broken("fresh-key", with_keys("a", "a")) ==
        "fail\ninvariant fresh-key (0): a new Sec-WebSocket-Key for every attempt | attempts 1 and "
        "2 both sent a");
}

TEST_CASE("one-close: one report for each connection that ended") {
  const auto reporting = [](Tale tale) {
    tale.trace().header.client_can = {"reports"};
    return tale;
  };
  const Tale refused = Tale().closed_port({1});
  const Tale twice =
      reporting(Tale(refused).says(1.002, "close", 1000).says(1.005, "close", 1006).over(9));
  CHECK(
      broken("one-close", twice) ==
      "fail\ninvariant one-close (0): one `close` reported for each connection that ended | two "
      "of them for one end: `close` 1000, not clean at 1.00 s and `close` 1006, not clean at 1.00 "
      "s, after 1 attempt");
  SECTION("a black box may print what it likes") {
    Tale box = twice;
    box.trace().header.client_can = {};
    CHECK(verdict_on(any, box) == "pass");
  }
  SECTION("more reports than ends are too many, however far apart") {
    const auto late = [&] {
      return Tale(refused)
          .says(1.002, "close", 1006)
          .begins(2, 2)
          .opened(2, 2)
          .says(2, "open")
          .says(2.5, "close", 1006);
    };
    CHECK(broken("one-close", reporting(late().over(9))) ==
          "fail\ninvariant one-close (0): one `close` reported for each connection that ended | 1 "
          "of 2 attempts ended, and it reported 2 `close`s");
    // Of the second, whose end may not have been seen yet; of one without a device; of a page.
    CHECK(verdict_on(any, reporting(late().over(3))) == "pass");
    CHECK(verdict_on(
              any,
              reporting(late().event(3, LinkChanged{LinkState::down, false, false, ""}).over(9))) ==
          "pass");
    Tale page = late().over(9);
    page.trace().header.client_can = {"reports", "page"};
    CHECK(verdict_on(any, page) == "pass");
  }
  SECTION("an old connection may be reported late, beside the new one") {
    const Tale late =
        Tale(refused).begins(2, 2).opened(2.1, 2).says(2.1, "open").says(2.2, "close", 1006);
    CHECK(verdict_on(any, reporting(Tale(late).over(9))) == "pass");
  }
  SECTION("attempts that nobody sees, without a device, are reported too") {
    const Tale offline = Tale(refused)
                             .says(1.002, "close", 1006)
                             .event(1.003, LinkChanged{LinkState::down, false, false, ""})
                             .says(1.01, "close", 1006)
                             .says(1.02, "close", 1006)
                             .over(9);
    CHECK(verdict_on(any, reporting(offline)) == "pass");
  }
  const auto opens_and_ends = [&](double until) {
    return reporting(
        Tale().begins(0, 1).opened(0, 1).says(0, "open").ended(1, 1).left(1.1, 1).over(until));
  };
  CHECK(broken("one-close", opens_and_ends(9)) ==
        "fail\ninvariant one-close (0): one `close` reported for each connection that ended | 1 "
        "connection opened and 1 of them ended, and it reported 0 `close`s");
  SECTION("it may still come when the run ends: not decided") {
    CHECK(verdict_on(any, opens_and_ends(5))
              .starts_with(
                  "inconclusive: invariant one-close is not decided: the client has reported no "
                  "`close` of the end at 1.00 s, and the run ended 4.00 s later, before its time "
                  "was up: raise `within`\n"));
  }
  SECTION("nobody asked for that attempt: the end of the run may cut it off") {
    const Tale second = Tale()
                            .begins(0, 1)
                            .opened(0, 1)
                            .says(0, "open")
                            .ended(1, 1)
                            .says(1, "close", 1006)
                            .begins(2, 2)
                            .opened(2, 2)
                            .says(2, "open")
                            .ended(3, 2);
    CHECK(verdict_on(any, reporting(Tale(second).over(5, "time"))) == "pass");
    CHECK(verdict_on("[expect]\nattempts = 2", reporting(Tale(second).over(5, "time")))
              .starts_with("inconclusive: invariant one-close"));
  }
  SECTION("behind the server's Close a client may wait for the end of TCP") {
    const auto closed = [&] {
      return Tale().begins(0, 1).opened(0, 1).says(0, "open").event(1, EndVisible{End::close, 1000},
                                                                    1);
    };
    CHECK(verdict_on(any, reporting(closed().over(20))) == "pass");
    CHECK(verdict_on(any, reporting(closed().event(8, AttemptOver{}, 1).over(12)))
              .starts_with("inconclusive"));
    CHECK(broken("one-close", reporting(closed().event(8, AttemptOver{}, 1).over(14)))
              .starts_with("fail\n"));
  }
  SECTION("a client that is stopped says nothing, and has its time when it goes on") {
    const auto frozen = [&] {
      return Tale()
          .begins(0, 1)
          .opened(0, 1)
          .says(0, "open")
          .event(0.5, Told{"", "freeze"})
          .ended(1, 1);
    };
    CHECK(verdict_on(any, reporting(frozen().over(20))) == "pass");
    const auto thawed = [&] { return frozen().event(10, Told{"", "thaw"}); };
    CHECK(verdict_on(any, reporting(thawed().says(14, "close", 1006).over(20))) == "pass");
    CHECK(verdict_on(any, reporting(thawed().over(14))).starts_with("inconclusive"));
    CHECK(broken("one-close", reporting(thawed().over(16))).starts_with("fail\n"));
  }
  SECTION("halfopen's own lateness may be what it waited for") {
    Tale late = opens_and_ends(6.1);
    late.trace().events.insert(
        late.trace().events.end() - 1,
        {std::chrono::seconds(2), 0, 0, Lag{std::chrono::milliseconds(150)}});
    CHECK(broken("one-close", late).starts_with("inconclusive: halfopen itself was late"));
  }
}

TEST_CASE("one-connecting: no attempt while another is in CONNECTING") {
  const Tale impatient =
      Tale().begins(0, 1).accepted(0, 1).begins(2, 2).opened(2, 2).left(2.5, 1).over(4);
  CHECK(broken("one-connecting", impatient) ==
        "fail\ninvariant one-connecting (0): one connection at a time in CONNECTING | attempt 2 "
        "began at 2.00 s while attempt 1 was still connecting (until 2.50 s)");
  const Tale patient =
      Tale().begins(0, 1).accepted(0, 1).left(1.99, 1).begins(2, 2).opened(2, 2).over(4);
  CHECK(verdict_on(any, patient) == "pass");
}

TEST_CASE("one-connecting: the two families of addresses may race, but only they") {
  const auto race = [&](const std::vector<std::string>& peers) {
    Tale tale;
    for (std::size_t i = 0; i < peers.size(); ++i)
      tale.event(0.25 * static_cast<double>(i), AttemptBegins{peers[i]}, static_cast<int>(i) + 1);
    return tale.accepted(0.9, 1).opened(1, 1).over(5);
  };
  CHECK(verdict_on(any, race({"[2001:db8:1::10]:41000", "192.0.2.10:41000"})) == "pass");
  CHECK(broken("one-connecting",
               race({"[2001:db8:1::10]:41000", "192.0.2.10:41000", "[2001:db8:1::10]:41001"}))
            .starts_with("fail\ninvariant one-connecting (0): one connection at a time in "
                         "CONNECTING | attempt 3 began at 0.50 s while attempt 1"));
}

TEST_CASE("one-connecting: the addresses that one look-up has found may race, and no more") {
  // The first attempt begins with the look-up, whose queries an IPv4 address sends.
  const auto found = [](const std::string& ipv4, const std::string& ipv6) {
    return Tale()
        .event(0, AttemptBegins{"192.0.2.10:5353", Port::open, true}, 1)
        .event(0, NameAsked{"server.test", "A", "udp", ipv4, {}}, 1)
        .event(0, NameAsked{"server.test", "AAAA", "udp", ipv6, {}}, 1);
  };
  const auto races = [&](Tale tale, const std::vector<std::string>& peers) {
    const int last = static_cast<int>(peers.size()) + 1;
    for (int n = 2; n <= last; ++n)
      tale.event(0.25 * (n - 1), AttemptBegins{peers[static_cast<std::size_t>(n) - 2]}, n)
          .accepted(0.25 * (n - 1), n);
    for (int n = 2; n <= last; ++n) tale.left(2, n);
    return verdict_on(any, tale.opened(2, 1).over(9)).find("invariant one-connecting") ==
           std::string::npos;
  };
  const std::string ipv4 = "192.0.2.10:41000";
  const std::string ipv6 = "[2001:db8:1::10]:41000";
  const Tale both = found("198.51.100.20", "2001:db8:2::20");
  CHECK(races(both, {ipv4}));
  CHECK(races(both, {ipv6}));
  CHECK_FALSE(races(both, {ipv4, ipv6}));
  CHECK_FALSE(races(both, {ipv4, ipv4}));
  const Tale three = found("198.51.100.20, 198.51.100.21 for 60 s", "2001:db8:2::20");
  CHECK(races(three, {ipv4, ipv4}));
  CHECK(races(three, {ipv6, ipv4}));
  CHECK_FALSE(races(three, {ipv6, ipv6}));
  CHECK_FALSE(races(three, {ipv4, ipv4, ipv6}));
  const Tale one = found("198.51.100.20", "no data");
  CHECK_FALSE(races(one, {ipv4}));
  // Other names do not matter, and another look-up is no part of the race.
  const auto asks = [](Tale tale, const std::string& name, int attempt) {
    return tale.event(0.1, NameAsked{name, "A", "udp", "198.51.100.20", {}}, attempt);
  };
  CHECK(races(asks(both, "page.test", 0), {ipv4}));
  CHECK_FALSE(races(asks(both, "server.test", 0), {ipv4}));
}

TEST_CASE("one-connecting: an end and a beginning at the same moment are in no order") {
  const Tale relay =
      Tale().begins(0, 1).accepted(0, 1).begins(2, 2).left(2.03, 1).opened(2, 2).over(4);
  CHECK(verdict_on(any, relay) == "pass");
}

TEST_CASE("one-connecting: a RST to a late SYN-ACK says that it had been given up, not when") {
  const auto late_answer = [](End how) {
    return Tale()
        .begins(0, 1)
        .event(1, Packet{Control::syn, Side::client, Fate::passed, 2}, 1)
        .begins(5, 2)
        .event(6, ClientLeft{how}, 1)
        .event(7, Packet{Control::rst, Side::client, Fate::passed, 2}, 1)
        .accepted(8, 2)
        .opened(8, 2)
        .over(12);
  };
  CHECK(verdict_on(any, late_answer(End::reset)) == "pass");
  // Behind a relay the client had its connection, and waited for its handshake.
  Tale relayed = late_answer(End::reset);
  relayed.trace().header.link = "stream";
  CHECK(verdict_on(any, relayed).starts_with("fail\ninvariant one-connecting"));
  // One that was accepted was surely in CONNECTING until it was reset.
  Tale accepted;
  accepted.begins(0, 1).accepted(0, 1).begins(5, 2).event(6, ClientLeft{End::reset}, 1);
  CHECK(verdict_on(any, accepted.opened(8, 2).over(12))
            .starts_with("fail\ninvariant one-connecting"));
}

TEST_CASE("one-connecting: a filtered attempt lasts at least as long as its SYNs") {
  const auto filtered = [](double second_syn) {
    return Tale()
        .begins(0, 1, Port::filtered)
        .event(second_syn, Packet{Control::syn, Side::client, Fate::blackholed, 2}, 1)
        .begins(2, 2)
        .opened(2, 2)
        .over(4);
  };
  CHECK(verdict_on(any, filtered(1)) == "pass");
  CHECK(broken("one-connecting", filtered(3)).find("(until 3.00 s)") != std::string::npos);
}

TEST_CASE("one-connection: no second one while the first lives") {
  const Tale greedy = opened_once().begins(2, 2).opened(2.1, 2).over(4);
  CHECK(broken("one-connection", greedy) ==
        "fail\ninvariant one-connection (0): no second live connection | attempt 2 opened at 2.10 "
        "s while the connection of attempt 1 lived (to the end of the run)");
  CHECK(verdict_on(any, opened_once().ended(1, 1).begins(2, 2).opened(2.1, 2).over(4)) == "pass");
}

TEST_CASE("one-connection: one that the client is closing is not alive") {
  CHECK(verdict_on(any, opened_once()
                            .sent(1, 1, "close", 1001)
                            .begins(1.1, 2)
                            .opened(1.2, 2)
                            .left(8, 1)
                            .over(9)) == "pass");
}

TEST_CASE("one-connection: one that fell silent is not alive") {
  CHECK(verdict_on(any, opened_once()
                            .event(1, FaultStruck{Layer::drop, "silent", "", true}, 1)
                            .begins(5, 2)
                            .opened(5, 2)
                            .left(35, 1)
                            .over(36)) == "pass");
}

TEST_CASE("no-hot-loop: at most three retries in a row within 100 ms") {
  CHECK(verdict_on(any, Tale().closed_port({0, 0.01, 0.02, 0.03, 1}).over(5)) == "pass");
  CHECK(broken("no-hot-loop", Tale().closed_port({0, 0.01, 0.02, 0.03, 0.04}).over(5)) ==
        "fail\ninvariant no-hot-loop (0): no more than three retries in a row within 100 ms | "
        "attempts 2 to 5 came after gaps of 9.0 ms, 9.0 ms, 9.0 ms, 9.0 ms");
}

TEST_CASE("no-hot-loop: gaps that are short only because halfopen was late do not count") {
  Tale tale = Tale().closed_port({0, 0.01, 0.02, 0.03, 0.04});
  tale.event(0.0305, Lag{std::chrono::milliseconds(95)}).over(5);
  CHECK(verdict_on(any, tale) == "pass");
}

TEST_CASE("no-hot-loop: a connection that lived for `settle` breaks the row") {
  const auto immediate = [](double lives) {
    Tale tale;
    double at = 0;
    for (int n = 1; n <= 6; ++n, at += lives + 0.01)
      tale.begins(at, n).opened(at, n).ended(at + lives, n);
    return tale.over(at + 1);
  };
  CHECK(verdict_on(any, immediate(4)) == "pass");
  CHECK(verdict_on(any, immediate(1)).starts_with("fail\ninvariant no-hot-loop"));
}

TEST_CASE("silence-after-giving-up: what is given up stays given up, unless told otherwise") {
  const auto again = [](bool told) {
    Tale tale = Tale().closed_port({0}).says(1, "gave-up");
    if (told) tale.event(2, Told{"reconnect"});
    return tale.begins(3, 2).opened(3, 2).over(5);
  };
  CHECK(verdict_on(any, again(true)) == "pass");
  CHECK(broken("silence-after-giving-up", again(false)) ==
        "fail\ninvariant silence-after-giving-up (0): no attempt after the client said that it "
        "gave up | it said so at 1.00 s, and attempt 2 began at 3.00 s");
}

TEST_CASE("fails-bad-handshake: no open, no frame, and TCP closed soon") {
  const auto bad = [] {
    return Tale()
        .begins(0, 1)
        .accepted(0, 1)
        .requested(0, 1, "a")
        .event(0.1, trace::Answer{101, "wrong-accept", false}, 1)
        .event(0.1, EndVisible{End::refusal, 101}, 1);
  };
  CHECK(verdict_on(any, bad().left(0.2, 1).says(0.2, "close", 1006).over(9)) == "pass");
  CHECK(broken("fails-bad-handshake", bad().says(0.15, "open").left(0.2, 1).over(9)) ==
        "fail\ninvariant fails-bad-handshake (0): no `open` after a bad answer to the handshake | "
        "the client reported `open` at 0.15 s, after the bad answer at 0.10 s");
  CHECK(broken("fails-bad-handshake", bad().sent(0.15, 1, "text").left(0.2, 1).over(9)) ==
        "fail\ninvariant fails-bad-handshake (0): no frame after a bad answer to the handshake | "
        "the client sent a text frame at 0.15 s, after the bad answer at 0.10 s");
  CHECK(broken("fails-bad-handshake", bad().over(9)) ==
        "fail\ninvariant fails-bad-handshake (0): the TCP connection closed within 5.00 s of a bad "
        "answer to the handshake | the bad answer came at 0.10 s, and the connection was kept "
        "until 9.00 s");
}

TEST_CASE("fails-bad-handshake: a client whose five seconds are not over is not judged yet") {
  const auto bad = [](int attempt) {
    return Tale()
        .begins(0, attempt)
        .accepted(0, attempt)
        .event(0.1, trace::Answer{101, "wrong-accept", false}, attempt)
        .event(0.1, EndVisible{End::refusal, 101}, attempt);
  };
  CHECK(verdict_on(any, bad(1).over(3)) ==
        "inconclusive: invariant fails-bad-handshake is not decided: the client had not failed the "
        "connection for what came at 0.10 s, and the run ended 2.90 s later, before its time was "
        "up: raise `within`\nnot decided invariant fails-bad-handshake (0): the client had not "
        "failed the connection for what came at 0.10 s, and the run ended 2.90 s later, before its "
        "time was up: raise `within`");
  CHECK(verdict_on(any, bad(2).over(3)) == "pass");  // Nobody asked for it.
}

TEST_CASE("fails-bad-handshake: an open after a later, valid answer is fine") {
  CHECK(verdict_on(any, Tale()
                            .begins(0, 1)
                            .refused(0.1, 1, 503)
                            .begins(2, 2)
                            .opened(2.1, 2)
                            .says(2.1, "open")
                            .sent(2.2, 2, "text")
                            .over(9)) == "pass");
}

TEST_CASE("every invariant can be waived by its name") {
  for (const scenario::InvariantName& invariant : scenario::invariant_names())
    CHECK(scenario_of(any + "\nwaive = [\"" + std::string(invariant.name) + "\"]")
              .expect.waive.size() == 1);
}

TEST_CASE("a frame that is not allowed must be failed within 5 s, and should be by its code") {
  const std::string masked =
      "[[attempt]]\nsteps = [{ frame = \"masked\" }]\n[expect]\nattempts = \"1..\"";
  const auto struck = [](const std::string& fault) {
    return Tale().begins(0, 1).opened(0, 1).event(1, FaultStruck{Layer::frame, fault}, 1);
  };
  CHECK(verdict_on(masked, struck("masked").sent(2, 1, "close", 1002).left(2, 1).over(9)) ==
        "pass");
  CHECK(
      verdict_on(masked, struck("masked").over(9, "time")) ==
      "fail\ninvariant fails-bad-frame (0): the connection to be failed within 5.00 s of the fault "
      "masked (RFC 6455, section 5.1) | it struck at 1.00 s, and the connection still lived when "
      "the run ended at 9.00 s");
  CHECK(verdict_on(masked, struck("masked").left(7, 1).over(9))
            .starts_with("fail\ninvariant fails-bad-frame"));
  // What must be taken as it is may be followed by anything.
  CHECK(verdict_on(masked, struck("unasked-pong").over(9)) == "pass");

  const auto warned = [&](const Tale& tale, bool strict) {
    return halfopen::judge::judge(scenario_of(masked), tale.trace(), Options{strict});
  };
  const Tale silent = struck("masked").left(2, 1).over(9);
  REQUIRE(warned(silent, false).warnings.size() == 1);
  CHECK(warned(silent, false).outcome == Outcome::pass);
  CHECK(report::in_words(warned(silent, false).warnings[0].wanted) ==
        "Close 1002 after the fault masked (RFC 6455, section 7.1.7: SHOULD)");
  CHECK(report::in_words(warned(silent, false).warnings[0].seen) == "no Close frame");
  CHECK(warned(silent, true).outcome == Outcome::fail);
  const Tale other = struck("masked").sent(2, 1, "close", 1001).left(2, 1).over(9);
  CHECK(report::in_words(warned(other, false).warnings.at(0).seen) == "Close 1001");
}

TEST_CASE("fails-bad-frame: a client whose five seconds are not over is not judged yet") {
  const std::string rest =
      "[[attempt]]\ntimes = \"rest\"\nsteps = [{ frame = \"masked\" }]\n[expect]\n"
      "attempts = \"1..\"";
  const auto struck = [](Tale tale, double at, int attempt) {
    return tale.begins(at, attempt)
        .opened(at, attempt)
        .event(at, FaultStruck{Layer::frame, "masked"}, attempt);
  };
  const Tale first = struck({}, 1, 1);
  const Verdict early = halfopen::judge::judge(scenario_of(rest), Tale(first).over(4).trace());
  CHECK(early.outcome == Outcome::inconclusive);
  CHECK(early.warnings.empty());
  CHECK(verdict_on(rest, Tale(first).over(4))
            .starts_with("inconclusive: invariant fails-bad-frame is not decided: the client had "
                         "not failed the connection for what came at 1.00 s, and the run ended "
                         "3.00 s later, before its time was up: raise `within`"));
  const Tale failed = Tale(first).sent(2, 1, "close", 1002).left(2, 1);
  CHECK(verdict_on(rest, struck(failed, 3, 2).over(4, "time")) == "pass");  // Nobody asked for it.
  CHECK(verdict_on(rest, struck(failed, 3, 2).over(9, "time")).starts_with("fail"));
}

namespace {

/// A bad frame at 1 s, for which the client leaves at that time.
Tale left_for_bad_frame(double left) {
  return Tale()
      .begins(0, 1)
      .opened(0, 1)
      .event(1, FaultStruck{Layer::frame, "masked"}, 1)
      .sent(left, 1, "close", 1002)
      .left(left, 1)
      .begins(left + 1, 2)
      .opened(left + 1, 2)
      .over(left + 5);
}

/// The client is stopped for that time.
Tale frozen(Tale tale, double from, double to) {
  auto& events = tale.trace().events;
  const auto put = [&](double at, const std::string& action) {
    const auto when = std::chrono::duration_cast<Duration>(std::chrono::duration<double>(at));
    const auto later = [&](const Event& event) { return event.at > when; };
    events.insert(std::find_if(events.begin(), events.end(), later),
                  Event{when, 0, 0, Told{action, action}});
  };
  put(from, "freeze");
  put(to, "thaw");
  return tale;
}

}  // namespace

TEST_CASE("fails-bad-frame: while a client is stopped its time does not go on") {
  CHECK(verdict_on(any, left_for_bad_frame(9.5)).starts_with("fail\ninvariant fails-bad-frame"));
  CHECK(verdict_on(any, frozen(left_for_bad_frame(9.5), 0.5, 9)) == "pass");
  CHECK(verdict_on(any, frozen(left_for_bad_frame(9.5), 3, 9)) == "pass");
  CHECK(verdict_on(any, frozen(left_for_bad_frame(9.5), 0.5, 2))
            .starts_with("fail\ninvariant fails-bad-frame"));
}

TEST_CASE("fails-bad-frame: the link's delay is none of the client's time") {
  const std::string slow = "[link]\ndelay = \"3s\"\n" + any;
  CHECK(verdict_on(slow, left_for_bad_frame(11.5)) == "pass");
  CHECK(verdict_on(slow, left_for_bad_frame(12.5)).starts_with("fail\ninvariant fails-bad-frame"));
}

TEST_CASE("fails-bad-frame: behind what waits for a slow link, or is lost, nothing is decided") {
  const std::string held_up = "inconclusive: invariant fails-bad-frame is not decided: what the";
  const auto behind = [](const Body& what, double left) {
    Tale tale = left_for_bad_frame(left);
    auto& events = tale.trace().events;
    const bool before = std::holds_alternative<Frame>(what);
    events.insert(events.begin() + (before ? 2 : 3),
                  Event{std::chrono::seconds(before ? 0 : 3), 1, 0, what});
    return tale;
  };
  const std::string modem = "[link]\nrate = \"56kbit/s\"\n" + any;
  Frame bulk;
  bulk.from = Side::server;
  bulk.opcode = Opcode::text;
  bulk.length = 100000;
  CHECK(verdict_on(modem, behind(bulk, 20)).starts_with(held_up));
  CHECK(verdict_on(modem, behind(bulk, 60)).starts_with("fail\ninvariant fails-bad-frame"));
  const DataLost lost{Side::server, 0, 1, Fate::lost};
  CHECK(verdict_on(any, behind(lost, 8)).starts_with(held_up));
  CHECK(verdict_on(any, behind(lost, 20)).starts_with("fail\ninvariant fails-bad-frame"));
}

TEST_CASE("fails-bad-handshake: while a client is stopped its time does not go on") {
  const auto left = [](double at) {
    return Tale()
        .begins(0, 1)
        .accepted(0, 1)
        .event(1, trace::Answer{101, "wrong-accept", false}, 1)
        .left(at, 1)
        .begins(at + 1, 2)
        .opened(at + 1, 2)
        .over(at + 5);
  };
  CHECK(verdict_on(any, left(9.5)).starts_with("fail\ninvariant fails-bad-handshake"));
  CHECK(verdict_on(any, frozen(left(9.5), 0.5, 9)) == "pass");
}

TEST_CASE("uses-proxy: going past the proxy belongs to no attempt, and is a failure") {
  const Tale tale = opened_once().event(2, Violation{"uses-proxy", "went to x:1 itself"}).over(3);
  CHECK(broken("uses-proxy", tale) ==
        "fail\ninvariant uses-proxy (0): it to hold | went to x:1 itself (at 2.00 s)");
}

TEST_CASE("keeps-proxy-credentials: what is for the proxy does not go to the server") {
  const Tale tale =
      opened_once().event(2, Violation{"keeps-proxy-credentials", "sent it on"}, 1).over(3);
  CHECK(broken("keeps-proxy-credentials", tale) ==
        "fail\ninvariant keeps-proxy-credentials (0): it to hold | sent it on (attempt 1, at 2.00 "
        "s)");
}

TEST_CASE("fails-bad-connect: nothing follows a CONNECT that was refused") {
  const Tale tale = opened_once().event(2, Violation{"fails-bad-connect", "sent `GET`"}, 1).over(3);
  CHECK(broken("fails-bad-connect", tale) ==
        "fail\ninvariant fails-bad-connect (0): it to hold | sent `GET` (attempt 1, at 2.00 s)");
}
