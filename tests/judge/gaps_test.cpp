// `gaps` and `growing`: the curve.
#include "tale.h"

using namespace halfopen::judge;

namespace {

// Gaps of 1, 2 and 4 s.
Tale doubling() { return Tale().closed_port({0, 1.001, 3.002, 7.003}).over(10); }

}  // namespace

TEST_CASE("each gap is held to its range") {
  CHECK(verdict_on("[expect]\ngaps = [\"1s..1.5s\", \"2s\", \"3s..\"]", doubling()) == "pass");
  CHECK(verdict_on("[expect]\ngaps = [\"1s..\", \"..1s\"]", doubling()) ==
        "fail\ngaps[2] (3): ..1s | gap 2 was 2.00 s (attempt 2 ended at 1.00 s by RST, attempt 3 "
        "began at 3.00 s)");
}

TEST_CASE("a gap that never came is missed once") {
  CHECK(verdict_on("[expect]\ngaps = [\"1s\", \"2s\", \"4s\", \"8s\", \"8s\"]", doubling()) ==
        "fail\ngaps[4] (3): 8s | there was no more than 3 gaps\nnot decided gaps[5] (3): there was "
        "no "
        "attempt 6");
}

TEST_CASE("one range holds for every gap") {
  CHECK(verdict_on("[expect]\ngaps = \"500ms..4s\"", doubling()) == "pass");
  CHECK(verdict_on("[expect]\ngaps = \"500ms..3s\"", doubling()) ==
        "fail\ngaps (gap 3) (3): 500ms..3s | gap 3 was 4.00 s (attempt 3 ended at 3.00 s by RST, "
        "attempt 4 began at 7.00 s)");
  CHECK(verdict_on("[expect]\ngaps = \"1s..3s\"", Tale().closed_port({0}).over(30, "time")) ==
        "fail\ngaps (3): 1s..3s | there was no second attempt, and so no gap");
}

TEST_CASE("a gap is counted from what the client could see") {
  // The server reset at 1 s, and the link took 200 ms to deliver it.
  const Tale tale = Tale()
                        .begins(0, 1)
                        .opened(0.2, 1)
                        .event(1, FaultStruck{Layer::drop, "reset", ""}, 1)
                        .ended(1.2, 1)
                        .begins(2.2, 2)
                        .opened(2.4, 2)
                        .over(4);
  CHECK(verdict_on("[expect]\ngaps = [\"1s\"]", tale) == "pass");
}

TEST_CASE("an RST that a middlebox sent is not told as the server's") {
  const Tale tale = Tale()
                        .begins(0, 1)
                        .opened(0, 1)
                        .event(1, EndVisible{End::reset, 0, By::middlebox}, 1)
                        .event(1, AttemptOver{}, 1)
                        .begins(5, 2)
                        .opened(5, 2)
                        .over(9);
  CHECK(verdict_on("[expect]\ngaps = [\"1s\"]", tale) ==
        "fail\ngaps[1] (3): 1s | gap 1 was 4.00 s (attempt 1 ended at 1.00 s by a middlebox's RST, "
        "attempt 2 began at 5.00 s)");
}

TEST_CASE("a gap after a silent fault is counted from when the client left") {
  const Tale tale = Tale()
                        .begins(0, 1)
                        .opened(0, 1)
                        .event(1, FaultStruck{Layer::drop, "silent", "", true}, 1)
                        .left(8, 1)
                        .begins(9, 2)
                        .opened(9, 2)
                        .over(11);
  CHECK(verdict_on("[expect]\ngaps = [\"1s\"]", tale) == "pass");
}

TEST_CASE("a gap in which the client was stopped begins when it could see the end") {
  // It saw the RST of 2 s when it went on, at 8 s.
  const auto stopped = [](double from, double to, double next) {
    Tale tale = Tale().begins(0, 1).opened(0, 1);
    if (from < 2) tale.event(from, Told{"freeze", "freeze"}).ended(2, 1);
    if (from >= 2) tale.ended(2, 1).event(from, Told{"freeze", "freeze"});
    return tale.event(to, Told{"thaw", "thaw"}).begins(next, 2).opened(next, 2).over(next + 4);
  };
  CHECK(verdict_on("[expect]\ngaps = [\"0s..3s\"]", stopped(1, 8, 8.5)) == "pass");
  CHECK(verdict_on("[expect]\ngaps = [\"1s..3s\"]", stopped(1, 8, 8.5)).starts_with("fail\ngaps"));
  // Where it was waiting already, nobody knows for how long it meant to.
  CHECK(
      verdict_on("[expect]\ngaps = [\"1s..3s\"]", stopped(3, 8, 8.1))
          .starts_with("inconclusive: gaps[1] is not decided: gap 1 was at most 6.10 s (attempt 1 "
                       "ended at 2.00 s by RST"));
  // Too short is too short all the same.
  CHECK(verdict_on("[expect]\ngaps = [\"9s..\"]", stopped(3, 8, 8.1)).starts_with("fail\ngaps[1]"));
}

TEST_CASE("a RST to a late SYN-ACK is no end from which a gap could count") {
  const auto tale = Tale()
                        .begins(0, 1)
                        .event(1, Packet{Control::syn, Side::client, Fate::passed, 2}, 1)
                        .event(3, ClientLeft{End::reset}, 1)
                        .begins(3.5, 2)
                        .opened(3.5, 2)
                        .over(8);
  CHECK(verdict_on("[expect]\ngaps = [\"1s..2s\"]\nopens = 1", tale).find("fail") ==
        std::string::npos);
  CHECK(verdict_on("[expect]\ngaps = [\"3s..\"]", tale).starts_with("fail\ngaps[1]"));
}

TEST_CASE("an attempt that begins before the last one ended leaves no gap") {
  const Tale tale = Tale()
                        .begins(0, 1)
                        .opened(0, 1)
                        .begins(2, 2)
                        .sent(2.1, 1, "close", 1000)
                        .left(2.2, 1)
                        .opened(2.5, 2)
                        .over(4);
  CHECK(verdict_on("[expect]\ngaps = [\"1s..\"]", tale) ==
        "fail\ngaps[1] (3): 1s.. | there was no gap 1: attempt 2 began at 2.00 s, and attempt 1 "
        "ended at 2.20 s, left by the client");
}

TEST_CASE("where the end leaves no trace on the wire, a gap is known only from above") {
  const Tale tale = Tale()
                        .begins(0, 1, Port::filtered)
                        .event(3, Packet{Control::syn, Side::client, Fate::blackholed, 2}, 1)
                        .begins(6, 2)
                        .opened(6, 2)
                        .over(8);
  CHECK(verdict_on("[expect]\ngaps = [\"0s..5s\"]", tale) == "pass");
  CHECK(verdict_on("[expect]\ngaps = [\"4s..\"]", tale) ==
        "fail\ngaps[1] (3): 4s.. | gap 1 was at most 3.00 s (attempt 1 gave its last sign at 3.00 "
        "s, attempt 2 began at 6.00 s)");
  CHECK(
      verdict_on("[expect]\ngaps = [\"0s..2s\"]", tale) ==
      "unsupported: nothing here can be judged: gaps[1], gap 1 was at most 3.00 s (attempt 1 gave "
      "its last sign at 3.00 s, attempt 2 began at 6.00 s); expected ..2s\nnot judged gaps[1] (3): "
      "gap 1 was at most 3.00 s (attempt 1 gave its last sign at 3.00 s, attempt 2 began at 6.00 "
      "s); expected ..2s");
}

TEST_CASE("where the end leaves no trace on the wire, the client's word counts") {
  const Tale tale = Tale()
                        .begins(0, 1, Port::filtered)
                        .says(4, "error")
                        .says(4.1, "close", 1006)
                        .begins(6, 2)
                        .opened(6, 2)
                        .over(8);
  CHECK(verdict_on("[expect]\ngaps = [\"2s\"]", tale) == "pass");
}

TEST_CASE("growing: a constant delay is told from one that grows, and so is one that begins anew") {
  const std::string growing = "[expect]\ngrowing = true";
  CHECK(verdict_on(growing, doubling()) == "pass");
  CHECK(
      verdict_on(growing, Tale().closed_port({0, 2.001, 4.002, 6.003}).over(8)) ==
      "fail\ngrowing (3): gaps that grow | gaps of 2.00 s, 2.00 s, 2.00 s, always the same delay");
  CHECK(
      verdict_on(growing,
                 Tale().closed_port({0, 0.301, 0.902, 2.103, 4.504, 4.805, 5.406}).over(9)) ==
      "fail\ngrowing (3): gaps that grow | gaps of 300 ms, 600 ms, 1.20 s, 2.40 s, 300 ms, 600 ms, "
      "which begin anew at gap 5");
}

TEST_CASE("growing: where chance may have made the gaps, it is not decided") {
  // Full jitter draws from zero on: five gaps as these may well be right.
  CHECK(verdict_on("[expect]\ngrowing = true",
                   Tale().closed_port({0, 1.001, 2.002, 8.003, 9.004}).over(12))
            .starts_with("inconclusive: growing is not decided: gaps of 1.00 s"));
}

TEST_CASE("curve: gaps are held to what is promised, and the one that is wrong is named") {
  const std::string curve =
      "[expect]\ncurve = { base = \"1s\", factor = 2, cap = \"4s\", jitter = \"20%\" }";
  CHECK(verdict_on(curve, Tale().closed_port({0, 1.001, 3.002, 7.003, 11.004}).over(12)) == "pass");
  CHECK(verdict_on(curve, Tale().closed_port({0, 1.001, 3.002, 7.003, 15.004}).over(16))
            .find("gap 4 is beyond the cap") != std::string::npos);
}

TEST_CASE("growing: two gaps are enough of a client that then gave up") {
  CHECK(verdict_on("[expect]\ngrowing = true\nattempts = 3",
                   Tale().closed_port({0, 1.001, 3.002}).over(20, "time")) == "pass");
}

TEST_CASE("growing = false wants an even pace") {
  CHECK(verdict_on("[expect]\ngrowing = false",
                   Tale().closed_port({0, 2.001, 4.002, 6.003}).over(8)) == "pass");
  // Three gaps of full jitter around a constant delay may look like this.
  CHECK(verdict_on("[expect]\ngrowing = false", doubling()).starts_with("inconclusive"));
}

TEST_CASE("a client has given an attempt up when it says so, though its FIN gets out later") {
  const std::string lossy = "[expect]\nattempts = 2\ngaps = [\"300ms..500ms\"]";
  const auto told = [](double said) {
    return Tale()
        .begins(0, 1)
        .accepted(8, 1)
        .says(said, "close", 1006)
        .begins(10.4, 2)
        .opened(10.4, 2)
        .left(11.3, 1)
        .over(12);
  };
  CHECK(verdict_on(lossy, told(10)) == "pass");
  // Without that word the first one was still connecting when the second began.
  CHECK(verdict_on(lossy, told(11)).find("invariant one-connecting") != std::string::npos);
}

TEST_CASE("each gap of a list that held is in the verdict, beside one that is broken") {
  const Verdict verdict = halfopen::judge::judge(
      scenario_of("[expect]\ngaps = [\"1s\", \"9s\", \"4s\", \"8s\", \"8s\"]"), doubling().trace());
  std::string said;
  for (const Decision& each : verdict.decisions)
    if (each.expectation.kind == Kind::gaps)
      said +=
          std::to_string(each.expectation.index) + " " + std::string(name_of(each.status)) + "\n";
  CHECK(verdict.failures.size() == 2);
  CHECK(said == "1 held\n3 held\n5 not decided\n");
}

TEST_CASE("behind a connection that lived for settle a curve may begin anew") {
  const auto tale = [](double until) {
    return Tale()
        .closed_port({0, 0.301, 0.902})
        .begins(2.103, 4)
        .opened(2.103, 4)
        .ended(until, 4)
        .begins(until + 0.3, 5, Port::closed)
        .ended(until + 0.301, 5)
        .begins(until + 0.901, 6, Port::closed)
        .ended(until + 0.902, 6)
        .begins(until + 2.102, 7)
        .opened(until + 2.102, 7)
        .over(until + 9);
  };
  const std::string curve = "[expect]\ncurve = { base = \"300ms\", factor = 2, cap = \"5s\" }";
  CHECK(verdict_on(curve, tale(8)) == "pass");
  CHECK(verdict_on("[expect]\ngrowing = true", tale(8)) == "pass");
  CHECK(verdict_on(curve, tale(3)).starts_with("fail\ncurve"));
}

// ── too few of them ──────────────────────────────────────────────────────────────────────────

namespace {

/// What each of them makes of the gaps: a range for all, `growing`, `curve`.
std::string by_each(const std::string& attempts, const Tale& tale) {
  std::string outcomes;
  for (const std::string asked :
       {"gaps = \"0s..9s\"", "growing = true", "growing = false", "curve = { base = \"1s\" }"}) {
    const Verdict verdict =
        halfopen::judge::judge(scenario_of("[expect]\n" + asked + "\n" + attempts), tale.trace());
    for (const auto& each : verdict.failures)
      if (each.expectation.kind != Kind::attempts) outcomes += "broken, ";
    for (const Decision& each : verdict.decisions)
      if (is_asked_for(each.expectation) && each.expectation.kind != Kind::attempts)
        outcomes += std::string(name_of(each.status)) + ", ";
  }
  return outcomes;
}

const std::string none_judged = "not judged, not judged, not judged, not judged, ";
const std::string all_broken = "broken, broken, broken, broken, ";

Tale one_that_lives() { return Tale().begins(0, 1).opened(0, 1).over(9); }
Tale dropped_once() { return Tale().begins(0, 1).opened(0, 1).ended(1, 1); }

}  // namespace

TEST_CASE("no gap at all is judged alike, by whether anything asked for a second attempt") {
  const Tale stays_away = dropped_once().over(9, "time");
  // As many as were asked for.
  CHECK(by_each("attempts = \"1..\"", one_that_lives()) == none_judged);
  CHECK(by_each("attempts = \"1..\"", stays_away) == none_judged);
  CHECK(by_each("attempts = \"..3\"", Tale().over(9, "time")) == none_judged);
  // More were asked for.
  CHECK(by_each("attempts = \"2..\"", one_that_lives()) == all_broken);
  CHECK(by_each("attempts = \"2..\"", stays_away) == all_broken);
  // Nothing is said of their number: then the end of a connection asks for another.
  CHECK(by_each("", one_that_lives()) == none_judged);
  CHECK(by_each("", stays_away) == all_broken);
  CHECK(by_each("", Tale().closed_port({0}).over(9, "time")) == all_broken);
  CHECK(by_each("", Tale().over(9, "time")) == all_broken);
  // But a Close 1000 does not, and a silence does.
  CHECK(by_each("", Tale().begins(0, 1).opened(0, 1).ended(1, 1, End::close, 1000).over(9)) ==
        none_judged);
  CHECK(by_each("", Tale()
                        .begins(0, 1)
                        .opened(0, 1)
                        .event(1, FaultStruck{Layer::drop, "silent", "", true}, 1)
                        .over(9, "time")) == all_broken);
}

TEST_CASE("one gap alone tells of no curve, and is held to its range") {
  const Tale second_lives = dropped_once().begins(2, 2).opened(2, 2).over(9);
  const std::string held_only = "held, not judged, not judged, not judged, ";
  CHECK(by_each("attempts = \"2..\"", second_lives) == held_only);
  CHECK(by_each("", second_lives) == held_only);
  CHECK(by_each("attempts = 3", second_lives) == "held, broken, broken, broken, ");
  // One that cannot be of that curve is no less wrong.
  CHECK(verdict_on("[expect]\ncurve = { base = \"5s\" }\nattempts = \"2..\"", second_lives)
            .starts_with("fail\ncurve (3): "));
}

TEST_CASE("it is said why there are too few gaps") {
  const auto why = [](const std::string& more, const Tale& tale) {
    const std::string said = verdict_on("[expect]\n" + more, tale);
    return said.substr(said.rfind(": ", said.rfind(": ") - 1) + 2);
  };
  CHECK(why("growing = true\nattempts = \"1..\"", one_that_lives()) ==
        "there was no second attempt, and so no gap: no more attempts were asked for");
  CHECK(why("growing = true", dropped_once().begins(2, 2).opened(2, 2).over(9)) ==
        "there was no more than 1 gap: the client kept its last connection alive");
  CHECK(why("gaps = \"1s\"",
            Tale().begins(0, 1).opened(0, 1).ended(1, 1, End::close, 1000).over(9)) ==
        "there was no second attempt, and so no gap: the last connection ended in good order, and "
        "the client stayed away");
}

TEST_CASE("a gap that is named is not decided while its attempt may still come") {
  const std::string two = "[expect]\ngaps = [\"1s\", \"1s\"]";
  const Tale second_lives = dropped_once().begins(2, 2).opened(2, 2).over(9);
  const std::string open =
      "inconclusive: gaps[2] is not decided: there was no attempt 3\n"
      "not decided gaps[2] (3): there was no attempt 3";
  CHECK(verdict_on(two, second_lives) == open);
  CHECK(verdict_on(two + "\nattempts = \"2..\"", second_lives) == open);
  CHECK(verdict_on(two + "\nattempts = 3", second_lives).starts_with("fail\nattempts"));
  CHECK(verdict_on(two, dropped_once().over(9, "time")).starts_with("fail\ngaps[1] (3): 1s"));
}

TEST_CASE("gaps that are known from above only tell of no curve") {
  Tale filtered;
  for (int n = 1; n <= 5; ++n) filtered.begins(n * n, n, Port::filtered);
  filtered.over(40, "time");
  const std::string growing = "[expect]\ngrowing = true\nattempts = 5";
  CHECK(verdict_on(growing, filtered) ==
        "pass\nnot judged growing (3): of 4 gaps all are known from above only: nobody saw when "
        "the client gave up the attempts before them");
  // One that reports could have said it.
  filtered.trace().header.client_can = {"reports"};
  CHECK(verdict_on(growing, filtered).starts_with("inconclusive: growing is not decided: of 4"));
}
