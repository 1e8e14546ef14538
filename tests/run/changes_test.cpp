// What changes the world beside the attempts: by a step, by the clock, by what the client reports.
#include "play.h"

using namespace halfopen;
using namespace halfopen::run;

TEST_CASE("link: the link changes by a step") {
  Play play(steps("{ link = \"down\" },\n{ wait = \"1s\" },\n{ link = \"up\" },"));
  play.open();
  play.until(1s);
  CHECK(play.outside.done == Lines{"link down", "link up"});
  CHECK(
      play.trace({"link-changed"}) ==
      Lines{
          R"({"at":0,"attempt":1,"line":4,"event":"link-changed","state":"down","text":"down"})",
          R"({"at":1000000,"attempt":1,"line":6,"event":"link-changed","state":"up","text":"up"})"});
}

TEST_CASE("[[at]] changes the world by the clock, in order of time") {
  Play play(
      "[[at]]\ntime = \"5s\"\nlink = \"up\"\n[[at]]\ntime = \"2s\"\nlink = \"down\"\n"
      "[[at]]\ntime = \"3s\"\nclient = \"freeze\"\n[[at]]\ntime = \"3s\"\ntell = \"connect\"\n"
      "[[at]]\ntime = \"4s\"\nclient = \"thaw\"\n");
  play.until(2s);
  CHECK(play.outside.done == Lines{"link down"});
  play.until(6s);
  CHECK(play.outside.done ==
        Lines{"link down", "freeze", R"(tell {"do":"connect"})", "thaw", "link up"});
  CHECK(play.trace({"link-changed"}) ==
        Lines{R"({"at":2000000,"line":5,"event":"link-changed","state":"down","text":"down"})",
              R"({"at":5000000,"line":2,"event":"link-changed","state":"up","text":"up"})"});
}

TEST_CASE("[[when]] reacts to the nth report of an event, once") {
  Play play("[[when]]\nevent = \"close\"\nnth = 2\ntell = \"close\"\ncode = 4000\n", true);
  play.reports("close", 1006);
  play.reports("open");
  CHECK(play.outside.done.empty());
  play.reports("close", 1006);
  play.reports("close", 1006);
  CHECK(play.outside.done == Lines{R"(tell {"code":4000,"do":"close"})"});
}

TEST_CASE("[[when]] still counts when the client invents thousands of events") {
  Play play("[[when]]\nevent = \"close\"\nnth = 2\ntell = \"connect\"\n", true);
  play.reports("close");
  for (int i = 0; i < 3000; ++i) play.reports("event " + std::to_string(i));
  play.reports("close");
  play.reports("close");
  CHECK(play.outside.done == Lines{R"(tell {"do":"connect"})"});
}

TEST_CASE("a change of the link that changes nothing is written down as one") {
  Play play("[link]\nloss = \"2%\"\n" +
            steps("{ link = {} },\n{ link = { loss = \"2%\" } },\n{ link = { loss = \"5%\" } },\n"
                  "{ link = {} },"));
  play.open();
  CHECK(
      play.trace({"link-changed"}) ==
      Lines{
          R"({"at":0,"attempt":1,"line":6,"event":"link-changed","text":"as at the start"})",
          R"({"at":0,"attempt":1,"line":7,"event":"link-changed","text":"loss 2%"})",
          R"({"at":0,"attempt":1,"line":8,"event":"link-changed","settings":true,"text":"loss 5%"})",
          R"({"at":0,"attempt":1,"line":9,"event":"link-changed","settings":true,"text":"as at the start"})"});
}
