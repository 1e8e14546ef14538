// A server that reads slowly, or writes byte by byte.
#include "run/pace.h"
#include "play.h"

using namespace halfopen;
using namespace halfopen::run;

TEST_CASE("a pace grants what the rate allows, ten times a second, and nothing twice") {
  Pace pace(8'000.0, Time{});  // 1000 B/s
  CHECK(pace.grant(Time{}) == 0);
  CHECK(pace.deadline() == Time(100ms));
  CHECK(pace.grant(Time(99ms)) == 0);
  CHECK(pace.grant(Time(100ms)) == 100);
  CHECK(pace.deadline() == Time(200ms));
}

TEST_CASE("a pace makes up for a grant that comes late, but not for a long silence") {
  Pace pace(8'000.0, Time{});  // 1000 B/s
  CHECK(pace.grant(Time(250ms)) == 250);
  CHECK(pace.deadline() == Time(350ms));
  CHECK(pace.grant(Time(5s)) == 1000);
}

TEST_CASE("without a rate all is granted, and with none nothing ever is") {
  Pace all(std::nullopt, Time{});
  CHECK_FALSE(all.grant(Time{}));
  CHECK_FALSE(all.deadline());
  CHECK_FALSE(all.is_slow());
  Pace nothing(0.0, Time{});
  CHECK(nothing.grant(Time(10s)) == 0);
  CHECK_FALSE(nothing.deadline());
  CHECK(nothing.is_slow());
}

TEST_CASE("steps say how fast the server reads, and what waited is written down") {
  Play play(
      "[[attempt]]\nsteps = [{ read = \"nothing\" }, { wait = \"1s\" }, { read = \"1kB/s\" }, "
      "{ wait = \"250ms\" }, { read = \"all\" }]\n");
  play.open();
  CHECK(play.outside.done == Lines{"1 read 0"});
  play.until(1249ms);
  CHECK(play.outside.done ==
        Lines{"1 read 0", "1 note waiting", "1 read 0", "1 read 100", "1 read 100"});
  play.until(1250ms);
  CHECK(play.outside.done.back() == "1 read all");
  play.world.finish(Time(2s));
  CHECK(play.outside.done.back() == "1 read all");
}

TEST_CASE("what waits at the end of the run is written down") {
  Play play("[[attempt]]\nsteps = [{ read = \"nothing\" }]\n");
  play.open();
  play.world.finish(Time(2s));
  CHECK(play.outside.done.back() == "1 note waiting");
}

TEST_CASE("a connection that is over is not read any more") {
  Play play("[[attempt]]\nsteps = [{ read = \"1kB/s\" }]\n");
  play.open();
  play.ends();
  const std::size_t before = play.outside.done.size();
  play.until(1s);
  CHECK(play.outside.done.size() == before);
}

TEST_CASE("each byte is written by itself, until it is not") {
  Play play(
      "[[attempt]]\nsteps = [{ write = \"bytewise\" }, { send = \"hello\" }, "
      "{ write = \"all\" }, { send = \"hello\" }]\n");
  play.connect();
  play.sends(upgrade);
  CHECK(play.outside.writes == 1 + 7 + 1);
  CHECK(play.outside.apart == 7);
  CHECK(play.heard() == Lines{"101 Switching Protocols", "text hello", "text hello"});
}

TEST_CASE("what is written at once goes byte by byte only up to a limit") {
  Play play("[[attempt]]\nsteps = [{ write = \"bytewise\" }, { echo = true }]\n");
  play.open();
  const int before = play.outside.writes;
  play.says(std::string(200'000, 'x'));
  CHECK(play.outside.writes - before == 4 * 1024 + 1);
  CHECK(play.outside.apart == 4 * 1024);
}

TEST_CASE("the client's memory is written down when it first opens, where it is spoken of") {
  Play play("[[attempt]]\nsteps = []\n[expect]\nclient = { memory = \"..1MiB\" }\n");
  play.connect();
  CHECK(play.outside.done.empty());
  play.sends(upgrade);
  CHECK(play.outside.done == Lines{"note memory"});
  play.open();
  CHECK(play.outside.done == Lines{"note memory"});
}

TEST_CASE("many messages are told apart by their numbers, and filled up") {
  scenario::Tell tell{"send", {}, {{"text", "m"}}, 2, 8};
  CHECK(to_line(tell, 2) == R"({"do":"send","text":"m 2 ...."})");
  CHECK(in_short(tell) == R"({"do":"send","size":8,"text":"m","times":2})");
  tell.times = 1;
  CHECK(to_line(tell) == R"({"do":"send","text":"m ......"})");
}
