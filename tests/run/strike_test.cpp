// The moments at which steps strike, and the coins that decide whether they do.
#include "play.h"
#include "trace/codec.h"

using namespace halfopen;
using namespace halfopen::run;

namespace {

/// The moment at which the fault of that name struck; none if it did not.
std::optional<Duration> struck(const Play& play, const std::string& name) {
  for (const trace::Event& event : play.recorder.trace().events)
    if (const auto* fault = std::get_if<trace::FaultStruck>(&event.body))
      if (fault->name == name) return event.at;
  return std::nullopt;
}

std::vector<std::string> spared(const Play& play) {
  std::vector<std::string> names;
  for (const trace::Event& event : play.recorder.trace().events)
    if (const auto* fault = std::get_if<trace::FaultSpared>(&event.body))
      names.push_back(fault->name);
  return names;
}

}  // namespace

TEST_CASE("after N messages: they are echoed, and then the fault strikes") {
  Play play(steps("{ echo = true },\n{ drop = \"reset\", after = \"3 messages\" },"));
  play.open();
  play.says("one");
  play.says("two");
  CHECK_FALSE(struck(play, "reset"));
  play.until(2s);
  play.says("three");
  CHECK(struck(play, "reset") == 2s);
  CHECK(play.heard() == Lines{"101 Switching Protocols", "text one", "text two", "text three"});
  CHECK(play.outside.done == Lines{"1 reset"});
}

TEST_CASE("after N messages counts from the opening, whatever the steps before did with them") {
  Play play(steps("{ expect = \"one\" },\n{ drop = \"fin\", after = \"2 messages\" },"));
  play.open();
  play.says("one");
  CHECK_FALSE(struck(play, "fin"));
  play.sends(client_frame(ws::Opcode::ping, "no message"));
  CHECK_FALSE(struck(play, "fin"));
  play.says("two");
  CHECK(struck(play, "fin"));
}

TEST_CASE("after N messages that have come already: at once") {
  Play play(steps("{ wait = \"1s\" },\n{ drop = \"fin\", after = \"1 message\" },"));
  play.open();
  play.says("one");
  play.until(1s);
  CHECK(struck(play, "fin") == 1s);
}

TEST_CASE("after a size: at the very byte, however the bytes come") {
  // Frames of "0123456789" have 16 bytes; the third is cut by the 40th byte.
  const std::string story = steps("{ echo = true },\n{ drop = \"reset\", after = \"40B\" },");
  Bytes all;
  for (int i = 0; i < 4; ++i) append(all, client_frame(ws::Opcode::text, "0123456789"));
  const Lines heard{"101 Switching Protocols", "text 0123456789", "text 0123456789"};
  SECTION("all at once") {
    Play play(story);
    play.open();
    play.sends(all);
    CHECK(play.heard() == heard);
    CHECK(play.outside.done == Lines{"1 reset"});
  }
  SECTION("byte by byte") {
    Play play(story);
    play.open();
    for (std::size_t i = 0; i < 39; ++i) play.sends(ByteView(all).subspan(i, 1));
    CHECK(play.outside.done.empty());
    play.sends(ByteView(all).subspan(39, 1));
    CHECK(play.heard() == heard);
    CHECK(play.outside.done == Lines{"1 reset"});
  }
}

TEST_CASE("after a time: counted from the opening, while messages are echoed") {
  Play play(steps("{ echo = true },\n{ close = 1001, after = \"2s\" },"));
  play.until(500ms);
  play.open();
  play.until(1s);
  play.says("still here");
  play.until(2400ms);
  CHECK(play.heard() == Lines{"101 Switching Protocols", "text still here"});
  play.until(2600ms);
  CHECK(play.heard().back() == "close 1001");
}

TEST_CASE("in message N: while it is arriving, so that nobody answers it") {
  Play play(steps("{ echo = true },\n{ drop = \"reset\", in = \"message 2\" },"));
  play.open();
  play.says("one");
  SECTION("it comes in one piece") { play.says("two"); }
  SECTION("only its beginning has come") {
    const Bytes frame = client_frame(ws::Opcode::text, "two");
    play.sends(ByteView(frame).first(7));
    CHECK(play.outside.done == Lines{"1 reset"});
  }
  SECTION("its first fragment has come") {
    play.sends(client_frame(ws::Opcode::text, "tw", false));
  }
  CHECK(play.heard() == Lines{"101 Switching Protocols", "text one"});
  CHECK(play.outside.done == Lines{"1 reset"});
}

TEST_CASE("in echo N: its first half is on its way") {
  Play play(steps("{ echo = true },\n{ drop = \"reset\", in = \"echo 2\" },"));
  play.open();
  play.says("one");
  play.says("abcdef");
  CHECK(play.outside.done == Lines{"1 reset"});
  const Bytes& written = play.outside.written[1];
  const std::string_view sent = as_text(written);
  CHECK(
      sent.ends_with(std::string_view("\x01\x03"
                                      "abc",
                                      5)));
}

TEST_CASE("in echo N: where the connection lives on, the other half follows") {
  Play play(steps("{ echo = true },\n{ frame = \"unasked-pong\", in = \"echo 1\" },"));
  play.open();
  play.says("abcdef");
  CHECK(play.heard().back() == "text abcdef");
  CHECK(play.heard().size() == 3);
  play.says("and on");
  CHECK(play.heard().back() == "text and on");
}

TEST_CASE("in echo N: a Close is the end of what is sent") {
  Play play(steps("{ echo = true },\n{ close = 1001, in = \"echo 1\" },"));
  play.open();
  play.says("abcdef");
  CHECK(play.heard() == Lines{"101 Switching Protocols", "close 1001"});
}

TEST_CASE("a client that leaves before the moment has failed the step") {
  Play play(steps("{ echo = true },\n{ drop = \"reset\", after = \"2 messages\" },"));
  play.open();
  play.says("one");
  play.ends();
  CHECK(play.trace({"step-failed"}).size() == 1);
  CHECK_FALSE(struck(play, "reset"));
}

TEST_CASE("a step that the coin spares does nothing when its moment comes, and says so") {
  Play play(
      steps("{ echo = true },\n{ drop = \"reset\", after = \"1s\", chance = \"0%\" },\n"
            "{ send = \"still here\" },"));
  play.open();
  play.until(900ms);
  CHECK(spared(play).empty());
  play.until(2s);
  CHECK(spared(play) == std::vector<std::string>{"reset"});
  CHECK(play.heard() == Lines{"101 Switching Protocols", "text still here"});
}

TEST_CASE("a silence that may not come holds no run up where it does not come") {
  const std::string story =
      "[[attempt]]\nsteps = [{ drop = \"silent\", chance = \"0%\" }]\n[expect]\nattempts = 1\n";
  Play play(story);
  play.open();
  CHECK(play.until_over() == "settled");
}

TEST_CASE("faults of the other layers: spared or not, by attempt and seed") {
  Play play(
      "[[attempt]]\ntimes = 40\nport = { fault = \"closed\", chance = \"50%\" }\n"
      "handshake = { status = 503, chance = \"50%\" }\n[expect]\nattempts = 40\n");
  int closed = 0;
  int refused = 0;
  int opened = 0;
  for (int i = 1; i <= 40; ++i) {
    play.knock();
    if (play.outside.done.size() > 1000) break;
    const auto& events = play.recorder.trace().events;
    const auto begun = std::find_if(events.rbegin(), events.rend(), [](const trace::Event& event) {
      return std::holds_alternative<trace::AttemptBegins>(event.body);
    });
    if (std::get<trace::AttemptBegins>(begun->body).port == trace::Port::closed) {
      ++closed;
      continue;
    }
    play.world.accepted(Time(play.now), i);
    play.sends(upgrade);
    (play.heard(i).front() == "503 Service Unavailable" ? refused : opened)++;
    play.ends();
  }
  INFO(closed << " closed, " << refused << " refused, " << opened << " opened");
  CHECK(closed + refused + opened == 40);
  CHECK(closed > 10);
  CHECK(refused > 3);
  CHECK(opened > 3);
  const auto names = spared(play);
  CHECK(std::count(names.begin(), names.end(), "closed") == 40 - closed);
  CHECK(std::count(names.begin(), names.end(), "status 503") > opened - 1);
}
