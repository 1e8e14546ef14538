// Compression: agreed on in the opening handshake, and used in both directions (RFC 7692).
#include "ws/deflate.h"
#include "play.h"
#include "ws/deflate_stream.h"
#include "ws/frame.h"

using namespace halfopen;
using namespace halfopen::run;

namespace {

/// The request with that offer.
std::string offering(const std::string& offer = "permessage-deflate; client_max_window_bits") {
  std::string request = upgrade;
  return request.insert(request.size() - 2, "Sec-WebSocket-Extensions: " + offer + "\r\n");
}

/// The value of Sec-WebSocket-Extensions in the answer of an attempt, or "none".
std::string chosen(const Play& play, int attempt = 1) {
  const std::string text(as_text(play.outside.written.at(attempt)));
  const std::string name = "Sec-WebSocket-Extensions: ";
  const std::size_t at = text.find(name);
  if (at == std::string::npos) return "none";
  return text.substr(at + name.size(), text.find("\r\n", at) - at - name.size());
}

/// What came behind the answer's head, in hexadecimal.
std::string frames(const Play& play, int attempt = 1) {
  const ByteView all = play.outside.written.at(attempt);
  const std::size_t head = as_text(all).find("\r\n\r\n") + 4;
  return hex(all.subspan(head));
}

Bytes compressed_frame(ByteView packed) {
  Bytes bytes;
  ws::encode(bytes, {.opcode = 1, .rsv = ws::rsv1, .mask = 0x37fa213d}, packed);
  return bytes;
}

}  // namespace

TEST_CASE("an offer is accepted, and messages are compressed both ways") {
  Play play("");
  play.connect();
  play.sends(offering());
  CHECK(chosen(play) == "permessage-deflate");
  ws::Compressor client(15, true);
  play.sends(compressed_frame(client.compress(as_bytes("Hello"))));
  play.sends(compressed_frame(client.compress(as_bytes("Hello"))));
  // RFC 7692, section 7.2.3.2: the second one refers to the first.
  CHECK(frames(play) == "c107f248cdc9c90700c105f200110000");
  CHECK(play.violations().empty());
  const Lines trace = play.trace({"opened", "frame"});
  REQUIRE(trace.size() == 5);
  CHECK(trace[0] == R"({"at":0,"attempt":1,"event":"opened","extension":"permessage-deflate"})");
  CHECK(trace[1] == R"({"at":0,"attempt":1,"event":"frame","opcode":"text","length":7,)"
                    R"("text":"Hello","compressed":true,"bytes":"f248cdc9c90700"})");
  CHECK(trace[4] == R"({"at":0,"attempt":1,"event":"frame","from":"server","opcode":"text",)"
                    R"("length":5,"masked":false,"text":"Hello","compressed":true,)"
                    R"("bytes":"f200110000"})");
}

TEST_CASE("messages that a client does not compress are echoed all the same") {
  Play play("");
  play.connect();
  play.sends(offering());
  play.says("Hello");
  CHECK(frames(play) == "c107f248cdc9c90700");
  CHECK(play.violations().empty());
}

TEST_CASE("the server keeps to what the client asks of it") {
  Play play("");
  play.connect();
  play.sends(offering("permessage-deflate; server_no_context_takeover; server_max_window_bits=9"));
  CHECK(chosen(play) == "permessage-deflate; server_no_context_takeover; server_max_window_bits=9");
  play.says("Hello");
  play.says("Hello");
  CHECK(frames(play) == "c107f248cdc9c90700c107f248cdc9c90700");
}

TEST_CASE("nothing is compressed where the client or the scenario does not want it") {
  Play play("[server]\ndeflate = false\n");
  play.connect();
  play.sends(offering());
  CHECK(chosen(play) == "none");
  play.says("Hello");
  CHECK(frames(play) == "810548656c6c6f");
  play.sends(compressed_frame(ByteView()));
  REQUIRE(play.violations().size() == 1);

  Play without("");
  without.open();
  without.says("Hello");
  CHECK(chosen(without) == "none");
  CHECK(frames(without) == "810548656c6c6f");
}

TEST_CASE("an attempt in which RSV1 is to mean nothing declines") {
  Play play(
      "[[attempt]]\nsteps = [{ frame = \"rsv\", bits = 6 }]\n"
      "[[attempt]]\nsteps = [{ frame = \"rsv\", bits = 2 }]\n");
  for (int attempt = 1; attempt <= 2; ++attempt) {
    play.connect();
    play.sends(offering());
  }
  CHECK(chosen(play, 1) == "none");
  CHECK(chosen(play, 2) == "permessage-deflate");
}

TEST_CASE("a header of the scenario's own is what is agreed on") {
  Play play(
      "[[attempt]]\nhandshake = { headers = { Sec-WebSocket-Extensions = "
      "\"permessage-deflate; server_no_context_takeover\" } }\n"
      "[[attempt]]\nhandshake = { headers = { Sec-WebSocket-Extensions = \"\" } }\n");
  for (int attempt = 1; attempt <= 2; ++attempt) {
    play.connect();
    play.sends(offering());
    play.says("Hello");
    play.says("Hello");
  }
  CHECK(frames(play, 1) == "c107f248cdc9c90700c107f248cdc9c90700");
  CHECK(frames(play, 2) == "810548656c6c6f810548656c6c6f");
}

TEST_CASE("behind compressed bytes of a fault the server refers to nothing before them") {
  Play play(
      "[[attempt]]\nsteps = [{ send = \"Hello\" }, { frame = \"unusual-deflate\" }, "
      "{ send = \"Hello\" }]\n");
  play.connect();
  play.sends(offering());
  CHECK(frames(play) == "c107f248cdc9c90700c10b000500faff48656c6c6f00c107f248cdc9c90700");
}

TEST_CASE("a scenario about compression says nothing of a client without it") {
  const char* stories[] = {"[server]\ndeflate = \"required\"\n",
                           "[[attempt]]\nsteps = [{ frame = \"cut-deflate\" }]\n"};
  for (const char* story : stories) {
    Play play{std::string(story)};
    play.open();
    CHECK(play.until_over() == "unsupported");
    CHECK(play.trace({"unsupported"}) ==
          Lines{R"_({"at":0,"attempt":1,"event":"unsupported",)_"
                R"_("what":"the client does not offer permessage-deflate",)_"
                R"_("remedy":"let it offer it (Sec-WebSocket-Extensions, RFC 7692)"})_"});
    Play offers{std::string(story)};
    offers.connect();
    offers.sends(offering());
    CHECK(offers.trace({"unsupported"}).empty());
  }
}

TEST_CASE("a bomb of the client ends in 1009, and holds no more than one message") {
  Play play("");
  play.connect();
  play.sends(offering());
  ws::Compressor client(15, true);
  play.sends(compressed_frame(client.compress(Bytes(17 << 20, 'x'))));
  play.until(play.now);
  CHECK(play.violations().empty());   // It is legal, and more than this server takes.
  CHECK(frames(play) == "880203f1");  // Close 1009
}
