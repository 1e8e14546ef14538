// What a run waits for before it ends.
#include "last_moment.h"

using namespace halfopen;
using namespace halfopen::run;

TEST_CASE("a run waits for all attempts that the scenario speaks of") {
  const auto attempts_needed = [](const std::string& toml) {
    for (int attempts = 1;; ++attempts) {
      Play play(toml);
      for (int i = 1; i < attempts; ++i) {
        play.open();
        play.resets();
      }
      play.open();
      play.until(5s);
      if (!play.why_over().empty()) return attempts;
      REQUIRE(attempts < 50);
    }
  };
  CHECK(attempts_needed("") == 1);
  CHECK(attempts_needed("[[attempt]]\ntimes = 3\n") == 3);
  CHECK(attempts_needed("[[attempt]]\ntimes = 3\n[[attempt]]\ntimes = \"rest\"\n") == 4);
  CHECK(attempts_needed("[expect]\nattempts = 4\n") == 4);
  CHECK(attempts_needed("[expect]\nattempts = \"2..6\"\n") == 2);
  CHECK(attempts_needed("[expect]\ngaps = [\"0s..5s\", \"1s..8s\"]\n") == 3);
  CHECK(attempts_needed("[expect]\ngaps = \"0s..5s\"\n") == 2);
  CHECK(attempts_needed("[expect]\ngrowing = true\n") == 4);
  CHECK(attempts_needed("[expect]\nopens = 3\n") == 3);
  // What an expectation says of an attempt, it wants to see, also that something is not in it.
  CHECK(attempts_needed("[expect]\nattempts = \"1..\"\ngaps = [\"0s..5s\", \"0s..5s\"]\n") == 3);
  CHECK(attempts_needed(
            "[expect]\nattempts = \"2..\"\nrequest = { attempt = 4, path = \"/\" }\n") == 4);
  CHECK(attempts_needed("[expect]\nattempts = \"2..\"\n"
                        "messages = { text = \"x\", attempt = 3, count = 0 }\n") == 3);
  CHECK(attempts_needed("[expect]\nclient = { error = { attempt = 3, count = 0 } }\n") == 3);
}

TEST_CASE("attempts that count are not waited for where fewer are enough, but where they come") {
  const std::string few = GENERATE("\"..3\"", "\"0..3\"", "\"1..\"");
  const std::string asks = "[expect]\nwaive = [\"one-connection\"]\nattempts = " + few + "\n";
  const std::string expects = "[[attempt]]\nsteps = [{ expect = \"x\", within = \"8s\" }]\n";
  const std::string rest = "[[attempt]]\ntimes = \"rest\"\n";
  SECTION("they do not come") {
    Play play("[[attempt]]\n" + expects + asks);
    play.open();
    CHECK(last_moment(play, 0s) == 2999ms);
  }
  SECTION("the first is not done") {
    Play play(expects + rest + asks);
    play.open();
    play.open();
    CHECK(last_moment(play, 0s) == 7999ms);
    CHECK(play.trace({"step-failed"}).size() == 1);
  }
  SECTION("nor is one with a table of its own") {
    Play play("[[attempt]]\n" + expects + rest + asks);
    for (int i = 0; i < 3; ++i) play.open();
    CHECK(last_moment(play, 0s) == 7999ms);
    CHECK(play.trace({"step-failed"}).size() == 1);
  }
  SECTION("the first has an end to report") {
    Play play("[[attempt]]\nsteps = [{ drop = \"reset\" }]\n" + rest + asks, true);
    play.open();
    play.reports("open");
    play.open();
    play.reports("open");
    CHECK(last_moment(play, 0s) == 5999ms);
  }
}

TEST_CASE("silence that is expected is waited for to the end") {
  SECTION("gives up") {
    Play play("[expect]\ngives_up = true\n");
    play.open();
    CHECK(last_moment(play, 20s) == 29'999ms);
  }
  SECTION("no attempt at all") {
    Play play("[expect]\nattempts = 0\n");
    CHECK(last_moment(play, 20s) == 29'999ms);
  }
  SECTION("an exit code: the client must end") {
    Play play("[expect]\nclient = { exit = 0 }\n");
    play.open();
    CHECK(last_moment(play, 20s) == 29'999ms);
  }
}

TEST_CASE("an attempt that was silenced is waited for until the client leaves it") {
  Play play("[[attempt]]\nsteps = [{ drop = \"silent\" }]\n[[attempt]]\n");
  play.open();
  play.until(1s);
  play.world.client_left(Time(1s), 1, trace::End::reset);
  CHECK(play.trace({"client-left", "attempt-over"}) ==
        Lines{R"({"at":1000000,"attempt":1,"event":"client-left","how":"reset"})",
              R"({"at":1000000,"attempt":1,"event":"attempt-over"})"});
  play.open();
  CHECK(last_moment(play, 1s) == 3999ms);
}

TEST_CASE(
    "a new attempt says that the dead connection was noticed, also of a client that reports") {
  Play play("[[attempt]]\nsteps = [{ drop = \"silent\" }]\n[[attempt]]\n", true);
  play.open();
  play.until(1s);
  play.open();
  CHECK(last_moment(play, 1s) == 3999ms);
}

TEST_CASE("a silent drop is detected by a FIN, a report or a new attempt") {
  Play play("[[attempt]]\nsteps = [{ drop = \"silent\" }]\n[[attempt]]\n[expect]\nattempts = 2\n");
  play.open();
  play.until(3s);
  SECTION("FIN") { play.ends(); }
  SECTION("report") { play.reports("close", 1006); }
  SECTION("nothing but the new attempt") {}
  play.open();
  CHECK(last_moment(play, 3s) == 5999ms);
  CHECK(play.why_over() == "settled");
}

TEST_CASE("[[at]] tables that are still to come are waited for") {
  Play play("[[at]]\ntime = \"5s\"\nlink = \"down\"\n");
  play.open();
  CHECK(last_moment(play, 0s) == 7999ms);  // … and what the client makes of the last one
  CHECK(play.why_over() == "settled");
}

TEST_CASE("what [[when]] does to the world is settled anew, too") {
  Play play("[[when]]\nevent = \"message\"\ntell = \"send\"\ntext = \"hello\"\n", true);
  play.open();
  play.until(2s);
  play.reports("message");
  CHECK(last_moment(play, 2s) == 4999ms);
}

TEST_CASE("reports that are expected are waited for, if the client is known to report") {
  const std::string toml = "[expect]\nclient = { open = { count = 2 } }\n";
  SECTION("reports") {
    Play play(toml, true);
    play.open();
    play.reports("open");
    play.until(5s);
    CHECK(play.why_over().empty());
    play.reports("open");
    CHECK(play.why_over() == "settled");
  }
  SECTION("does not report") {
    Play play(toml);
    play.open();
    CHECK(last_moment(play, 0s) == 2999ms);
  }
}

TEST_CASE("an earlier attempt's expectation is waited for, also one that is still to come") {
  Play play(
      "[[attempt]]\nsteps = [{ wait = \"6s\" }, { expect = \"bye\", within = \"2s\" "
      "}]\n[[attempt]]\n"
      "[expect]\nattempts = 2\n");
  play.open();
  play.until(1s);
  play.open();
  CHECK(last_moment(play, 1s) == 7999ms);
  CHECK(play.trace({"step-failed"}).size() == 1);
}

TEST_CASE("a line that the client is to print is waited for") {
  Play play("[expect]\nclient = { output = \"giving up\" }\n");
  play.open();
  play.until(5s);
  CHECK(play.why_over().empty());
  play.world.client_printed(Time(play.now), trace::Stream::err, "I am giving up");
  CHECK(play.why_over() == "settled");
}

TEST_CASE("a Close frame that the client is to send is waited for while it may come") {
  SECTION("on any connection") {
    Play play("[expect]\ncloses_with = 1000\n");
    play.open();
    play.until(5s);
    CHECK(play.why_over().empty());
    play.closes(1000);
    play.ends();
    play.open();
    CHECK(last_moment(play, 5s) == 7999ms);
  }
  SECTION("not on one that is over") {
    Play play("[expect]\nattempts = 2\ncloses_with = { code = 1000, attempt = 1 }\n");
    play.open();
    play.resets();
    play.open();
    CHECK(last_moment(play, 0s) == 2999ms);
  }
}

TEST_CASE("reports that are not to come by some time are waited for until then") {
  Play play("[expect]\nclient = { error = { by = \"7s\", count = 0 } }\n", true);
  play.open();
  CHECK(last_moment(play, 0s) == 6999ms);
}

TEST_CASE("a client has its five seconds to fail a connection for a frame that is not allowed") {
  const std::string masked =
      "[[attempt]]\nsteps = [{ frame = \"masked\" }]\n[expect]\nattempts = 1\n";
  SECTION("and one more, so that it is certain") {
    Play play(masked);
    play.open();
    CHECK(last_moment(play, 0s) == 5999ms);
  }
  SECTION("unless nobody cares") {
    Play play(masked + "waive = [\"fails-bad-frame\"]\n");
    play.open();
    CHECK(last_moment(play, 0s) == 2999ms);
  }
}

TEST_CASE("a client that was stopped has its five seconds from when it goes on") {
  Play play("[[attempt]]\nsteps = [{ frame = \"masked\" }]\n[expect]\nattempts = 1\n");
  play.open();
  play.until(10ms);
  play.recorder.add(Time(play.now), trace::Told{"", "freeze"});
  play.until(4s);
  play.recorder.add(Time(play.now), trace::Told{"", "thaw"});
  play.until(8900ms);
  CHECK(play.why_over().empty());
  CHECK(play.until_over() == "settled");
}

TEST_CASE("a client has its five seconds to leave a bad 101, also while another connection lives") {
  const std::string bad = "[[attempt]]\nhandshake = \"wrong-accept\"\n[[attempt]]\n[expect]\n";
  Play play(bad + GENERATE("attempts = 2\n", "attempts = \"1..\"\n"));
  play.open();
  play.open();
  SECTION("it never does") { CHECK(last_moment(play, 0s) == 5999ms); }
  SECTION("it does") {
    play.until(4s);
    CHECK(play.why_over().empty());
    play.world.client_left(Time(4s), 1, trace::End::fin);
    CHECK(play.why_over() == "settled");
  }
}

TEST_CASE("a bad 101 is not waited for where nobody cares") {
  Play play(
      "[[attempt]]\nhandshake = \"wrong-accept\"\n[[attempt]]\n[expect]\n"
      "attempts = 2\nwaive = [\"fails-bad-handshake\"]\n");
  play.open();
  play.open();
  CHECK(last_moment(play, 0s) == 2999ms);
}

TEST_CASE(
    "recovers: a silent connection that the client has given up must be followed by another") {
  Play play(
      "[[attempt]]\nsteps = [{ drop = \"silent\" }]\n[expect]\nattempts = \"1..\"\n"
      "recovers = \"..10s\"\n",
      true);
  play.open();
  play.until(1s);
  play.reports("close", 1006);
  play.until(8s);
  CHECK(play.why_over().empty());
  play.open();
  CHECK(last_moment(play, 8s) == 10'999ms);
}

TEST_CASE("detects: a link that is cut is waited for until the client notices, or it is back") {
  const std::string cut = "[[at]]\ntime = \"1s\"\nlink = \"blackhole\"\n";
  const std::string detects = "[expect]\ndetects = \"..10s\"\n";
  SECTION("the client notices") {
    Play play(cut + detects, true);
    play.open();
    play.until(8s);
    CHECK(play.why_over().empty());
    play.reports("close", 1006);
    CHECK(play.why_over() == "settled");
  }
  SECTION("it is back") {
    Play play(cut + "[[at]]\ntime = \"5s\"\nlink = \"up\"\n" + detects, true);
    play.open();
    CHECK(last_moment(play, 0s) == 7999ms);
  }
  SECTION("nobody asks") {
    Play play(cut);
    play.open();
    CHECK(last_moment(play, 0s) == 3999ms);
  }
}

TEST_CASE("detects: a silence is waited for in an attempt that counts, and the first in any") {
  const std::string few = GENERATE("\"..3\"", "\"1..\"");
  const std::string asks = "[expect]\nattempts = " + few + "\ndetects = \"..10s\"\n";
  const std::string silent = "steps = [{ link = \"rebind\" }]\n";
  SECTION("the first attempt") {
    Play play("[[attempt]]\n" + silent + asks);
    play.open();
    CHECK(last_moment(play, 20s) == 29'999ms);
  }
  SECTION("the second, which only the rest speaks of") {
    Play play("[[attempt]]\n[[attempt]]\ntimes = \"rest\"\n" + silent + asks);
    play.open();
    play.resets();
    play.open();
    play.until(8s);
    CHECK(play.why_over().empty());
    play.open();
    CHECK(last_moment(play, 8s) == 10'999ms);  // The silence of the third decides nothing.
  }
  SECTION("not where nobody asks") {
    Play play("[[attempt]]\n[[attempt]]\ntimes = \"rest\"\n" + silent +
              "[expect]\nattempts = \"1..2\"\n");
    play.open();
    play.resets();
    play.open();
    CHECK(last_moment(play, 0s) == 2999ms);
  }
}

TEST_CASE("one-close: a report that is missing is waited for while it may come") {
  const std::string dropped = "[[attempt]]\nsteps = [{ drop = \"reset\" }]\n[expect]\nattempts = ";
  const auto dropped_once = [](Play& play) {
    play.open();
    play.reports("open");
    play.resets();
    play.until(1s);
    play.open();
    play.reports("open");
  };
  SECTION("for its five seconds and one more") {
    Play play(dropped + "2\n", true);
    dropped_once(play);
    CHECK(last_moment(play, 1s) == 5999ms);
    CHECK(play.why_over() == "settled");
  }
  SECTION("a slow one comes in time") {
    Play play(dropped + "2\n", true);
    dropped_once(play);
    play.until(4500ms);
    CHECK(play.why_over().empty());
    play.reports("close", 1006);
    CHECK(play.why_over() == "settled");
  }
  SECTION("from when on it runs, where it was stopped") {
    Play play(dropped + "2\n", true);
    dropped_once(play);
    play.recorder.add(Time(1s), trace::Told{"", "freeze"});
    play.recorder.add(Time(3s), trace::Told{"", "thaw"});
    CHECK(last_moment(play, 3s) == 8999ms);
  }
  SECTION("nothing is missing") {
    Play play(dropped + "2\n", true);
    dropped_once(play);
    play.reports("close", 1006);
    CHECK(last_moment(play, 1s) == 3999ms);
  }
  SECTION("not of an attempt that nobody asked for") {
    Play play(dropped + "\"1..\"\n", true);
    play.open();
    play.reports("open");
    play.resets();
    play.reports("close", 1006);
    play.open();
    play.reports("open");
    play.resets();
    play.open();
    play.reports("open");
    CHECK(last_moment(play, 0s) == 2999ms);
  }
  SECTION("nor of a client that does not report") {
    Play play(dropped + "2\n");
    dropped_once(play);
    CHECK(last_moment(play, 1s) == 3999ms);
  }
  SECTION("nor where it is waived") {
    Play play(dropped + "2\nwaive = [\"one-close\"]\n", true);
    dropped_once(play);
    CHECK(last_moment(play, 1s) == 3999ms);
  }
  SECTION("nor for the client's Close before TCP has ended") {
    Play play("[[attempt]]\nsteps = [{ close = 1012, finish = false }]\n[[attempt]]\n", true);
    play.open();
    play.reports("open");
    play.until(1s);
    play.open();
    play.reports("open");
    CHECK(last_moment(play, 1s) == 3999ms);
  }
}
