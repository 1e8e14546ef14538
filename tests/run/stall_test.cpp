// halfopen stood still for a second or more: the client gets all of that time back.
#include "play.h"

using namespace halfopen;
using namespace halfopen::run;

namespace {

/// Stands still for so long from now on.
void stand_still(Play& play, Duration time) {
  play.now += time;
  play.late(time);
}

}  // namespace

TEST_CASE("a standstill moves what the clock is to bring, and what it brings stays apart") {
  Play play("[[at]]\ntime = \"5s\"\nlink = \"down\"\n[[at]]\ntime = \"7s\"\nlink = \"up\"\n");
  play.open();
  play.until(2s);
  stand_still(play, 6s);
  play.until(10'999ms);
  CHECK(play.outside.done.empty());
  play.until(12s);
  CHECK(play.outside.done == Lines{"link down"});
  play.until(13s);
  CHECK(play.outside.done == Lines{"link down", "link up"});
  CHECK(play.trace({"lag"}) == Lines{R"({"at":8000000,"event":"lag","late":6000000})"});
}

TEST_CASE("a standstill is not counted to `within`") {
  Play play("[expect]\nattempts = 3\nwithin = \"10s\"\n");
  play.open();
  play.until(5s);
  stand_still(play, 7s);
  play.until(16'999ms);
  CHECK(play.why_over().empty());
  play.until(17s);
  CHECK(play.why_over() == "time");
}

TEST_CASE("a connection has not settled while halfopen stood still") {
  Play play("[expect]\nattempts = 1\nopens = 1\nsettle = \"2s\"\nwithin = \"30s\"\n");
  play.open();
  play.until(1s);
  stand_still(play, 7s);
  play.until(8'999ms);
  CHECK(play.why_over().empty());
  play.until(9s);
  CHECK(play.why_over() == "settled");
}

TEST_CASE("what is late by less than a second moves nothing") {
  Play play("[expect]\nattempts = 3\nwithin = \"10s\"\n");
  play.open();
  play.until(5s);
  stand_still(play, 999ms);
  play.until(10s);
  CHECK(play.why_over() == "time");
}

TEST_CASE("what a client sent last is read, however late halfopen comes to it") {
  Play play("[expect]\nattempts = 1\nclient = { exit = 0 }\nwithin = \"10s\"\n");
  play.open();
  play.exits();
  stand_still(play, 400ms);
  play.until(play.now);
  CHECK(play.why_over().empty());
  play.until(700ms);
  CHECK(play.why_over() == "client-exited");
}
