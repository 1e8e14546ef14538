// What each handshake fault makes of the correct answer.
#include <catch2/catch.hpp>

#include <set>

#include "faults/fault.h"
#include "ws/client_handshake.h"

using namespace halfopen;
using namespace halfopen::faults;

namespace {

ws::Answer spoilt(std::string_view name, Arguments arguments = {}) {
  Use use{find(Layer::handshake, name), std::move(arguments)};
  REQUIRE(use.fault != nullptr);
  complete(use);
  // Another accept than the default of wrong-accept, which is right for the key of the RFC.
  ws::Answer answer = ws::correct_answer("AAAAAAAAAAAAAAAAAAAAAA==", "");
  use.fault->spoil(answer, use.arguments);
  return answer;
}

/// The answer on the wire, with the lines that the correct one has too shortened to "-".
std::string wire(std::string_view name, Arguments arguments = {}) {
  std::string text = ws::serialise(spoilt(name, std::move(arguments)));
  for (const char* line :
       {"HTTP/1.1 101 Switching Protocols\r\n", "Upgrade: websocket\r\n", "Connection: Upgrade\r\n",
        "Sec-WebSocket-Accept: ICX+Yqv66kxgM0FcWaLWlFLwTAI=\r\n"}) {
    const std::size_t at = text.find(line);
    if (at != std::string::npos) text.replace(at, std::string(line).size(), "-");
  }
  return text;
}

}  // namespace

TEST_CASE("the accept is spoilt") {
  CHECK(wire("wrong-accept") == "---Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n");
  CHECK(wire("wrong-accept", {{"accept", "x"}}) == "---Sec-WebSocket-Accept: x\r\n\r\n");
  CHECK(wire("missing-accept") == "---\r\n");
  CHECK(wire("empty-accept") == "---Sec-WebSocket-Accept: \r\n\r\n");
  CHECK(wire("duplicate-accept") ==
        "----Sec-WebSocket-Accept: ICX+Yqv66kxgM0FcWaLWlFLwTAI=\r\n\r\n");
}

TEST_CASE("Upgrade and Connection are spoilt") {
  CHECK(wire("missing-upgrade") == "---\r\n");
  CHECK(wire("wrong-upgrade") == "-Upgrade: h2c\r\n--\r\n");
  CHECK(wire("duplicate-upgrade") == "----Upgrade: websocket\r\n\r\n");
  CHECK(wire("missing-connection") == "---\r\n");
  CHECK(wire("wrong-connection") == "--Connection: keep-alive\r\n-\r\n");
  CHECK(wire("duplicate-connection") == "----Connection: Upgrade\r\n\r\n");
}

TEST_CASE("what was not asked for is chosen") {
  CHECK(wire("unasked-extension") == "----Sec-WebSocket-Extensions: x-halfopen-unasked\r\n\r\n");
  CHECK(wire("unasked-protocol", {{"value", "mqtt"}}) ==
        "----Sec-WebSocket-Protocol: mqtt\r\n\r\n");
}

TEST_CASE("the head's form is spoilt, or merely unusual") {
  CHECK(wire("old-version").substr(0, 13) == "HTTP/1.0 101 ");
  CHECK(wire("no-reason") == "HTTP/1.1 101 \r\n---\r\n");
  CHECK(wire("extra-tokens") == "--Connection: keep-alive, Upgrade\r\n-\r\n");
  CHECK(wire("folded") == "--Connection: keep-alive,\r\n Upgrade\r\n-\r\n");
  CHECK(wire("odd-case") ==
        "-uPGRADE: WEBSOCKET\r\ncONNECTION: uPGRADE\r\n"
        "sEC-wEBsOCKET-aCCEPT: ICX+Yqv66kxgM0FcWaLWlFLwTAI=\r\n\r\n");
  CHECK(wire("extra-space") ==
        "-Upgrade:  \t websocket \t \r\nConnection:  \t Upgrade \t \r\n"
        "Sec-WebSocket-Accept:  \t ICX+Yqv66kxgM0FcWaLWlFLwTAI= \t \r\n\r\n");
  CHECK(wire("bare-lf").find('\r') == std::string::npos);
  CHECK(wire("nul-byte") == std::string("----X-Padding: a\0b\r\n\r\n", 22));
  CHECK(wire("long-header", {{"length", std::int64_t{3}}}) == "----X-Padding: aaa\r\n\r\n");
}

TEST_CASE("something stands before or behind the head, or in its place") {
  CHECK(wire("early-hints") ==
        "HTTP/1.1 103 Early Hints\r\nLink: </app.js>; rel=preload\r\n\r\n----\r\n");
  CHECK(wire("early-frame") ==
        "----\r\n\x81\x05"
        "early");
  CHECK(wire("body") ==
        "----Content-Length: 42\r\n\r\n<!DOCTYPE html><p>Switching protocols</p>\n");
  CHECK(wire("garbage") == "SSH-2.0-OpenSSH_9.2p1\r\n\r\n");
  CHECK(wire("captive-portal").substr(0, 17) == "HTTP/1.1 200 OK\r\n");
}

TEST_CASE("a truncated answer is never whole") {
  CHECK(wire("truncated", {{"bytes", std::int64_t{12}}}) == "HTTP/1.1 101");
  const std::string whole = ws::serialise(ws::correct_answer("AAAAAAAAAAAAAAAAAAAAAA==", ""));
  CHECK(ws::serialise(spoilt("truncated", {{"bytes", std::int64_t{60'000}}})) ==
        whole.substr(0, whole.size() - 1));
}

TEST_CASE("an answer is marked invalid just where a client by RFC 6455, section 4.1 refuses it") {
  // Without a verdict of the RFC: our own client is stricter or laxer than others here.
  const std::set<std::string_view> open_to_choice = {"bare-lf", "folded", "long-header",
                                                     "nul-byte"};
  for (const Fault* fault : all()) {
    if (fault->layer != Layer::handshake || open_to_choice.count(fault->name) != 0) continue;
    CAPTURE(fault->name);
    const ws::Answer answer = spoilt(fault->name);
    ws::ResponseReader reader;
    reader.feed(as_bytes(ws::serialise(answer)));
    const bool opens = reader.complete() &&
                       ws::handshake_refusal(reader.response(), "AAAAAAAAAAAAAAAAAAAAAA==").empty();
    CHECK(answer.valid == opens);
  }
}

TEST_CASE("the faults that leave a choice are not marked invalid") {
  for (const char* name : {"bare-lf", "folded", "long-header", "nul-byte"}) {
    CHECK(spoilt(name).valid);
  }
}

TEST_CASE("what a client is to do agrees with whether it may open") {
  for (const Fault* fault : all()) {
    if (fault->layer != Layer::handshake) continue;
    CAPTURE(fault->name);
    if (!spoilt(fault->name).valid) CHECK(fault->correct.find("Fails the connection") == 0);
  }
}
