// What the loader makes of [[reply]] and [[every]], and what it says of them.
#include "loaded.h"
#include "scenario/story.h"

using namespace halfopen;
using namespace halfopen::scenario;
using namespace std::chrono_literals;

TEST_CASE("rules of the scenario and of an attempt") {
  const Scenario scenario = load(
      "[[reply]]\nto = \"open\"\nwith = [\"a\", { hex = \"00 01\" }]\n"
      "[[reply]]\nto = { text = \"open\" }\nafter = \"1s\"\ntimes = 3\nattempts = \"2..\"\n"
      "then = { close = 4000 }\n"
      "[[attempt]]\n[[attempt.reply]]\nto = \"close\"\nafter = \"2s\"\n"
      "[[every]]\ntime = \"10s\"\nsend = \"x\"\njitter = \"20%\"\n");
  REQUIRE(scenario.replies.size() == 2);
  CHECK(scenario.replies[0].to == Occasion::open);
  CHECK(scenario.replies[0].with.size() == 2);
  CHECK(scenario.replies[0].with[1].binary);
  CHECK(scenario.replies[1].to == Occasion::message);
  CHECK(scenario.replies[1].after == 1s);
  CHECK(scenario.replies[1].times == 3);
  CHECK_FALSE(scenario.replies[1].attempts.contains(1));
  CHECK(endings(scenario).size() == 1);
  REQUIRE(scenario.attempts.size() == 1);
  REQUIRE(scenario.attempts[0].replies.size() == 1);
  CHECK(scenario.attempts[0].replies[0].to == Occasion::close);
  REQUIRE(scenario.every.size() == 1);
  CHECK(scenario.every[0].jitter == 0.2);
}

TEST_CASE("rules are told in plain words") {
  const std::string told = explain(
      load("[[reply]]\nto = { regex = \"^sub (.*)$\" }\nwith = [\"ok {1}\", \"{json.id}{n}\"]\n"
           "times = 2\nattempts = \"2..\"\n[[reply]]\nto = \"ping\"\nafter = \"2s\"\n"
           "[[attempt]]\n[[attempt.reply]]\nto = \"a\"\nthen = { drop = \"reset\" }\n"
           "[[every]]\ntime = \"10s\"\nsend = { hex = \"c000\" }\ntimes = 1\n"));
  CAPTURE(told);
  CHECK(told.find("Whenever the client sends a message that matches /^sub (.*)$/, in attempts 2.., "
                  "2 times a connection at most: send \"ok {1}\", then send \"{json.id}{n}\".") !=
        std::string::npos);
  CHECK(told.find("Whenever the client pings: 2s later the pong.") != std::string::npos);
  CHECK(told.find("│ Whenever the client sends \"a\": drop: reset.") != std::string::npos);
  CHECK(told.find("Every 10s, once: send the bytes c0 00.") != std::string::npos);
}

TEST_CASE("a rule that drops silently is one of the silences that `detects` needs") {
  CHECK(has_silence(load("[[reply]]\nto = \"a\"\nthen = { drop = \"silent\" }\n")));
  CHECK_FALSE(has_silence(load("[[reply]]\nto = \"a\"\nthen = { drop = \"reset\" }\n")));
}
