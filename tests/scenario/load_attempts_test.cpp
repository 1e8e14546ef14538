// What the loader makes of attempts and their handshakes.
#include "loaded.h"

using namespace halfopen;
using namespace halfopen::scenario;
using namespace std::chrono_literals;

TEST_CASE("attempts are consumed in order, and the rest gets the default") {
  const Scenario scenario = load(
      "[[attempt]]\nport = \"closed\"\n[[attempt]]\ntimes = 2\nport = \"filtered\"\n"
      "[[attempt]]\nhandshake = 503\n");
  CHECK(attempt_for(scenario, 1)->port->fault->name == "closed");
  CHECK(attempt_for(scenario, 2)->port->fault->name == "filtered");
  CHECK(attempt_for(scenario, 3)->port->fault->name == "filtered");
  CHECK(attempt_for(scenario, 4)->handshake.status == 503);
  CHECK(attempt_for(scenario, 5) == nullptr);
}

TEST_CASE("times = \"rest\" takes all that are left") {
  const Scenario scenario = load("[[attempt]]\n[[attempt]]\ntimes = \"rest\"\nport = \"closed\"");
  CHECK_FALSE(attempt_for(scenario, 1)->has_steps);
  CHECK(attempt_for(scenario, 2)->port.has_value());
  CHECK(attempt_for(scenario, 1000)->port.has_value());
}

TEST_CASE("a handshake is a fault, a status, never, or a table") {
  const auto handshake = [](const std::string& text) {
    return load("[[attempt]]\nhandshake = " + text).attempts.at(0).handshake;
  };
  CHECK(handshake("\"wrong-accept\"").fault->fault->name == "wrong-accept");
  CHECK(handshake("{ fault = \"wrong-accept\" }").fault->fault->name == "wrong-accept");
  CHECK(handshake("404").status == 404);
  CHECK(handshake("\"never\"").never);
  CHECK(handshake("{ raw = \"SSH\\r\\n\" }").raw == "SSH\r\n");
  const Handshake whole = handshake(
      "{ status = 429, reason = \"Slow\", headers = { Retry-After = \"20\", Upgrade = \"\" }, "
      "body = \"no\", delay = \"1s\", drip = \"10ms\", protocol = \"chat\" }");
  CHECK(whole.status == 429);
  CHECK(whole.reason == "Slow");
  CHECK(whole.headers ==
        std::vector<std::pair<std::string, std::string>>{{"Retry-After", "20"}, {"Upgrade", ""}});
  CHECK(whole.body == "no");
  CHECK(whole.delay == 1s);
  CHECK(whole.drip == 10ms);
  CHECK(whole.protocol == "chat");
}

TEST_CASE("subprotocols are tokens, and keep their order") {
  const auto offered = [](const std::string& text) { return load(text).server.protocols; };
  CHECK(offered("").empty());
  CHECK(offered("[server]\nprotocols = [\"chat.v2\", \"chat.v1\", \"!#$%&'*+-.^_`|~\"]") ==
        std::vector<std::string>{"chat.v2", "chat.v1", "!#$%&'*+-.^_`|~"});
}

TEST_CASE("a fault has the given parameters and the defaults of the others") {
  for (const std::string text :
       {"{ drop = \"mid-frame\", sent = 5 }", "{ drop = { fault = \"mid-frame\", sent = 5 } }"}) {
    const faults::Use use = step<FaultStep>(text).fault;
    CHECK(use.fault->name == "mid-frame");
    CHECK(use.arguments.at("sent") == faults::Value{std::int64_t{5}});
    CHECK(use.arguments.at("length") == faults::Value{std::int64_t{64}});
    CHECK(use.arguments.at("end") == faults::Value{std::string("reset")});
  }
}

TEST_CASE("a table with `on` holds for its attempts, the others take their turn on what is left") {
  const auto steps_of = [](const Scenario& scenario, int number) {
    const Attempt* attempt = attempt_for(scenario, number);
    return attempt == nullptr ? std::size_t{99} : attempt->steps.size();
  };
  const std::string one = "steps = [{ wait = \"1ms\" }]\n";
  const std::string two = "steps = [{ wait = \"1ms\" }, { wait = \"1ms\" }]\n";
  const std::string named = "[[attempt]]\non = [2, 5]\nsteps = []\n";
  const std::string in_turn = "[[attempt]]\ntimes = 2\n" + one + "[[attempt]]\ntimes = \"rest\"\n";
  // Where the named ones stand in the file does not matter.
  for (const std::string& text : {named + in_turn + two, in_turn + two + named}) {
    const Scenario scenario = load(text);
    std::vector<std::size_t> seen;
    for (int number = 1; number <= 7; ++number) seen.push_back(steps_of(scenario, number));
    CHECK(seen == std::vector<std::size_t>{1, 0, 1, 2, 0, 2, 2});
  }
  const Scenario alone = load("[[attempt]]\non = 3\n" + one);
  CHECK(steps_of(alone, 2) == 0);  // accepted and echoed
  CHECK_FALSE(attempt_for(alone, 2)->has_steps);
  CHECK(steps_of(alone, 3) == 1);
  CHECK(steps_of(alone, 4) == 99);
}
