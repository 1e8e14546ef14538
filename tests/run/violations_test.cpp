// What the server sees a client do wrong, and how it answers.
#include "play.h"

using namespace halfopen;
using namespace halfopen::run;

namespace {

std::string violation(const std::string& rule, const std::string& text) {
  return R"({"at":0,"attempt":1,"event":"violation","rule":")" + rule + R"(","text":")" + text +
         "\"}";
}

}  // namespace

TEST_CASE("an unmasked frame is answered with 1002 and the end of the connection") {
  Play play("");
  play.open();
  play.sends(std::string("\x81\x02hi", 4));
  CHECK(play.violations() ==
        Lines{violation("masked-frames", "an unmasked frame from the client")});
  CHECK(play.heard() == Lines{"101 Switching Protocols", "close 1002"});
  CHECK(play.outside.done == Lines{"1 finish"});
  SECTION("once, whatever follows") {
    play.sends(std::string("\x81\x02hi", 4));
    CHECK(play.violations().size() == 1);
    CHECK(play.outside.done == Lines{"1 finish"});
  }
}

TEST_CASE("text that is no UTF-8 is answered with 1007") {
  Play play("");
  play.open();
  play.says("\xff");
  CHECK(play.violations() == Lines{violation("valid-frames", "a text message that is not UTF-8")});
  CHECK(play.heard() == Lines{"101 Switching Protocols", "close 1007"});
}

TEST_CASE("data after the client's Close frame is a violation, said once") {
  Play play("");
  play.open();
  play.closes(1000);
  play.says("one more");
  play.says("and another");
  CHECK(play.violations() ==
        Lines{violation("no-data-after-close", "sent data after its Close frame")});
  CHECK(play.heard() == Lines{"101 Switching Protocols", "close 1000"});
}

TEST_CASE("control frames after the client's Close frame are no violation, and not answered") {
  Play play("");
  play.open();
  play.closes(1000);
  play.sends(client_frame(ws::Opcode::ping, "late"));
  play.sends(client_frame(ws::Opcode::pong, "late"));
  play.closes(1001);
  CHECK(play.violations().empty());
  CHECK(play.heard() == Lines{"101 Switching Protocols", "close 1000"});
  CHECK(play.trace({"frame"}).size() == 5);
  SECTION("but data behind them is one") {
    play.says("late");
    CHECK(play.violations() ==
          Lines{violation("no-data-after-close", "sent data after its Close frame")});
  }
}

TEST_CASE("a client that closes without end leaves a short trace") {
  Play play("");
  play.open();
  for (int i = 0; i < 1000; ++i) play.closes(1000);
  CHECK(play.trace({"frame"}).size() == 202);
}

TEST_CASE("a ping that came before the client's Close is answered, after the server's, too") {
  Play play("[[attempt]]\nsteps = [{ close = 1000 }]\n");
  play.open();
  play.sends(client_frame(ws::Opcode::ping, "p"));
  CHECK(play.heard() == Lines{"101 Switching Protocols", "close 1000", "pong p"});
  play.closes(1000);
  play.sends(client_frame(ws::Opcode::ping, "q"));
  CHECK(play.heard() == Lines{"101 Switching Protocols", "close 1000", "pong p"});
  CHECK(play.violations().empty());
}

TEST_CASE("a Close frame and what is behind it in the same read are told apart") {
  Play play("");
  play.open();
  Bytes both = client_close(1000);
  append(both, client_frame(ws::Opcode::text, "late"));
  play.sends(both);
  CHECK(play.violations().size() == 1);
}

TEST_CASE("a frame that declares 2^63 bytes is refused at its head") {
  Play play("");
  play.open();
  play.sends(std::string("\x82\xff\x80\x00\x00\x00\x00\x00\x00\x00kkkk", 14));
  CHECK(play.violations().size() == 1);
  CHECK(play.outside.done == Lines{"1 finish"});
}

TEST_CASE("a frame of a gigabyte is refused before it has come") {
  Play play("");
  play.open();
  play.sends(std::string("\x82\xff\x00\x00\x00\x00\x40\x00\x00\x00kkkkx", 15));
  CHECK(play.heard() == Lines{"101 Switching Protocols", "close 1009"});
  CHECK(play.outside.done == Lines{"1 finish"});
  // A message may be of any length.
  CHECK(play.violations().empty());
}

TEST_CASE("a violation ends the steps when the client is gone") {
  Play play("[[attempt]]\nsteps = [{ expect = \"hello\" }]\n");
  play.open();
  play.sends(std::string("\x81\x02hi", 4));
  play.until(1s);
  play.ends();
  CHECK(play.trace({"step-failed"}).size() == 1);
  CHECK(play.trace({"attempt-over"}).size() == 1);
}
