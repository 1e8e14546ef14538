// A server that holds so many connections at a time.
#include "play.h"

using namespace halfopen;
using namespace halfopen::run;

namespace {

/// A world whose server has that limit; attempt 1 does nothing.
std::string with_limit(const std::string& limit) {
  return "[server]\nconnections = " + limit + "\n[[attempt]]\nsteps = []\n";
}

const std::string too_many = "too-many-connections";

}  // namespace

TEST_CASE("a connection too many is refused, and still is an attempt") {
  Play play(with_limit("1") + "[[attempt]]\nsteps = [{ send = \"second\" }]\n");
  play.open();
  const Begun begun = play.world.begin_attempt(Time(1s), "192.0.2.10:41001");
  CHECK(begun.attempt == 2);
  CHECK(begun.port == trace::Port::closed);
  CHECK(play.trace({"fault-struck"}) ==
        Lines{R"({"at":1000000,"attempt":2,"line":3,"event":"fault-struck","name":")" + too_many +
              R"(","text":"the server holds as many as it can"})"});
  // Its table is used up: the third has none.
  play.world.peer_finished(Time(2s), 1);
  play.now = 2s;
  CHECK(play.open() == 3);
  CHECK(play.heard() == Lines{"101 Switching Protocols"});
}

TEST_CASE("connections up to the limit are served side by side") {
  Play play(with_limit("{ most = 2, then = \"503\" }"));
  play.open();
  play.open();
  CHECK(play.heard() == Lines{"101 Switching Protocols"});
  play.open();
  CHECK(play.heard().front() == "503 Service Unavailable");
  CHECK(play.trace({"fault-struck"}).size() == 2);  // The limit, and the status.
}

TEST_CASE("a connection too many is accepted and reset where the scenario says so") {
  Play play(with_limit("{ most = 1, then = \"reset\" }"));
  play.open();
  play.connect();
  play.until(1s);
  CHECK(play.outside.done.empty());
  play.sends("G");
  CHECK(play.outside.done == Lines{"2 reset"});
}

TEST_CASE("one that is turned away takes no place") {
  Play play(with_limit("{ most = 1, then = \"503\" }"));
  play.open();
  play.open();
  play.world.peer_finished(Time{}, 1);
  play.open();
  CHECK(play.heard() == Lines{"101 Switching Protocols"});
}

TEST_CASE("a connection whose packets vanish keeps its place, although the client has left it") {
  Play play(
      "[server]\nconnections = { most = 1, then = \"503\" }\n"
      "[[attempt]]\nsteps = [{ drop = \"silent\" }]\n");
  play.open();
  play.world.client_left(Time(1s), 1, trace::End::fin);
  play.now = 20s;
  play.open();
  CHECK(play.heard().front() == "503 Service Unavailable");
}

TEST_CASE("a place is taken for a while after the end") {
  Play play(with_limit("{ most = 1, then = \"503\", held = \"2s\" }"));
  play.open();
  play.ends();
  play.until(1999ms);
  play.open();
  CHECK(play.heard().front() == "503 Service Unavailable");
  play.until(2s);
  play.open();
  CHECK(play.heard().front() == "101 Switching Protocols");
}

TEST_CASE("who waits in the queue is served as soon as there is a place, in turn") {
  Play play(with_limit("{ most = 1, then = \"queue\", held = \"2s\" }"));
  play.open();
  play.connect();
  play.connect();
  CHECK(play.outside.done == Lines{"2 read 0", "3 read 0"});
  CHECK(play.trace({"accepted"}).size() == 1);
  play.world.peer_finished(Time{}, 1);
  play.until(1999ms);
  CHECK(play.trace({"accepted"}).size() == 1);
  play.until(2s);
  CHECK(play.outside.done == Lines{"2 read 0", "3 read 0", "1 finish", "2 read all"});
  play.world.received(Time(2s), 2, as_bytes(std::string_view(upgrade)));
  CHECK(play.heard(2) == Lines{"101 Switching Protocols"});
  CHECK(play.heard(3).empty());
}
