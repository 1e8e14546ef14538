// Steps that do something wrong: how the connection ends, and what goes out.
#include "play.h"

using namespace halfopen;
using namespace halfopen::run;

TEST_CASE("no-pongs: pings are not answered from then on, and everything else is") {
  Play play(steps("{ expect = \"go\" },\n{ frame = \"no-pongs\" },\n{ echo = true },"));
  play.open();
  play.sends(client_frame(ws::Opcode::ping, "before"));
  play.says("go");
  play.sends(client_frame(ws::Opcode::ping, "behind"));
  play.says("still there?");
  CHECK(play.heard() == Lines{"101 Switching Protocols", "pong before", "text still there?"});
  play.closes(1000);
  CHECK(play.heard().back() == "close 1000");
}

TEST_CASE("drop: each end is put on the wire, and said") {
  const auto done_by = [](const std::string& name) {
    Play play(steps("{ drop = \"" + name + "\" },"));
    play.open();
    Lines lines = play.outside.done;
    for (const std::string& line : play.trace({"end-visible"}))
      lines.push_back(line.substr(line.find("end-visible") + 12));
    CHECK(play.trace({"fault-struck"}).size() == 1);
    CHECK(play.trace({"step-passed"}).size() == 1);
    return lines;
  };
  CHECK(done_by("reset") == Lines{"1 reset"});
  CHECK(done_by("fin") == Lines{"1 finish", "}"});
  CHECK(done_by("silent") == Lines{"1 vanish"});
  CHECK(done_by("deaf") == Lines{"1 ignore"});
}

TEST_CASE("raw and frame: what is illegal goes out as it is written") {
  Play play(
      steps("{ raw = { hex = \"8f00\" } },\n"
            "{ frame = { opcode = 3, rsv = 4, payload = \"x\" } },\n"
            "{ frame = { opcode = \"text\", declared_length = 100, payload = \"abc\" } },"));
  play.open();
  const Bytes& written = play.outside.written[1];
  CHECK(hex(ByteView(written).last(10)) == "8f00c301788164616263");
  CHECK(play.trace({"step-passed"}).size() == 3);
}

TEST_CASE("a faulty Close frame is the server's last word, and the client's Close ends TCP") {
  Play play("[[attempt]]\nsteps = [{ close = \"bad-code\", code = 999 }]\n");
  play.open();
  const Lines faulty{"101 Switching Protocols", "! a Close frame with the code 999"};
  CHECK(play.heard() == faulty);
  play.sends(client_frame(ws::Opcode::ping, "x"));
  CHECK(play.heard() == faulty);
  CHECK(play.outside.done.empty());
  play.closes(1002);
  CHECK(play.heard() == faulty);
  CHECK(play.outside.done == Lines{"1 finish"});
}

TEST_CASE("a server that holds answers no Close and no FIN") {
  const bool sends = GENERATE(true, false);
  Play play("[[attempt]]\nsteps = [{ close = \"" +
            std::string(sends ? "unfinished" : "unanswered") + "\" }]\n");
  play.open();
  play.closes(1000);
  play.ends();
  CHECK(play.heard().back() == (sends ? "close 1001" : "101 Switching Protocols"));
  CHECK(play.outside.done.empty());
}

TEST_CASE("a dripped frame leaves byte by byte") {
  Play play("[[attempt]]\nsteps = [{ frame = \"bytewise\", text = \"abc\" }]\n");
  play.open();
  CHECK(play.heard().back() == "text abc");
  CHECK(play.outside.writes == 1 + 5);
  CHECK(play.outside.apart == 5);
}
