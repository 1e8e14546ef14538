// The bytes of frames in a trace: what its text does not tell already.
#include "trace/frame_bytes.h"

#include "play.h"
#include "ws/frame.h"

using namespace halfopen;
using namespace halfopen::run;

namespace {

/// The frames that came on the newest attempt, as the trace has them.
std::vector<trace::Frame> frames_of_client(Play& play) {
  std::vector<trace::Frame> frames;
  for (const trace::Event& event : play.recorder.trace().events) {
    const auto* frame = std::get_if<trace::Frame>(&event.body);
    if (frame != nullptr && frame->from == trace::Side::client) frames.push_back(*frame);
  }
  return frames;
}

}  // namespace

TEST_CASE("what a frame's text tells whole is not kept as bytes as well") {
  Play play("");
  play.open();
  play.says("Hello");
  play.closes(1000);
  const auto frames = frames_of_client(play);
  REQUIRE(frames.size() == 2);
  CHECK(frames[0].bytes.empty());
  CHECK(trace::payload_hex(frames[0]) == "48656c6c6f");
  CHECK(frames[1].bytes.empty());
  CHECK(trace::payload_hex(frames[1]) == "03e8");
}

TEST_CASE("what is no text, or too long for it, has its first bytes kept") {
  Play play("");
  play.open();
  play.sends(client_frame(ws::Opcode::binary, {"\x00\xff\n", 3}));
  play.says(std::string(300, 'x'));
  const auto frames = frames_of_client(play);
  REQUIRE(frames.size() == 2);
  CHECK(frames[0].bytes == "00ff0a");
  CHECK(frames[1].bytes.size() == 2 * trace::most_frame_bytes);
  CHECK(frames[1].length == 300);
}

TEST_CASE("each fragment has its own bytes, the last one the text of all") {
  Play play("");
  play.open();
  play.sends(client_frame(ws::Opcode::text, "Hel", false));
  play.sends(client_frame(ws::Opcode::ping, "between"));
  play.sends(client_frame(ws::Opcode::continuation, "lo"));
  const auto frames = frames_of_client(play);
  REQUIRE(frames.size() == 3);
  CHECK(frames[0].bytes == "48656c");
  CHECK(trace::payload_hex(frames[1]) == hex(as_bytes("between")));
  CHECK(frames[2].text == "Hello");
  CHECK(frames[2].bytes == "6c6f");
}

TEST_CASE("the reserved bits of a frame are in the trace") {
  Play play(steps(R"({ frame = { opcode = 1, rsv = 3, payload = "x" } })"));
  play.open();
  CHECK_THAT(play.trace({"frame"}).at(0), Catch::Matchers::Contains("\"reserved\":3"));
}
