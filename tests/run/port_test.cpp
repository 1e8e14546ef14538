// Attempts whose port fault accepts the connection and does not serve it.
#include "play.h"

using namespace halfopen;
using namespace halfopen::run;

TEST_CASE("a connection that is accepted and reset ends before a byte is looked at") {
  Play play("[[attempt]]\nport = \"accept-reset\"\n");
  play.connect();
  CHECK(play.outside.done.empty());
  play.until(1ms);
  CHECK(play.outside.done == Lines{"1 reset"});
  play.sends(upgrade);
  CHECK(play.outside.written_bytes == 0);
  CHECK(play.trace({"fault-struck", "request"}).size() == 1);
}

TEST_CASE("a connection that is accepted and ended counts bytes first, then time") {
  Play play(
      "[[attempt]]\nport = { fault = \"accept-fin\", bytes = 20, after = \"2s\" }\n[expect]\n"
      "attempts = 1\n");
  play.connect();
  play.until(5s);
  play.sends("GET / HTTP/1.1\r\n");
  play.until(9s);
  CHECK(play.outside.done.empty());
  play.sends("Host: a\r\n");
  play.until(10999ms);
  CHECK(play.outside.done.empty());
  play.until(11s);
  CHECK(play.outside.done == Lines{"1 finish"});
  CHECK(play.trace({"end-visible"}).size() == 1);
}

TEST_CASE("a stuck process answers nothing, until the client leaves") {
  Play play("[[attempt]]\nport = \"accept-silent\"\n");
  play.open();
  play.until(10s);
  CHECK(play.outside.written_bytes == 0);
  CHECK(play.outside.done.empty());
  CHECK(play.trace({"fault-struck"}).size() == 1);
  play.ends();
  CHECK(play.outside.done == Lines{"1 finish"});
}

TEST_CASE("a banner is on the wire before the client speaks, and the end follows its first byte") {
  Play play("[[attempt]]\nport = { fault = \"banner\", text = \"220 mail\", end = \"reset\" }\n");
  play.connect();
  play.until(1s);
  CHECK(as_text(play.outside.written[1]) == "220 mail\r\n");
  CHECK(play.outside.done.empty());
  play.sends("G");
  CHECK(play.outside.done == Lines{"1 reset"});
  CHECK(play.trace({"fault-struck"}).size() == 1);
}

TEST_CASE("an alert in the place of an answer waits for the client's first bytes") {
  Play play("[[attempt]]\nport = \"tls\"\n");
  play.connect();
  play.sends("GET ");
  play.until(1s);
  CHECK(play.outside.written_bytes == 0);
  play.sends("/");
  CHECK(play.outside.written[1] == Bytes{0x15, 0x03, 0x03, 0x00, 0x02, 0x02, 0x0a});
  CHECK(play.outside.done == Lines{"1 finish"});
  CHECK(play.trace({"fault-struck"}).size() == 1);
}

TEST_CASE("a SYN that a full listen queue drops is the same attempt, and is served in the end") {
  Play play("[[attempt]]\nport = { fault = \"listen-queue-full\", syns = 2 }\n");
  const Begun begun = play.world.begin_attempt(Time{}, "192.0.2.10:41000");
  CHECK(begun.port == trace::Port::open);
  CHECK(begun.unanswered == 2);
  CHECK(play.trace({"fault-struck"}).size() == 1);
}

TEST_CASE("an unreachable port says why") {
  Play play("[[attempt]]\nport = { fault = \"unreachable\", code = \"prohibited\" }\n");
  const Begun begun = play.world.begin_attempt(Time{}, "192.0.2.10:41000");
  CHECK(begun.port == trace::Port::unreachable);
  CHECK(begun.why == link::Unreachable::prohibited);
}
