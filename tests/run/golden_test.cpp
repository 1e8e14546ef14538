// One whole run, from TOML to trace, byte for byte. A change of golden/story.trace is a change of
// what users, judges and reports see: look at the difference before taking it over.
#include <fstream>
#include <sstream>

#include "base/error.h"
#include "play.h"
#include "scenario/loader.h"
#include "support/places.h"
#include "trace/codec.h"

using namespace halfopen;
using namespace halfopen::run;

namespace {

const std::string folder = tests::in_tree("tests/run/golden/");

std::string content_of(const std::string& name) {
  std::ifstream file(folder + name);
  std::stringstream text;
  text << file.rdbuf();
  REQUIRE(file);
  return text.str();
}

/// A well-behaved client with a backoff that doubles, without jitter.
std::string run_story(Play& play) {
  play.until(1ms);
  play.knock();
  play.until(101ms);
  play.open();
  play.until(122ms);
  play.ends();
  play.until(322ms);
  play.open();
  play.until(323ms);
  play.ends();
  play.until(723ms);
  play.open();
  play.reports("open");
  play.until(750ms);
  play.says(R"({"type":"hello","id":1})");
  play.until(2060ms);
  play.world.end_visible(Time(play.now), 4, {trace::End::reset});
  play.reports("close", 1006);
  play.until(2700ms);
  play.open();
  play.reports("open");
  play.until(2710ms);
  play.sends(client_frame(ws::Opcode::pong, "are you there"));
  play.until(2720ms);
  play.closes(1012);
  play.until(2721ms);
  play.ends();
  play.reports("close", 1012);
  play.until(4300ms);
  play.open();
  play.reports("open");
  play.until(4400ms);
  play.says("good again");
  const std::string why = play.until_over();
  play.world.finish(Time(play.now));
  return why;
}

}  // namespace

TEST_CASE("a whole story gives this very trace") {
  Play play(Story{content_of("story.toml")}, true);
  CHECK(run_story(play) == "settled");
  std::string text;
  for (const trace::Event& event : play.recorder.trace().events)
    text += trace::to_line(event) + "\n";
  const std::string golden = content_of("story.trace");
  if (text != golden) {
    const std::string seen = tests::in_build("story.trace");
    std::ofstream(seen) << text;
    UNSCOPED_INFO("compare with diff " + folder + "story.trace " + seen);
  }
  CHECK(play.outside.done == Lines{"2 finish", "3 finish", "link down",
                                   R"(tell {"do":"send","text":"still there?"})", "link up",
                                   "4 reset", R"(tell {"do":"reconnect"})", "5 finish"});
  CHECK(text == golden);
}
