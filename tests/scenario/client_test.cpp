// client.toml, and clients from a command line.
#include <catch2/catch.hpp>
#include <string>

#include "scenario/loader.h"

using namespace halfopen;
using namespace halfopen::scenario;

TEST_CASE("a client.toml says how to install and start a client, and what it can do") {
  const auto loaded = load_client(R"(about = "Our loop."
command = ["node", "client.mjs", "{url}"]
install = ["npm", "ci"]
installed = "node_modules"
needs = ["node"]
can = ["reports", "send"]
page = "page.html"
weight = 2

[policy]
max = 5
factor = 1.5
jitter = "20%"

[variants]
slow = { about = "waits", arguments = ["--slow"] }
)",
                                  "clients/ours/client.toml");
  REQUIRE(loaded.value);
  const Client& client = *loaded.value;
  CHECK(client.name == "ours");
  CHECK(client.directory == "clients/ours");
  CHECK(client.command == std::vector<std::string>{"node", "client.mjs", "{url}"});
  CHECK(client.install == std::vector<std::string>{"npm", "ci"});
  CHECK(client.installed == "node_modules");
  CHECK(client.needs == std::vector<std::string>{"node"});
  CHECK(client.can == std::vector<std::string>{"reports", "send", "reconnects"});
  CHECK(client.page == "page.html");
  CHECK(client.weight == 2);
  CHECK(client.policy ==
        std::map<std::string, std::string>{{"max", "5"}, {"factor", "1.5"}, {"jitter", "20%"}});
  CHECK(client.variants.at("slow").arguments == std::vector<std::string>{"--slow"});
}

TEST_CASE("mistakes in a client.toml are told all at once") {
  const std::string text =
      "nmae = \"x\"\ncommand = []\nweight = 0\ncan = \"reports\"\n"
      "[policy]\nmaximum = 5\ncap = true\n[variants]\na = 1\nb = { arguments = \"x\" }\n";
  std::string said;
  for (const Diagnostic& diagnostic : load_client(text, "client.toml").diagnostics)
    said += std::to_string(diagnostic.place.line) + ": " + diagnostic.message + "\n";
  CHECK(said ==
        "1: unknown key `nmae` in client.toml; did you mean `name`?\n"
        "2: `command`: an empty command starts nothing\n"
        "3: `weight`: 0 is out of range: it may be 1 to 64\n"
        "4: `can` must be an array of strings, like `can = [\"reports\", \"close\"]`; found the "
        "string \"reports\"\n"
        "6: unknown key `maximum` in [policy]; its keys are delays, factor, jitter, cap, max, "
        "resets, connect-timeout, heartbeat, fatal, source\n"
        "7: `cap` must be a string or a number, like `cap = \"10s\"`; found true\n"
        "9: the variant `a` must be a table, like a = { about = \"…\", arguments = [] }; found the "
        "integer 1\n"
        "10: `arguments` must be an array of strings, like `arguments = "
        "[\"--policy=never-retries\"]`; found the string \"x\"\n");
}

TEST_CASE("a client without a command cannot be started") {
  const auto loaded = load_client("name = \"x\"\n", "client.toml");
  REQUIRE(loaded.diagnostics.size() == 1);
  CHECK(loaded.diagnostics[0].message.find("`command` is missing") == 0);
}

TEST_CASE("a client is taken to reconnect, unless it says that it does not") {
  const auto can = [](const std::string& lines) {
    const auto loaded = load_client("command = [\"x\", \"{url}\"]\n" + lines, "client.toml");
    REQUIRE(loaded.value);
    return loaded.value->can;
  };
  using Words = std::vector<std::string>;
  CHECK(can("") == Words{"reconnects"});
  CHECK(can("can = [\"reports\"]\n") == Words{"reports", "reconnects"});
  CHECK(can("can = [\"reconnects\"]\n") == Words{"reconnects"});
  CHECK(can("can = [\"reports\"]\nreconnects = false\n") == Words{"reports"});
  const auto torn = load_client(
      "command = [\"x\", \"{url}\"]\ncan = [\"reconnects\"]\nreconnects = false\n", "client.toml");
  REQUIRE(torn.diagnostics.size() == 1);
  CHECK(torn.diagnostics[0].message.find("`can` says that it does") != std::string::npos);
}

TEST_CASE("a command line is a client, named after its program") {
  const Client client = client_from_command({"/usr/bin/node", "x.mjs", "{url}"});
  CHECK(client.name == "node");
  CHECK(client.command.size() == 3);
  CHECK(client.directory.empty());
  CHECK(client.weight == 1);
  CHECK(client.can == std::vector<std::string>{"reconnects"});
}
