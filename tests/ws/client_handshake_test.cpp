// The client's side of the handshake.
#include <catch2/catch.hpp>

#include "ws/answer.h"
#include "ws/client_handshake.h"
#include "ws/request.h"

using namespace halfopen;
using namespace halfopen::ws;

namespace {

const std::string key = "dGhlIHNhbXBsZSBub25jZQ==";

Response read(const std::string& bytes) {
  ResponseReader reader;
  reader.feed(as_bytes(bytes));
  REQUIRE(reader.complete());
  return reader.response();
}

/// Why a client with that key and these protocols refuses the answer.
std::string refusal(const Answer& answer, const std::vector<std::string>& protocols = {}) {
  return handshake_refusal(read(serialise(answer)), key, {.protocols = protocols});
}

Answer correct() { return correct_answer(key, ""); }

}  // namespace

TEST_CASE("the request is one that our own server finds nothing wrong with") {
  const ClientHandshake made = make_client_handshake(
      "server.test:8080", "/x", {{"Origin", "http://a.test"}}, {.protocols = {"a", "b"}});
  RequestReader reader;
  CHECK(reader.feed(as_bytes(made.request)) == made.request.size());
  REQUIRE(reader.complete());
  CHECK(handshake_mistakes(reader.request()).empty());
  CHECK(reader.request().target == "/x");
  CHECK(reader.request().header("Host") == "server.test:8080");
  CHECK(reader.request().header("Origin") == "http://a.test");
  CHECK(reader.request().header("Sec-WebSocket-Protocol") == "a, b");
  CHECK(reader.request().header("Sec-WebSocket-Key") == made.key);
}

TEST_CASE("every request has a key of its own") {
  CHECK(make_client_handshake("a", "/").key != make_client_handshake("a", "/").key);
}

TEST_CASE("the correct answer is taken") {
  CHECK(refusal(correct()).empty());
  CHECK(refusal(correct_answer(key, "b"), {"a", "b"}).empty());
}

TEST_CASE("names and tokens may be in any case, beside others, with white space around them") {
  const Response response = read(
      "HTTP/1.1 101 Whatever\r\nUPGRADE:   WebSocket \r\nconnection: keep-alive, UPGRADE\r\n"
      "sec-websocket-accept: \t s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n");
  CHECK(handshake_refusal(response, key).empty());
}

TEST_CASE("what RFC 6455, section 4.1 forbids is refused, with the reason") {
  Answer answer = correct();
  SECTION("another status") {
    answer.status = 200;
    CHECK(refusal(answer) == "the status is 200, not 101");
  }
  SECTION("no Upgrade") {
    answer.remove("Upgrade");
    CHECK(refusal(answer) == "there is no Upgrade header");
  }
  SECTION("another Upgrade") {
    answer.set("Upgrade", "h2c");
    CHECK(refusal(answer) == "the Upgrade header says \"h2c\" instead of websocket");
  }
  SECTION("two Upgrades") {
    answer.headers.emplace_back("Upgrade", "websocket");
    CHECK(refusal(answer) == "the Upgrade header appears more than once");
  }
  SECTION("no Connection") {
    answer.remove("Connection");
    CHECK(refusal(answer) == "the Connection header does not say Upgrade");
  }
  SECTION("another Connection") {
    answer.set("Connection", "close");
    CHECK(refusal(answer) == "the Connection header does not say Upgrade");
  }
  SECTION("no accept") {
    answer.remove("Sec-WebSocket-Accept");
    CHECK(refusal(answer) == "there is no Sec-WebSocket-Accept header");
  }
  SECTION("a wrong accept") {
    answer.set("Sec-WebSocket-Accept", "s3pplmbitxaq9kygzzhzrbk+xoo=");
    CHECK(refusal(answer) ==
          "Sec-WebSocket-Accept is \"s3pplmbitxaq9kygzzhzrbk+xoo=\" instead of "
          "\"s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\"");
  }
  SECTION("two accepts") {
    answer.headers.push_back(answer.headers.back());
    CHECK(refusal(answer) == "the Sec-WebSocket-Accept header appears more than once");
  }
  SECTION("an extension") {
    answer.headers.emplace_back("Sec-WebSocket-Extensions", "permessage-deflate");
    CHECK(refusal(answer) ==
          "the server chose the extension \"permessage-deflate\", which was not asked for");
  }
  SECTION("a subprotocol that was not asked for") {
    answer.set("Sec-WebSocket-Protocol", "c");
    CHECK(refusal(answer, {"a", "b"}) ==
          "the server chose the subprotocol \"c\", which was not asked for");
  }
  SECTION("two subprotocols") {
    answer.headers.emplace_back("Sec-WebSocket-Protocol", "a");
    answer.headers.emplace_back("Sec-WebSocket-Protocol", "b");
    CHECK(refusal(answer, {"a", "b"}) ==
          "the Sec-WebSocket-Protocol header appears more than once");
  }
}

TEST_CASE("two Connection headers are one list, and it has the token") {
  Answer answer = correct();
  answer.headers.emplace_back("Connection", "Upgrade");
  CHECK(refusal(answer).empty());
}

TEST_CASE("the response reader stops right behind the head, at every split") {
  const std::string head = serialise(correct());
  const std::string bytes = head + "\x81\x05Hello";
  for (std::size_t split = 0; split < head.size(); ++split) {
    ResponseReader reader;
    REQUIRE(reader.feed(as_bytes(bytes).first(split)) == split);
    REQUIRE_FALSE(reader.complete());
    REQUIRE(reader.feed(as_bytes(bytes).subspan(split)) == head.size() - split);
    REQUIRE(reader.complete());
  }
}

TEST_CASE("interim responses are read over, but not without end") {
  const std::string hints = "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n";
  CHECK(refusal([&] {
          Answer answer;
          answer.raw = hints + "HTTP/1.1 100 Continue\r\n\r\n" + serialise(correct());
          return answer;
        }())
            .empty());
  ResponseReader reader;
  for (int i = 0; i < 20; ++i) reader.feed(as_bytes(hints));
  CHECK(reader.problem() == "more than 8 interim responses");
}

TEST_CASE("what is no HTTP response is said to be none") {
  for (const char* text : {"SSH-2.0-OpenSSH_9.2\r\n", "GET / HTTP/1.1\r\n\r\n", "\x15\x03\x01"}) {
    ResponseReader reader;
    reader.feed(as_bytes(text));
    CAPTURE(text);
    CHECK_FALSE(reader.complete());
    CHECK_FALSE(reader.problem().empty());
  }
}

TEST_CASE("an endless response head is refused at 64 KiB") {
  ResponseReader reader;
  reader.feed(as_bytes("HTTP/1.1 101 Switching Protocols\r\nA: " + std::string(70'000, 'a')));
  CHECK(reader.problem() == "the head is longer than 65536 bytes");
}

TEST_CASE("version and reason of a response are kept") {
  const Response response = read("HTTP/1.0 404 Not Here\r\n\r\n");
  CHECK(response.version == "HTTP/1.0");
  CHECK(response.status == 404);
  CHECK(response.reason == "Not Here");
}
