// The opening handshake, from the server's side, as scenarios script it.
#include "play.h"

using namespace halfopen;
using namespace halfopen::run;

namespace {

const std::string too_early =
    R"({"at":0,"attempt":1,"event":"violation","rule":"waits-for-answer","text":)"
    R"("sent data before its opening request was answered"})";

}  // namespace

TEST_CASE("an attempt without a table is accepted and echoed") {
  Play play("");
  play.open();
  play.says("hello");
  play.sends(client_frame(ws::Opcode::binary, "\x01\x02"));
  play.sends(client_frame(ws::Opcode::ping, "are you there"));
  CHECK(play.heard() ==
        Lines{"101 Switching Protocols", "text hello", "binary \\x01\\x02", "pong are you there"});
  CHECK(
      play.trace({"request", "answer", "opened", "violation"}) ==
      Lines{R"({"at":0,"attempt":1,"event":"request","method":"GET","target":"/","headers":)"
            R"([["Host","server.test"],["Upgrade","websocket"],["Connection","Upgrade"],)"
            R"(["Sec-WebSocket-Key","dGhlIHNhbXBsZSBub25jZQ=="],["Sec-WebSocket-Version","13"]]})",
            R"({"at":0,"attempt":1,"event":"answer"})",
            R"({"at":0,"attempt":1,"event":"opened"})"});
}

TEST_CASE("a handshake status refuses with that status and ends the connection") {
  Play play(
      "[[attempt]]\nhandshake = { status = 503, body = \"later\", headers = { Retry-After = "
      "\"20\" } }\n");
  play.open();
  CHECK(play.heard() == Lines{"503 Service Unavailable", "later"});
  const std::string text(as_text(play.outside.written[1]));
  CHECK(text.find("Retry-After: 20\r\n") != std::string::npos);
  CHECK(text.find("Content-Length: 5\r\n") != std::string::npos);
  CHECK(play.outside.done == Lines{"1 finish"});
  CHECK(
      play.trace({"answer", "opened", "fault-struck", "end-visible"}) ==
      Lines{
          R"({"at":0,"attempt":1,"line":3,"event":"fault-struck","layer":"handshake","name":"status 503"})",
          R"({"at":0,"attempt":1,"event":"answer","status":503,"fault":"status 503","valid":false,)"
          R"("retry_after":20000000})",
          R"({"at":0,"attempt":1,"event":"end-visible","how":"refusal","code":503})"});
}

TEST_CASE("after a bad 101 the server waits for the client to fail the connection") {
  Play play("[[attempt]]\nhandshake = \"wrong-accept\"\n");
  play.open();
  CHECK(play.heard() == Lines{"101 Switching Protocols"});
  CHECK(play.outside.done.empty());
  CHECK(play.trace({"answer", "opened", "end-visible"}) ==
        Lines{R"({"at":0,"attempt":1,"event":"answer","fault":"wrong-accept","valid":false})",
              R"({"at":0,"attempt":1,"event":"end-visible","how":"refusal","code":101})"});

  SECTION("a client that opens all the same is seen to send, and gets no answer") {
    play.says("hello");
    CHECK(
        play.trace({"frame"}) ==
        Lines{R"({"at":0,"attempt":1,"event":"frame","opcode":"text","length":5,"text":"hello"})"});
    CHECK(play.heard() == Lines{"101 Switching Protocols"});
  }
  SECTION("a client that fails the connection ends the attempt") {
    play.ends();
    CHECK(play.trace({"attempt-over"}).size() == 1);
    CHECK(play.outside.done == Lines{"1 finish"});
  }
}

TEST_CASE("a raw answer is sent byte for byte") {
  Play play("[[attempt]]\nhandshake = { raw = \"SSH-2.0-OpenSSH_9.2\\r\\n\" }\n");
  play.open();
  CHECK(as_text(play.outside.written[1]) == "SSH-2.0-OpenSSH_9.2\r\n");
  CHECK(play.trace({"opened"}).empty());
}

TEST_CASE("a delayed answer comes after its delay, not before") {
  Play play("[[attempt]]\nhandshake = { delay = \"2s\" }\n");
  play.open();
  play.until(1999ms);
  CHECK(play.heard().empty());
  play.until(2s);
  CHECK(play.heard() == Lines{"101 Switching Protocols"});
  CHECK(play.trace({"opened"}) == Lines{R"({"at":2000000,"attempt":1,"event":"opened"})"});
}

TEST_CASE("a dripping answer comes a byte at a time") {
  Play play("[[attempt]]\nhandshake = { drip = \"10ms\" }\n");
  play.open();
  CHECK(play.outside.written[1].size() == 1);
  play.until(1s);
  CHECK(play.outside.written[1].size() == 101);
  CHECK(play.trace({"opened"}).empty());
  play.until(20s);
  const std::size_t whole = play.outside.written[1].size();
  CHECK(play.heard() == Lines{"101 Switching Protocols"});
  CHECK(play.trace({"opened"}) == Lines{R"({"at":)" + std::to_string((whole - 1) * 10'000) +
                                        R"(,"attempt":1,"event":"opened"})"});
}

TEST_CASE("a handshake that is never answered stays so, and costs no wake-ups") {
  Play play("[[attempt]]\nhandshake = \"never\"\n");
  play.open();
  CHECK(play.world.deadline() == Time(30s));
  CHECK(play.until_over() == "time");
  CHECK(play.heard().empty());
  CHECK(
      play.trace({"fault-struck"}) ==
      Lines{
          R"({"at":0,"attempt":1,"line":3,"event":"fault-struck","layer":"handshake","name":"never-answers","silent":true})"});
}

TEST_CASE("a subprotocol is chosen only if the client offers it") {
  Play play("[[attempt]]\ntimes = 2\nhandshake = { protocol = \"graphql-ws\" }\n");
  play.open();
  CHECK(as_text(play.outside.written[1]).find("Sec-WebSocket-Protocol") == std::string::npos);
  play.connect();
  std::string request = upgrade;
  request.insert(request.size() - 2, "Sec-WebSocket-Protocol: mqtt, graphql-ws\r\n");
  play.sends(request);
  CHECK(as_text(play.outside.written[2]).find("Sec-WebSocket-Protocol: graphql-ws\r\n") !=
        std::string::npos);
}

TEST_CASE("a request that is no upgrade is answered with 426, whatever the scenario says") {
  Play play("[[attempt]]\nhandshake = \"wrong-accept\"\n");
  play.connect();
  play.sends("GET / HTTP/1.1\r\nHost: server.test\r\n\r\n");
  CHECK(play.heard() == Lines{"426 Upgrade Required", "This is a WebSocket server.\\n"});
  CHECK(play.outside.done == Lines{"1 finish"});
  CHECK(play.violations() ==
        Lines{R"({"at":0,"attempt":1,"event":"violation","rule":"valid-handshake-request",)"
              R"("text":"a GET without Upgrade: not a WebSocket opening handshake"})"});
}

TEST_CASE("a request with another version is answered, and its violation is written down") {
  Play play("");
  play.connect();
  std::string request = upgrade;
  request.replace(request.find("Version: 13"), 11, "Version: 8");
  play.sends(request);
  CHECK(play.heard() == Lines{"101 Switching Protocols"});
  REQUIRE(play.violations().size() == 1);
  CHECK(play.violations()[0].find(R"("rule":"version-13")") != std::string::npos);
}

TEST_CASE("a request without a key is a violation") {
  Play play("");
  play.connect();
  std::string request = upgrade;
  request.erase(request.find("Sec-WebSocket-Key"), 45);
  play.sends(request);
  REQUIRE(play.violations().size() == 1);
  CHECK(play.violations()[0].find(R"("rule":"valid-handshake-request")") != std::string::npos);
}

TEST_CASE("what is no HTTP request is refused with 400") {
  Play play("");
  play.connect();
  SECTION("garbage") { play.sends("\x16\x03\x01\x02garbage\r\n\r\n"); }
  SECTION("a head without an end") {
    play.sends("GET / HTTP/1.1\r\n");
    for (int i = 0; i < 2000; ++i) play.sends("X-Filler: " + std::string(100, 'x') + "\r\n");
  }
  CHECK(play.heard() == Lines{"400 Bad Request"});
  CHECK(play.outside.done == Lines{"1 finish"});
  REQUIRE(play.violations().size() == 1);
  CHECK(play.violations()[0].find(R"("rule":"valid-handshake-request")") != std::string::npos);
  CHECK(play.trace({"end-visible"}) ==
        Lines{R"({"at":0,"attempt":1,"event":"end-visible","how":"refusal","code":400})"});
}

TEST_CASE("frames that come right behind the request are read once it is answered") {
  Play play("[[attempt]]\nhandshake = { delay = \"1s\" }\nsteps = [{ expect = \"early\" }]\n");
  play.open();
  play.says("early");
  play.until(1s);
  CHECK(play.trace({"step-passed"}) ==
        Lines{R"({"at":1000000,"attempt":1,"line":4,"event":"step-passed"})"});
  CHECK(play.violations() == Lines{too_early});
}

TEST_CASE("data in the segment of the request is too early, too, and said once") {
  Play play("[[attempt]]\nhandshake = { delay = \"1s\" }\n");
  play.connect();
  Bytes both;
  append(both, upgrade);
  append(both, client_frame(ws::Opcode::text, "early"));
  play.sends(both);
  play.says("early");
  CHECK(play.violations() == Lines{too_early});
}

TEST_CASE("what comes once the head of the answer is out is not too early") {
  Play play(
      "[[attempt]]\nhandshake = { drip = \"1ms\", headers = { Upgrade = \"\", Connection = \"\" "
      "}, body = \"abc\" }\n");
  play.open();
  while (play.heard().size() < 1 || play.heard()[0] != "101 Switching Protocols")
    play.until(play.now + 1ms);
  play.says("in time");
  CHECK(play.violations().empty());
}

TEST_CASE("more early data than is kept ends the connection, and is not read from its middle") {
  Play play("[[attempt]]\nhandshake = { delay = \"1s\" }\n");
  play.open();
  for (int i = 0; i < 100; ++i) play.says(std::string(1000, 'x'));
  play.until(1s);
  CHECK(play.violations() == Lines{too_early});
  CHECK(play.heard() == Lines{"101 Switching Protocols", "close 1002"});
  play.says("more");
  CHECK(play.trace({"frame"}).size() == 1);
}

TEST_CASE("a mistake in frames that came too early is seen as soon as the handshake is answered") {
  Play play("[[attempt]]\nhandshake = { delay = \"1s\" }\n");
  play.open();
  play.sends(std::string("\x81\x02hi", 4));
  play.until(1s);
  CHECK(play.violations() ==
        Lines{too_early,
              R"({"at":1000000,"attempt":1,"event":"violation","rule":"masked-frames","text":)"
              R"("an unmasked frame from the client"})"});
  CHECK(play.heard() == Lines{"101 Switching Protocols", "close 1002"});
}

TEST_CASE("frames that came before a bad 101 are read, too") {
  Play play("[[attempt]]\nhandshake = { fault = \"wrong-accept\", delay = \"1s\" }\n");
  play.open();
  const Bytes frame = client_frame(ws::Opcode::text, "half and half");
  play.sends(ByteView(frame).first(8));
  play.until(1s);
  play.sends(ByteView(frame).subspan(8));
  CHECK(play.violations() == Lines{too_early});
  CHECK(play.trace({"frame"}).size() == 1);
}

// ── cut off, or without an end ───────────────────────────────────────────────────────────────

TEST_CASE("an answer that is cut off is followed by what the fault says") {
  const auto ending = [](const std::string& end) {
    Play play("[[attempt]]\nhandshake = { fault = \"truncated\", bytes = 12, end = \"" + end +
              "\" }\n");
    play.open();
    CHECK(as_text(play.outside.written[1]) == "HTTP/1.1 101");
    Lines lines = play.trace({"answer", "end-visible"});
    lines.insert(lines.end(), play.outside.done.begin(), play.outside.done.end());
    return lines;
  };
  const std::string answer =
      R"({"at":0,"attempt":1,"event":"answer","status":0,"fault":"truncated","valid":false})";
  CHECK(ending("silent") ==
        Lines{answer, R"({"at":0,"attempt":1,"event":"end-visible","how":"silence"})"});
  CHECK(ending("fin") ==
        Lines{answer, R"({"at":0,"attempt":1,"event":"end-visible"})", "1 finish"});
  CHECK(ending("reset") == Lines{answer, "1 reset"});
}

TEST_CASE("headers without end come at their rate until the client leaves") {
  Play play(
      "[[attempt]]\nhandshake = { fault = \"endless-header\", length = 100, every = \"10ms\" }\n");
  play.open();
  const std::size_t head = play.outside.written[1].size();
  CHECK(as_text(play.outside.written[1]).ends_with("\r\n"));
  play.until(1s);
  CHECK(play.outside.written[1].size() == head + 101 * 100);
  CHECK(as_text(play.outside.written[1]).find("\r\n\r\n") == std::string::npos);
  play.ends();
  const std::size_t written = play.outside.written[1].size();
  play.until(2s);
  CHECK(play.outside.written[1].size() == written);
  CHECK(play.trace({"opened"}).empty());
}

TEST_CASE("the accept of the attempt before is sent, whatever became of that") {
  Play play("[[attempt]]\nhandshake = 503\n[[attempt]]\nhandshake = \"stale-accept\"\n");
  play.open();
  play.connect();
  std::string request = upgrade;
  request.replace(request.find("dGhlIHNhbXBsZSBub25jZQ=="), 24, "AAAAAAAAAAAAAAAAAAAAAA==");
  play.sends(request);
  CHECK(as_text(play.outside.written[2])
            .find("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n") != std::string::npos);
  CHECK(play.trace({"opened"}).empty());
}

TEST_CASE("Retry-After is in the trace, in either form") {
  Play play(
      "[[attempt]]\nhandshake = { status = 429, headers = { Retry-After = \"20\" } }\n"
      "[[attempt]]\nhandshake = { fault = \"retry-after\", form = \"date\", after = \"3s\" }\n");
  play.open();
  play.open();
  CHECK(as_text(play.outside.written[2]).find("Retry-After: Thu, 01 Jan 1970 00:00:04 GMT\r\n") !=
        std::string::npos);
  const Lines answers = play.trace({"answer"});
  REQUIRE(answers.size() == 2);
  CHECK(answers[0].find(R"("retry_after":20000000)") != std::string::npos);
  CHECK(answers[1].find(R"("retry_after":3000000)") != std::string::npos);
  CHECK(play.outside.done == Lines{"1 finish", "2 finish"});
}

// ── who is let in ────────────────────────────────────────────────────────────────────────────

namespace {

/// The status line that a request gets with these headers and that target.
std::string answer_to(const std::string& handshake, const std::string& headers,
                      const std::string& target = "/") {
  Play play("[[attempt]]\nhandshake = " + handshake + "\n");
  play.connect();
  std::string request = upgrade;
  request.insert(request.size() - 2, headers);
  request.replace(4, 1, target);
  play.sends(request);
  return play.heard().at(0);
}

}  // namespace

TEST_CASE("a token in a header lets in, and nothing else does") {
  const std::string auth = "{ auth = \"T2\" }";
  CHECK(answer_to(auth, "Authorization: Bearer T2\r\n") == "101 Switching Protocols");
  CHECK(answer_to(auth, "authorization: bearer T2\r\n") == "101 Switching Protocols");
  CHECK(answer_to(auth, "") == "401 Unauthorized");
  CHECK(answer_to(auth, "Authorization: Bearer T1\r\n") == "401 Unauthorized");
  CHECK(answer_to(auth, "Authorization: T2\r\n") == "401 Unauthorized");
  const std::string other = "{ auth = { token = \"T2\", name = \"X-Key\", status = 403 } }";
  CHECK(answer_to(other, "X-Key: T2\r\n") == "101 Switching Protocols");
  CHECK(answer_to(other, "X-Key: t2\r\n") == "403 Forbidden");
}

TEST_CASE("a token in the query lets in") {
  const std::string auth = "{ auth = { token = \"T2\", where = \"query\" } }";
  CHECK(answer_to(auth, "", "/a?x=1&token=T2") == "101 Switching Protocols");
  CHECK(answer_to(auth, "", "/a?token=T2&x=1") == "101 Switching Protocols");
  CHECK(answer_to(auth, "", "/a?token=T22") == "401 Unauthorized");
  CHECK(answer_to(auth, "", "/a?mytoken=T2") == "401 Unauthorized");
  CHECK(answer_to(auth, "", "/token=T2") == "401 Unauthorized");
}

TEST_CASE("a token among the subprotocols lets in, and another one is chosen") {
  Play play("[[attempt]]\nhandshake = { auth = { token = \"T2\", where = \"subprotocol\" } }\n");
  play.connect();
  std::string request = upgrade;
  request.insert(request.size() - 2, "Sec-WebSocket-Protocol: bearer.T2, chat\r\n");
  play.sends(request);
  CHECK(as_text(play.outside.written[1]).find("Sec-WebSocket-Protocol: chat\r\n") !=
        std::string::npos);
  const std::string auth = "{ auth = { token = \"T2\", where = \"subprotocol\" } }";
  CHECK(answer_to(auth, "Sec-WebSocket-Protocol: T2\r\n") == "101 Switching Protocols");
  CHECK(answer_to(auth, "Sec-WebSocket-Protocol: T1, chat\r\n") == "401 Unauthorized");
}

TEST_CASE("a refusal for want of a token is a fault that the trace names, and says what would do") {
  Play play("[[attempt]]\nhandshake = { auth = \"T2\" }\n");
  play.open();
  CHECK(as_text(play.outside.written[1]).find("WWW-Authenticate: Bearer\r\n") != std::string::npos);
  CHECK(play.outside.done == Lines{"1 finish"});
  CHECK(
      play.trace({"fault-struck", "answer"}) ==
      Lines{
          R"({"at":0,"attempt":1,"line":3,"event":"fault-struck","layer":"handshake","name":"unauthorized"})",
          R"({"at":0,"attempt":1,"event":"answer","status":401,"fault":"unauthorized",)"
          R"("valid":false})"});
}

TEST_CASE("only the pages in the list are let in") {
  const std::string pages = R"({ origin = ["https://app.test", "https://b.test"] })";
  CHECK(answer_to(pages, "Origin: https://b.test\r\n") == "101 Switching Protocols");
  CHECK(answer_to(pages, "Origin: https://evil.test\r\n") == "403 Forbidden");
  CHECK(answer_to(pages, "") == "403 Forbidden");
  CHECK(answer_to(R"({ origin = [""] })", "") == "101 Switching Protocols");
}
