// When a run has nothing left to decide, and why.
#include "last_moment.h"

using namespace halfopen;
using namespace halfopen::run;

TEST_CASE("settled: the last attempt that is spoken of has lived for three seconds") {
  Play play("");
  play.until(100ms);
  play.open();
  CHECK(last_moment(play, 100ms) == 3099ms);
  CHECK(play.why_over() == "settled");
}

TEST_CASE("settled: with a settle time of the scenario's own") {
  Play play("[expect]\nopens = \"0..\"\nsettle = \"2s\"\n");
  play.open();
  CHECK(last_moment(play, 0ms) == 1999ms);
  CHECK(play.why_over() == "settled");
}

TEST_CASE("settling begins when the steps are done, and again with every new attempt") {
  Play play("[[attempt]]\nsteps = [{ wait = \"2s\" }]\n");
  play.open();
  play.until(2500ms);
  SECTION("steps") { CHECK(last_moment(play, 2500ms) == 4999ms); }
  SECTION("a new attempt") {
    play.open();
    CHECK(last_moment(play, 2500ms) == 5499ms);
  }
  SECTION("an attempt that ends stops it") {
    play.ends();
    CHECK(play.until_over() == "time");
  }
}

TEST_CASE("settled: an attempt that came to nothing beside the one that opened does not matter") {
  Play play("[expect]\nattempts = \"1..\"\nopens = 1\n");
  const int first = play.connect();
  play.until(250ms);
  SECTION("it was given up before it was accepted") { play.knock(); }
  SECTION("or after that") { play.connect(); }
  play.until(300ms);
  play.world.received(Time(play.now), first, as_bytes(std::string_view(upgrade)));
  play.until(1s);
  CHECK(play.why_over().empty());
  play.ends();
  CHECK(last_moment(play, 1s) == 3999ms);
  CHECK(play.why_over() == "settled");
}

TEST_CASE("settled: one that was never answered beside the one that opened does not matter") {
  Play play("[[attempt]]\n[[attempt]]\nport = \"filtered\"\n[expect]\nattempts = 2\nopens = 1\n");
  const int first = play.connect();
  play.until(250ms);
  CHECK(play.knock() == 2);
  play.until(300ms);
  play.world.received(Time(play.now), first, as_bytes(std::string_view(upgrade)));
  CHECK(last_moment(play, 300ms) == 3299ms);
  CHECK(play.why_over() == "settled");
}

TEST_CASE("settled: one that is not answered behind an open one does matter") {
  Play play("[[attempt]]\n[[attempt]]\nport = \"filtered\"\n[expect]\nattempts = 2\nopens = 1\n");
  play.open();
  play.until(250ms);
  play.knock();
  CHECK(last_moment(play, 250ms) == 29'999ms);
  CHECK(play.why_over() == "time");
}

TEST_CASE("settled: an attempt that comes to nothing behind an open one does matter") {
  Play play("[expect]\nattempts = \"1..\"\n");
  play.open();
  play.until(1s);
  play.knock();
  play.ends();
  CHECK(last_moment(play, 20s) == 29'999ms);
}

TEST_CASE("step-failed: a failed step ends the run after it has settled") {
  Play play("[[attempt]]\nsteps = [{ expect = \"x\", within = \"2s\" }]\n[expect]\nattempts = 5\n");
  play.open();
  CHECK(last_moment(play, 0ms) == 2999ms);
  CHECK(play.why_over() == "step-failed");
}

TEST_CASE("expectation-failed: what comes too often, or not in time, ends the run a little later") {
  const auto ends = [](Play& play, Duration from) {
    const Duration last = last_moment(play, from);
    CHECK(play.why_over() == "expectation-failed");
    return last;
  };
  const std::string more = "waive = [\"one-connection\"]\ngives_up = true\n";
  SECTION("attempts") {
    Play play("[expect]\nattempts = \"..1\"\n" + more);
    play.open();
    play.resets();
    CHECK(play.until_over() == "time");
    Play twice("[expect]\nattempts = \"..1\"\n" + more);
    twice.open();
    twice.until(5s);
    twice.open();
    CHECK(ends(twice, 5s) == 5999ms);
  }
  SECTION("opens") {
    Play play("[expect]\nopens = 1\n" + more);
    play.open();
    play.until(5s);
    play.open();
    CHECK(ends(play, 5s) == 5999ms);
  }
  SECTION("messages") {
    Play play("[expect]\nmessages = { text = \"x\", count = 1 }\n" + more);
    play.open();
    play.says("x");
    play.until(5s);
    play.says("x");
    CHECK(ends(play, 5s) == 5999ms);
  }
  SECTION("reports") {
    Play play("[expect]\nclient = { error = { count = 0 } }\n" + more, true);
    play.open();
    play.until(5s);
    play.reports("error");
    CHECK(ends(play, 5s) == 5999ms);
  }
  const std::string due = "[expect]\nclient = { error = { by = \"7s\" } }\n" + more;
  SECTION("a report that was due") {
    Play play(due, true);
    play.open();
    CHECK(ends(play, 0s) == 7999ms);
  }
  SECTION("not one that came") {
    Play play(due, true);
    play.open();
    play.reports("error");
    CHECK(play.until_over() == "time");
  }
  SECTION("nor of a client that does not report") {
    Play play(due);
    play.open();
    CHECK(play.until_over() == "time");
  }
}

TEST_CASE("client-exited: soon after the client's end") {
  Play play("[expect]\ngives_up = true\n");
  play.until(1s);
  play.exits();
  CHECK(last_moment(play, 1s) == 1299ms);
  CHECK(play.why_over() == "client-exited");
}

TEST_CASE("time: never later than within") {
  Play play("[expect]\nattempts = 2\nwithin = \"7s\"\n");
  play.open();
  CHECK(last_moment(play, 0ms) == 6999ms);
  CHECK(play.why_over() == "time");
}

TEST_CASE("the time of a browser begins with its page") {
  Play play("[[at]]\ntime = \"2s\"\nlink = \"down\"\n[expect]\nattempts = 0\nwithin = \"10s\"\n");
  play.until(1s);
  play.world.page_served(Time(play.now));
  CHECK(play.world.latest_end() == Time(11s));
  play.until(2500ms);
  CHECK(play.trace({"link-changed"}).empty());
  play.world.page_served(Time(play.now));  // a reload changes nothing
  CHECK(last_moment(play, 2500ms) == 10999ms);
  CHECK(play.trace({"link-changed"}).size() == 1);
}

TEST_CASE("ports that are not open are answered by the network") {
  Play play(
      "[[attempt]]\nport = \"closed\"\n[[attempt]]\nport = \"filtered\"\n"
      "[[attempt]]\nport = \"unreachable\"\n[[attempt]]\n");
  for (int i = 0; i < 3; ++i) play.knock();
  CHECK(
      play.trace({"attempt-begins", "end-visible", "attempt-over"}) ==
      Lines{
          R"({"at":0,"attempt":1,"line":2,"event":"attempt-begins","peer":"192.0.2.10:41000","port":"closed"})",
          R"({"at":0,"attempt":1,"event":"end-visible","how":"reset"})",
          R"({"at":0,"attempt":1,"event":"attempt-over"})",
          R"({"at":0,"attempt":2,"line":4,"event":"attempt-begins","peer":"192.0.2.10:41000","port":"filtered"})",
          R"({"at":0,"attempt":3,"line":6,"event":"attempt-begins","peer":"192.0.2.10:41000","port":"unreachable"})",
          R"({"at":0,"attempt":3,"event":"end-visible","how":"unreachable"})",
          R"({"at":0,"attempt":3,"event":"attempt-over"})"});
  play.open();
  CHECK(last_moment(play, 0s) == 2999ms);
}

TEST_CASE("minutes of backoff take no time at all") {
  Play play(
      "[[attempt]]\ntimes = \"rest\"\nhandshake = 503\n[expect]\nattempts = 9\n"
      "within = \"10m\"\n");
  Duration backoff = 1s;
  for (int i = 0; i < 9; ++i) {
    play.until(play.now + backoff);
    play.open();
    play.ends();
    backoff *= 2;
  }
  CHECK(play.now == 511s);
  CHECK(play.trace({"attempt-over"}).size() == 9);
  CHECK(play.until_over() == "time");
}
