// Whose an end is: of what the client can see, the trace says who began it.
#include "play.h"

using namespace halfopen;
using namespace halfopen::run;

namespace {

/// The ends that the client could see, as "close by client".
Lines ends(const Play& play) {
  Lines lines;
  for (const trace::Event& event : play.recorder.trace().events)
    if (const auto* end = std::get_if<trace::EndVisible>(&event.body))
      lines.push_back(fmt::format("{} by {}", trace::word(end->how), trace::word(end->by)));
  return lines;
}

}  // namespace

TEST_CASE("a Close that answers the client's, and a FIN that follows its own, are the client's") {
  Play closing(steps("{ wait = \"1s\" },"));
  closing.open();
  closing.closes(1000);
  CHECK(ends(closing) == Lines{"close by client"});
  Play leaving(steps("{ wait = \"1s\" },"));
  leaving.open();
  leaving.ends();
  CHECK(ends(leaving) == Lines{"fin by client"});
}

TEST_CASE("what a step ends is the server's, whatever the client answers") {
  Play play(steps("{ close = 1001 },"));
  play.open();
  play.closes(1001);
  CHECK(ends(play) == Lines{"close by server"});
  Play dropped(steps("{ drop = \"fin\" },"));
  dropped.open();
  CHECK(ends(dropped) == Lines{"fin by server"});
}

TEST_CASE("what a proxy refuses, and what something on the way has ended, is a middlebox's") {
  Play refused("[server]\nproxy = \"http\"\n[[attempt]]\nproxy = \"forbidden\"\n");
  refused.connect();
  refused.sends("CONNECT server.test:8080 HTTP/1.1\r\nHost: server.test:8080\r\n\r\n");
  CHECK(ends(refused) == Lines{"refusal by middlebox"});
  Play cut(steps("{ wait = \"1s\" },"));
  cut.open();
  cut.world.peer_finished(Time(0ms), 1, By::middlebox);
  REQUIRE(cut.outside.marks.size() == 1);
  CHECK(cut.outside.marks[0].end.by == By::middlebox);
}
