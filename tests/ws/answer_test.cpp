// The server's answer to an opening handshake.
#include <catch2/catch.hpp>

#include "ws/answer.h"

using namespace halfopen;
using namespace halfopen::ws;

TEST_CASE("the key of RFC 6455, section 1.3 gives the accept value given there") {
  CHECK(accept_for("dGhlIHNhbXBsZSBub25jZQ==") == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
}

TEST_CASE("the correct answer, byte for byte") {
  CHECK(serialise(correct_answer("dGhlIHNhbXBsZSBub25jZQ==", "")) ==
        "HTTP/1.1 101 Switching Protocols\r\n"
        "Upgrade: websocket\r\n"
        "Connection: Upgrade\r\n"
        "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"
        "\r\n");
}

TEST_CASE("a chosen subprotocol is named") {
  const Answer answer = correct_answer("dGhlIHNhbXBsZSBub25jZQ==", "chat");
  CHECK(first_value(answer.headers, "sec-websocket-protocol") == "chat");
}

TEST_CASE("a header is set in its place, whatever its case, and added at the end if it is new") {
  Answer answer;
  answer.headers = {{"Upgrade", "websocket"}, {"Connection", "Upgrade"}};
  answer.set("UPGRADE", "h2c");
  answer.set("Retry-After", "20");
  CHECK(answer.headers ==
        Headers{{"Upgrade", "h2c"}, {"Connection", "Upgrade"}, {"Retry-After", "20"}});
}

TEST_CASE("a header is removed wherever it stands") {
  Answer answer;
  answer.headers = {{"Upgrade", "a"}, {"Connection", "Upgrade"}, {"upgrade", "b"}};
  answer.remove("Upgrade");
  CHECK(answer.headers == Headers{{"Connection", "Upgrade"}});
}

TEST_CASE("a body follows the head as it is") {
  Answer answer;
  answer.status = 503;
  answer.reason = reason_of(503);
  answer.headers = {{"Content-Length", "4"}};
  answer.body = "busy";
  CHECK(serialise(answer) == "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 4\r\n\r\nbusy");
}

TEST_CASE("raw bytes stand for everything else") {
  Answer answer = correct_answer("dGhlIHNhbXBsZSBub25jZQ==", "");
  answer.raw = "SSH-2.0-OpenSSH_9.2\r\n";
  CHECK(serialise(answer) == "SSH-2.0-OpenSSH_9.2\r\n");
}

TEST_CASE("reason phrases") {
  CHECK(reason_of(101) == "Switching Protocols");
  CHECK(reason_of(429) == "Too Many Requests");
  CHECK(reason_of(511) == "Network Authentication Required");
  CHECK(reason_of(299) == "Unknown");
}

TEST_CASE("lists of header values") {
  const Headers headers = {{"Connection", "keep-alive , Upgrade"}, {"connection", ",,close,"}};
  CHECK(list_of(headers, "Connection") ==
        std::vector<std::string_view>{"keep-alive", "Upgrade", "close"});
  CHECK(has_token(headers, "CONNECTION", "upgrade"));
  CHECK_FALSE(has_token(headers, "Connection", "Upgrad"));
  CHECK(count_of(headers, "Connection") == 2);
  CHECK(first_value(headers, "Upgrade").empty());
}
