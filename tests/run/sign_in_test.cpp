// The token in the first message.
#include "play.h"

using namespace halfopen;
using namespace halfopen::run;

namespace {

const std::string story =
    "[[attempt]]\nhandshake = { auth = { token = \"T2\", where = \"message\", code = 4401, within "
    "= "
    "\"2s\" } }\n[expect]\nattempts = 1\nwithin = \"1m\"\n";

}  // namespace

TEST_CASE("a first message that shows the token lets the client in") {
  const std::string message = GENERATE(
      R"(T2)", R"(Bearer T2)", R"({"type":"auth","token":"T2"})",
      R"({"type":"connection_init","payload":{"token":"Bearer T2"}})", R"(["1",{"token":"T2"}])");
  Play play(story);
  play.open();
  play.says(message);
  play.says("hello");
  CHECK(play.heard() == Lines{"101 Switching Protocols", "text hello"});
  CHECK(play.trace({"fault-struck"}).empty());
}

TEST_CASE("any other first message is answered with the Close") {
  const std::string message =
      GENERATE(R"(T1)", R"(T22)", R"({"type":"auth","token":"T1"})", R"({"user":"T2"})",
               R"({"token":["T2"]})", R"({"token":"T2")", R"({"token":{"x":"T2"}})", "\"T2\"");
  Play play(story);
  play.open();
  play.says(message);
  CHECK(play.heard() == Lines{"101 Switching Protocols", "close 4401 unauthorized"});
  CHECK(play.trace({"fault-struck"}).size() == 1);
  play.closes(4401);
  CHECK(play.outside.done == Lines{"1 finish"});
}

TEST_CASE("a deep document costs no stack") {
  Play play(story);
  play.open();
  play.says(std::string(1'000'000, '['));
  CHECK(play.heard().back() == "close 4401 unauthorized");
}

TEST_CASE("a client that says nothing is turned away when its time is up") {
  Play play(story);
  play.open();
  play.until(1900ms);
  CHECK(play.heard().size() == 1);
  CHECK(play.why_over().empty());
  play.until(2100ms);
  CHECK(play.heard().back() == "close 4401 unauthorized");
}

TEST_CASE("the steps begin once the token is there") {
  Play play(
      "[[attempt]]\nhandshake = { auth = { token = \"T2\", where = \"message\" } }\n"
      "steps = [{ send = \"welcome\" }, { expect = \"hello\" }]\n");
  play.open();
  CHECK(play.steps().empty());
  play.says("T2");
  CHECK(play.heard().back() == "text welcome");
  play.says("hello");
  CHECK(play.steps().size() == 4);
}

TEST_CASE("a client that goes before it has shown a token fails no step") {
  Play play(
      "[[attempt]]\nhandshake = { auth = { token = \"T2\", where = \"message\" } }\n"
      "steps = [{ send = \"welcome\" }]\n");
  play.open();
  SECTION("by a Close") { play.closes(1000); }
  SECTION("by a FIN") { play.ends(); }
  CHECK(play.steps().empty());
}
