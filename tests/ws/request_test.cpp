// Reading requests from clients that may be broken or hostile.
#include <catch2/catch.hpp>

#include "base/random.h"
#include "ws/request.h"

using namespace halfopen;
using namespace halfopen::ws;

namespace {

const std::string upgrade =
    "GET /chat?room=1 HTTP/1.1\r\n"
    "Host: server.test\r\n"
    "Upgrade: websocket\r\n"
    "Connection: keep-alive, Upgrade\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
    "Sec-WebSocket-Version: 13\r\n"
    "\r\n";

/// The problem with these bytes, or "complete", or "incomplete".
std::string outcome(std::string_view bytes) {
  RequestReader reader;
  reader.feed(as_bytes(bytes));
  if (!reader.problem().empty()) return reader.problem();
  return reader.complete() ? "complete" : "incomplete";
}

Request read(std::string_view bytes) {
  RequestReader reader;
  reader.feed(as_bytes(bytes));
  REQUIRE(reader.complete());
  return reader.request();
}

std::string without(std::string_view line) {
  std::string text = upgrade;
  return text.erase(text.rfind(line), line.size());
}

std::string with(std::string_view line) {
  std::string text = upgrade;
  return text.insert(text.size() - 2, line);
}

}  // namespace

TEST_CASE("an upgrade request is read whole") {
  const Request request = read(upgrade);
  CHECK(request.method == "GET");
  CHECK(request.target == "/chat?room=1");
  CHECK(request.version == "HTTP/1.1");
  CHECK(request.headers.size() == 5);
  CHECK(request.headers.front() == std::pair<std::string, std::string>("Host", "server.test"));
  CHECK(request.header("sec-websocket-KEY") == "dGhlIHNhbXBsZSBub25jZQ==");
  CHECK(request.has_token("Connection", "upgrade"));
  CHECK(handshake_mistakes(request).empty());
}

TEST_CASE(
    "the reader stops right behind the head, with an upgrade or without, with a body or not") {
  for (const std::string& head :
       {upgrade, std::string("GET /page HTTP/1.1\r\nHost: a\r\n\r\n"),
        std::string("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\n"),
        std::string("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"),
        std::string("CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n")}) {
    CAPTURE(head);
    const std::string more = head + "\x81\x80GET / HTTP/1.1\r\n";
    for (std::size_t split = 0; split < head.size(); ++split) {
      RequestReader reader;
      REQUIRE(reader.feed(as_bytes(more).first(split)) == split);
      REQUIRE_FALSE(reader.complete());
      REQUIRE(reader.problem().empty());
      REQUIRE(reader.feed(as_bytes(more).subspan(split)) == head.size() - split);
      REQUIRE(reader.complete());
      REQUIRE(reader.feed(as_bytes("x")) == 0);
    }
  }
}

TEST_CASE("a request may come byte by byte") {
  RequestReader reader;
  for (const char c : upgrade) reader.feed(as_bytes(std::string_view(&c, 1)));
  REQUIRE(reader.complete());
  CHECK(reader.request().headers == read(upgrade).headers);
  CHECK(reader.request().target == "/chat?room=1");
}

TEST_CASE("white space around values is no part of them") {
  CHECK(read("GET / HTTP/1.1\r\nHost: \t a.test \t \r\nEmpty:\r\n\r\n").headers ==
        Headers{{"Host", "a.test"}, {"Empty", ""}});
}

TEST_CASE("what is no HTTP is said to be none") {
  CHECK(outcome("\x16\x03\x01") == "Invalid method encountered");
  CHECK(outcome("FETCH / HTTP/1.1\r\n\r\n") == "Invalid method encountered");
  CHECK(outcome("GET / HTTP/7.3\r\n\r\n") == "Invalid HTTP version");
  CHECK(outcome("GET / HTTP/1.1\r\nHo st: a\r\n\r\n") == "a header field with the name \"Ho st\"");
  CHECK(outcome("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n") != "complete");
  CHECK(outcome("HTTP/1.1 200 OK\r\n\r\n") != "complete");
  CHECK(outcome(std::string_view("GET / HTTP/1.1\r\nHost: a\0b\r\n\r\n", 28)) ==
        "Invalid header value char");
}

TEST_CASE("an endless head is refused at 64 KiB") {
  const std::string target = "GET /" + std::string(70'000, 'a');
  CHECK(outcome(target) == "the head is longer than 65536 bytes");
  const std::string value = "GET / HTTP/1.1\r\nHost: " + std::string(70'000, 'a');
  CHECK(outcome(value) == "the head is longer than 65536 bytes");
  CHECK(outcome(std::string(70'000, '\n')) == "the head is longer than 65536 bytes");
  RequestReader reader;
  std::size_t taken = 0;
  for (int i = 0; i < 100'000; ++i) taken += reader.feed(as_bytes("\r"));
  CHECK(taken <= 65536);
}

TEST_CASE("a head of just 64 KiB is taken") {
  const std::string head = "GET / HTTP/1.1\r\nA: " + std::string(65536 - 23, 'a') + "\r\n\r\n";
  REQUIRE(head.size() == 65536);
  CHECK(outcome(head) == "complete");
}

TEST_CASE("more than 256 header fields are refused") {
  std::string head = "GET / HTTP/1.1\r\n";
  for (int i = 0; i < 256; ++i) head += "a: b\r\n";
  CHECK(outcome(head + "\r\n") == "complete");
  CHECK(outcome(head + "a: b\r\n\r\n") == "the head has more than 256 header fields");
}

TEST_CASE("nothing is taken after a problem") {
  RequestReader reader;
  reader.feed(as_bytes("\x16"));
  REQUIRE_FALSE(reader.problem().empty());
  CHECK(reader.feed(as_bytes(upgrade)) == 0);
  CHECK_FALSE(reader.complete());
}

TEST_CASE("random bytes and flipped bits never do harm") {
  for (std::size_t bit = 0; bit < upgrade.size() * 8; ++bit) {
    std::string text = upgrade;
    text[bit / 8] = static_cast<char>(text[bit / 8] ^ (1 << bit % 8));
    RequestReader whole;
    whole.feed(as_bytes(text));
    RequestReader pieces;
    for (const char c : text) pieces.feed(as_bytes(std::string_view(&c, 1)));
    CAPTURE(bit);
    REQUIRE(whole.complete() == pieces.complete());
    REQUIRE(whole.request().headers == pieces.request().headers);
  }
  for (std::uint64_t seed = 0; seed < 1000; ++seed) {
    Draws draws(seed);
    std::string text = draws.chance(0.5) ? "GET / HTTP/1.1\r\nHost" : "";
    for (int i = 0; i < 200; ++i) text += static_cast<char>(draws.bits());
    CHECK(outcome(text) != "complete");
  }
}

TEST_CASE("what a client's handshake must have (RFC 6455, section 4.2.1)") {
  const auto mistakes = [](const std::string& text) { return handshake_mistakes(read(text)); };
  using Mistakes = std::vector<std::string>;
  CHECK(mistakes(without("Host: server.test\r\n")) ==
        Mistakes{"there is not exactly one Host header"});
  CHECK(mistakes(without("Upgrade: websocket\r\n")) ==
        Mistakes{"the Upgrade header does not say websocket"});
  CHECK(mistakes(without(", Upgrade")) == Mistakes{"the Connection header does not say Upgrade"});
  CHECK(mistakes(without("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n")) ==
        Mistakes{"there is no Sec-WebSocket-Key"});
  CHECK(mistakes(without("ZQ==")) ==
        Mistakes{"Sec-WebSocket-Key is not the base64 of 16 bytes: \"dGhlIHNhbXBsZSBub25j\""});
  CHECK(mistakes(with("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n")) ==
        Mistakes{"Sec-WebSocket-Key appears more than once"});
  CHECK(mistakes(without("Sec-WebSocket-Version: 13\r\n")) ==
        Mistakes{"there is no Sec-WebSocket-Version"});
  CHECK(mistakes(without("3")) == Mistakes{"Sec-WebSocket-Version is \"1\" instead of 13"});
  CHECK(mistakes(with("Sec-WebSocket-Protocol: a, b, a\r\n")) ==
        Mistakes{"Sec-WebSocket-Protocol offers the same subprotocol twice"});
  CHECK(mistakes(with("Sec-WebSocket-Protocol: a, b\r\n")).empty());
  CHECK(mistakes(with("Sec-WebSocket-Protocol: a b\r\n")) ==
        Mistakes{"Sec-WebSocket-Protocol offers \"a b\", which is no token"});
  CHECK(mistakes(with("Sec-WebSocket-Extensions: a; b=\"c\"; d, e\r\n")).empty());
  CHECK(mistakes(with("Sec-WebSocket-Extensions: \r\n")) ==
        Mistakes{"Sec-WebSocket-Extensions offers nothing"});
  CHECK(mistakes(with("Sec-WebSocket-Extensions: a\r\nSec-WebSocket-Extensions: b;\r\n")) ==
        Mistakes{"Sec-WebSocket-Extensions is malformed at \"b;\" (RFC 6455, section 9.1)"});
  CHECK(mistakes("POST / HTTP/1.0\r\nUpgrade: x\r\n\r\n").size() == 7);
}

TEST_CASE("a request that is no opening handshake at all is told in one sentence") {
  const auto mistakes = [](const std::string& text) { return handshake_mistakes(read(text)); };
  using Mistakes = std::vector<std::string>;
  const Mistakes plain{"a GET without Upgrade: not a WebSocket opening handshake"};
  CHECK(mistakes("GET /config HTTP/1.1\r\nHost: server.test\r\n\r\n") == plain);
  CHECK(mistakes("GET / HTTP/1.0\r\n\r\n") == plain);
  CHECK(mistakes("GET / HTTP/1.1\r\nHost: a\r\nConnection: keep-alive\r\n\r\n") == plain);
  CHECK(mistakes("OPTIONS / HTTP/1.1\r\nHost: a\r\n\r\n") ==
        Mistakes{"an OPTIONS without Upgrade: not a WebSocket opening handshake"});
  // Whoever tries is told each mistake.
  for (const std::string tries :
       {"Upgrade: websocket", "upgrade: h2c", "Connection: Upgrade", "sec-websocket-version: 13",
        "Sec-WebSocket-Key: x", "Sec-WebSocket-Protocol: a"})
    CHECK(mistakes("GET / HTTP/1.1\r\nHost: a\r\n" + tries + "\r\n\r\n").size() > 2);
}
