// Hostile clients: what all connections hold together is bounded, however many there are.
#include "bounds.h"
#include "play.h"
#include "ws/deflate.h"
#include "ws/deflate_stream.h"
#include "ws/frame.h"

using namespace halfopen;
using namespace halfopen::run;

namespace {

std::string request_with(const std::string& fields) {
  const std::string whole = upgrade;
  return whole.substr(0, whole.size() - 2) + fields + "\r\n";
}

const std::string offers_deflate = request_with("Sec-WebSocket-Extensions: permessage-deflate\r\n");

/// 60 kB of header fields.
std::string fat_fields() {
  std::string fields;
  for (int i = 0; i < 60; ++i) fields += "X-Filler: " + std::string(990, 'y') + "\r\n";
  return fields;
}

Bytes compressed_frame(const Bytes& plain, bool fin = true) {
  ws::Compressor compressor(15, false);
  ws::FrameHead head{.opcode = static_cast<std::uint8_t>(ws::Opcode::binary)};
  head.fin = fin;
  head.rsv = ws::rsv1;
  head.mask = 1;
  Bytes frame;
  ws::encode(frame, head, compressor.compress(plain));
  return frame;
}

}  // namespace

TEST_CASE("messages that are not finished are bounded over all connections") {
  Play play("");
  play.outside.keep_bytes = false;
  const Bytes message = client_frame(ws::Opcode::binary, std::string(4 * 1024 * 1024, 'x'));
  const std::size_t before = in_use();
  for (int i = 0; i < 60; ++i) {
    play.open();
    play.sends(ByteView(message).first(message.size() - 1));
    play.until(play.now);
  }
  CHECK(grew_less_than(100, before));
  REQUIRE(play.violations().size() > 40);
  CHECK(play.violations().back() ==
        R"({"at":0,"attempt":60,"event":"violation","rule":"no-flood",)"
        R"("text":"more than 64 MiB of unfinished messages on all connections together"})");
  const auto told =
      std::ranges::count(play.outside.marks, 1009, [](const auto& mark) { return mark.end.code; });
  CHECK(static_cast<std::size_t>(told) == play.violations().size());
}

TEST_CASE("nor are many small ones too much together") {
  Play play("");
  play.outside.keep_bytes = false;
  const Bytes message = client_frame(ws::Opcode::binary, std::string(400 * 1024, 'x'));
  const std::size_t before = in_use();
  for (int i = 0; i < 400; ++i) {
    play.open();
    play.sends(ByteView(message).first(message.size() - 1));
    play.until(play.now);
  }
  CHECK(grew_less_than(90, before));
  CHECK(play.violations().size() > 100);
}

TEST_CASE("requests that are not finished are bounded over all connections") {
  Play play("");
  const std::string part = "GET / HTTP/1.1\r\n" + fat_fields();
  const std::size_t before = in_use();
  for (int i = 0; i < 2000; ++i) {
    play.connect();
    play.sends(part);
  }
  CHECK(grew_less_than(100, before));
  REQUIRE(play.violations().size() > 500);
  CHECK(play.violations().back() ==
        R"({"at":0,"attempt":2000,"event":"violation","rule":"no-flood",)"
        R"("text":"more than 64 MiB of unfinished requests on all connections together"})");
  CHECK(play.heard().front().starts_with("400"));
}

TEST_CASE("so are those to a proxy") {
  Play play("[server]\nproxy = \"http\"\n");
  const std::string part = "CONNECT server.test:8080 HTTP/1.1\r\n" + fat_fields();
  const std::size_t before = in_use();
  for (int i = 0; i < 2000; ++i) {
    play.connect();
    play.sends(part);
  }
  CHECK(grew_less_than(100, before));
  CHECK(play.violations().size() > 500);
}

TEST_CASE("a request that was read is not kept, however long its connection lives") {
  Play play("");
  const std::string request = request_with(fat_fields());
  const std::size_t before = in_use();
  for (int i = 0; i < 1000; ++i) {
    play.connect();
    play.sends(request);
  }
  CHECK(play.trace({"opened"}).size() == 1000);
  CHECK(grew_less_than(50, before));
}

TEST_CASE("what comes before the answer is bounded over all connections") {
  Play play("[[attempt]]\ntimes = \"rest\"\nhandshake = \"never\"\n");
  const std::size_t before = in_use();
  for (int i = 0; i < 2000; ++i) {
    play.connect();
    play.sends(std::string(upgrade) + std::string(60'000, 'x'));
  }
  CHECK(grew_less_than(100, before));
}

TEST_CASE("frames that wait for their turn are bounded over all connections") {
  Play play("");
  play.outside.keep_bytes = false;
  const Bytes pings = repeated(client_frame(ws::Opcode::ping, ""), 40'000);
  const std::size_t before = in_use();
  for (int i = 0; i < 500; ++i) {
    play.open();
    play.sends(pings);
  }
  CHECK(grew_less_than(100, before));
  REQUIRE_FALSE(play.violations().empty());
  CHECK_THAT(play.violations().back(), Catch::Contains("unread frames on all connections"));
}

TEST_CASE("messages that wait for a step are bounded over all connections") {
  Play play(
      "[[attempt]]\ntimes = \"rest\"\nsteps = [{ wait = \"20s\" }, { expect = \"the last\" }]\n");
  play.outside.keep_bytes = false;
  const Bytes message = client_frame(ws::Opcode::text, std::string(1'000'000, 'x'));
  const std::size_t before = in_use();
  for (int i = 0; i < 60; ++i) {
    play.open();
    for (int sent = 0; sent < 4; ++sent) {
      play.sends(message);
      play.until(play.now);
    }
  }
  CHECK(grew_less_than(90, before));
  CHECK(play.violations().size() == 1);
  CHECK_THAT(play.violations().front(), Catch::Contains("messages that no step has taken"));
  play.says("the last");
  play.until(20s);
  CHECK(play.trace({"step-passed"}).back().find(R"("attempt":60)") != std::string::npos);
}

TEST_CASE("compressors are bounded over all connections, and the others send as it is") {
  Play play("");
  const Bytes message = compressed_frame(Bytes(100, 'x'));
  const std::size_t before = in_use();
  for (int i = 0; i < 600; ++i) {
    play.connect();
    play.sends(offers_deflate);
    play.sends(message);
  }
  CHECK(grew_less_than(110, before));
  CHECK(play.violations().empty());
  const auto first_byte_of_echo = [&](int attempt) {
    const Bytes& written = play.outside.written.at(attempt);
    return written[as_text(written).find("\r\n\r\n") + 4];
  };
  CHECK(first_byte_of_echo(1) == 0xc2);
  CHECK(first_byte_of_echo(600) == 0x82);
  CHECK(play.heard().back().starts_with("binary xxx"));
}

TEST_CASE("what compressed messages may refer back to is bounded over all connections") {
  Play play("[[attempt]]\ntimes = \"rest\"\nsteps = [{ wait = \"20s\" }]\n");
  const Bytes message = compressed_frame(Bytes(100, 'x'));
  const std::size_t before = in_use();
  for (int i = 0; i < 3000; ++i) {
    play.connect();
    play.sends(offers_deflate);
    play.sends(message);
  }
  CHECK(grew_less_than(100, before));
  CHECK_FALSE(play.violations().empty());
}

TEST_CASE("half ClientHellos are bounded over all connections") {
  const crypto::Authority authority;
  Play play(
      "[server]\ntls = true\n", false,
      std::make_shared<crypto::Identities>(authority, std::vector<std::string>{"server.test"}));
  // The first of the records of a ClientHello of 128 KiB (RFC 8446, sections 4 and 5.1).
  Bytes record{22, 3, 1, 0x3e, 0x80, 1, 1, 0xff, 0xff, 3, 3};
  record.resize(5 + 0x3e80);
  const std::size_t before = in_use();
  for (int i = 0; i < 1000; ++i) {
    play.connect();
    play.sends(record);
  }
  CHECK(grew_less_than(100, before));
  REQUIRE(play.violations().size() > 400);
  CHECK_THAT(play.violations().back(), Catch::Contains("unfinished ClientHellos"));
}
