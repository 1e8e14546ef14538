// What the loader makes of a scenario without mistakes.
#include "loaded.h"

using namespace halfopen;
using namespace halfopen::scenario;
using namespace std::chrono_literals;

TEST_CASE("a scenario is named after its path below the last folder called scenarios") {
  CHECK(scenario_name("scenarios/drops/reset.toml") == "drops/reset");
  CHECK(scenario_name("/a/scenarios/b/scenarios/c.toml") == "c");
  CHECK(scenario_name("my-scenarios/c.toml") == "my-scenarios/c");
  CHECK(scenario_name("c.toml") == "c");
  CHECK(scenario_name("c") == "c");
  CHECK(scenario_name("/home/somebody/work/tests/cases/c.toml") == "cases/c");
  CHECK(scenario_name("../c.toml") == "c");
  CHECK(scenario_name("/c.toml") == "c");
}

TEST_CASE("a key of endless parts is refused before it exhausts the stack") {
  std::string key = "a";
  for (int i = 0; i < 500'000; ++i) key += ".a";
  const auto loaded = load_scenario("about = \"x\"\n" + key + " = 1\n", "t.toml");
  REQUIRE(loaded.diagnostics.size() == 1);
  CHECK(loaded.diagnostics[0].place == Place{2, 2000});
  CHECK(loaded.diagnostics[0].message == "a key has at most 1000 parts");
}

TEST_CASE("what is left out has its default") {
  const Scenario scenario = load("");
  CHECK(scenario.name == "drops/test");
  CHECK(scenario.server.host == "server.test");
  CHECK(scenario.server.path == "/");
  CHECK_FALSE(scenario.server.tls);
  CHECK_FALSE(scenario.page.required);
  CHECK(scenario.link == link::Link{});
  CHECK(scenario.attempts.empty());
  CHECK(scenario.expect.within.value == 30s);
  CHECK(scenario.expect.settle == 3s);
  CHECK_FALSE(scenario.expect.gives_up);
}

TEST_CASE("the server, the page and the kernel") {
  const Scenario scenario = load(
      "tags = [\"a\"]\nmutants = [\"b\", \"c\"]\n"
      "server = { tls = true, host = \"a.test\", path = \"/x?y=1\" }\n"
      "page = { scheme = \"https\", html = \"<p>\" }\nkernel = { tcp_syn_retries = 2 }");
  CHECK(scenario.tags == std::vector<std::string>{"a"});
  CHECK(scenario.mutants == std::vector<std::string>{"b", "c"});
  CHECK(scenario.server.tls);
  CHECK(scenario.server.host == "a.test");
  CHECK(scenario.server.path == "/x?y=1");
  CHECK(scenario.page.required);
  CHECK(scenario.page.https);
  CHECK(scenario.page.html == "<p>");
  CHECK(scenario.kernel == std::map<std::string, int>{{"tcp_syn_retries", 2}});
}

TEST_CASE("the server's limit on connections, and how it reads and writes") {
  const Scenario scenario = load(
      "[server]\nconnections = { most = 3, then = \"503\", held = \"2s\" }\n"
      "[[attempt]]\nsteps = [{ read = \"10kB/s\" }, { read = \"nothing\" }, { read = \"all\" }, "
      "{ write = \"bytewise\" }, { tell = \"send\", text = \"x\", times = 5, size = 100 }]\n"
      "[[at]]\ntime = \"1s\"\nlink = \"readdress\"");
  const ConnectionLimit& limit = *scenario.server.connections;
  CHECK(limit.most == 3);
  CHECK(limit.then == ConnectionLimit::Then::unavailable);
  CHECK(limit.held == 2s);
  const auto& steps = scenario.attempts.at(0).steps;
  CHECK(std::get<ReadStep>(steps.at(0).body).rate == 80'000);
  CHECK(std::get<ReadStep>(steps.at(1).body).rate == 0);
  CHECK_FALSE(std::get<ReadStep>(steps.at(2).body).rate);
  CHECK(std::get<WriteStep>(steps.at(3).body).bytewise);
  CHECK(std::get<TellStep>(steps.at(4).body).tell.times == 5);
  CHECK(std::get<TellStep>(steps.at(4).body).tell.size == 100);
  CHECK(scenario.at.at(0).link->readdress);
  CHECK_FALSE(scenario.at.at(0).link->state);
  const Scenario plain = load("[server]\nconnections = 2");
  CHECK(plain.server.connections->most == 2);
  CHECK(plain.server.connections->then == ConnectionLimit::Then::refuse);
}

TEST_CASE("what happens by the clock and what reacts to the client") {
  const Scenario scenario = load(
      "[[at]]\ntime = \"5s\"\nclient = \"freeze\"\n"
      "[[when]]\nevent = \"close\"\nnth = 2\ntell = \"send\"\ntext = \"hi\"");
  CHECK(scenario.at.at(0).time == 5s);
  CHECK(scenario.at.at(0).freeze == true);
  CHECK(scenario.when.at(0).event == "close");
  CHECK(scenario.when.at(0).nth == 2);
  CHECK(scenario.when.at(0).tell->action == "send");
  CHECK(scenario.when.at(0).tell->fields.at("text") == "hi");
}

TEST_CASE("a setting of the client's kernel is kept by its name") {
  const Scenario scenario = load("[kernel]\ntcp_window_scaling = 0", "attempts = 1");
  CHECK(scenario.kernel == std::map<std::string, int>{{"tcp_window_scaling", 0}});
}
