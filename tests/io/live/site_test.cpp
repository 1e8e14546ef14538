// Where a client finds everything, on both kinds of link.
#include "io/site.h"

#include <catch2/catch.hpp>

#include "scenario/loader.h"

using namespace halfopen;
using namespace halfopen::io;

namespace {

scenario::Scenario scenario_with(const std::string& toml) {
  const std::string text = "about = \"A story.\"\n" + toml + "[expect]\nopens = \"0..\"\n";
  auto loaded = scenario::load_scenario(text, "x.toml");
  for (const Diagnostic& each : loaded.diagnostics) UNSCOPED_INFO(render(each, text));
  REQUIRE(loaded.value);
  return std::move(*loaded.value);
}

const std::string through_proxy = "[server]\ntls = true\nproxy = { credentials = \"user:word\" }\n";

}  // namespace

TEST_CASE("in namespaces a client goes by names, and past the proxy only to its page") {
  const scenario::Scenario plain = scenario_with("");
  CHECK(in_namespaces(plain, true).url == "ws://server.test:8080/");
  CHECK(in_namespaces(plain, true).page == "http://server.test:8081/");
  CHECK(in_namespaces(plain, true).proxy.empty());
  CHECK(entry_port(plain.server) == 8080);

  const scenario::Scenario proxied = scenario_with(through_proxy);
  const Whereabouts where = in_namespaces(proxied, true);
  CHECK(where.url == "wss://server.test:8443/");
  CHECK(where.proxy == "http://user:word@proxy.test:3128");
  CHECK(where.no_proxy == "page.server.test");
  CHECK(in_namespaces(proxied, false).no_proxy.empty());
  CHECK(entry_port(proxied.server) == 3128);
  CHECK(server_port(proxied.server) == 8443);
}

TEST_CASE("on the loopback interface a client goes by ports") {
  const Whereabouts plain = on_loopback(scenario_with(""), {.entry = 4000});
  CHECK(plain.url == "ws://127.0.0.1:4000/");
  CHECK(plain.page.empty());
  CHECK(authority(plain) == "127.0.0.1:4000");

  const Whereabouts proxied =
      on_loopback(scenario_with(through_proxy), {.entry = 4000, .server = 5000, .page = 6000});
  CHECK(proxied.url == "wss://127.0.0.1:5000/");
  CHECK(proxied.proxy == "http://user:word@127.0.0.1:4000");
  CHECK(proxied.page == "http://127.0.0.1:6000/");
}

TEST_CASE("the server's name is looked up only where the scenario has a resolver") {
  const auto names_of = [](const scenario::Scenario& scenario) {
    std::vector<std::string> names;
    for (const auto& [name, addresses] : known_hosts(scenario)) names.push_back(name);
    return names;
  };
  CHECK(names_of(scenario_with("")) == std::vector<std::string>{"server.test"});
  CHECK(names_of(scenario_with("[[attempt]]\ndns = \"nxdomain\"\n")) ==
        std::vector<std::string>{"page.server.test"});
  CHECK(names_of(scenario_with(through_proxy)) ==
        std::vector<std::string>{"page.server.test", "server.test", "proxy.test"});
}

TEST_CASE("the addresses of a run have the names that its client goes by") {
  const auto known = known_names(scenario_with(through_proxy));
  REQUIRE(known.size() == 8);
  CHECK(known[0].address == Bytes{198, 51, 100, 20});
  CHECK(known[0].names ==
        std::vector<std::string>{"server.test", "page.server.test", "proxy.test"});
  CHECK(known[1].address.size() == 16);
  CHECK(known[4].address == Bytes{192, 0, 2, 10});
  CHECK(known[4].names == std::vector<std::string>{"client"});
}
