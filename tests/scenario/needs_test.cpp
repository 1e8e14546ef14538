// What a scenario needs of the client and of the link.
#include <catch2/catch.hpp>
#include <string>

#include "scenario/loader.h"

using namespace halfopen::scenario;

namespace {

using Words = std::vector<std::string>;

Scenario load(const std::string& text) {
  const auto loaded = load_scenario("about = \"A test.\"\n" + text + "\n[expect]\nopens = 0", "x");
  REQUIRE(loaded.diagnostics.empty());
  return *loaded.value;
}

Words link_needs(const std::string& text) { return needs_of_packet_link(load(text)); }

}  // namespace

TEST_CASE("a scenario that says nothing needs nothing") {
  CHECK(needs_of_client(load("")).empty());
  CHECK(needs_of_packet_link(load("")).empty());
}

TEST_CASE("the client must obey what it is told, report what is waited for, and open pages") {
  CHECK(needs_of_client(load("[[attempt]]\nsteps = [{ tell = \"send\", text = \"x\" }]")) ==
        Words{"send"});
  CHECK(needs_of_client(load("[[at]]\ntime = \"1s\"\ntell = \"reconnect\"")) == Words{"reconnect"});
  CHECK(needs_of_client(load("[[when]]\nevent = \"open\"\ntell = \"close\"")) ==
        Words{"close", "reports"});
  CHECK(needs_of_client(load("[page]")) == Words{"page"});
  CHECK(needs_of_client(load("[server]\nproxy = \"http\"")) == Words{"proxy"});
  CHECK(needs_of_client(load("[[attempt]]\nproxy = \"hangs\"")).empty());
  CHECK(needs_of_client(load("[server]\nprotocols = [\"chat\"]")) == Words{"protocols"});
  CHECK(needs_of_client(load("[[attempt]]\nhandshake = { protocol = \"chat\" }")).empty());
}

TEST_CASE("a story about reconnecting needs a client that does so by itself") {
  const auto needs = [](const std::string& expect) {
    const auto loaded = load_scenario("about = \"A test.\"\n[expect]\n" + expect, "x");
    REQUIRE(loaded.diagnostics.empty());
    return needs_of_client(*loaded.value);
  };
  for (const char* expect :
       {"attempts = 2", "attempts = \"2..\"", "opens = 2", "gaps = \"1s..\"", "gaps = [\"1s..\"]",
        "growing = true", "curve = { base = \"1s\" }", "recovers = \"..10s\"", "gives_up = false",
        "messages = { any = true, attempt = 2 }", "request = { path = \"/\", attempt = 2 }"}) {
    CAPTURE(expect);
    CHECK(needs(expect) == Words{"reconnects"});
  }
  for (const char* expect : {"attempts = 1", "attempts = \"1..4\"", "opens = 1",
                             "gives_up = true\nattempts = 1", "messages = { any = true }"}) {
    CAPTURE(expect);
    CHECK(needs(expect).empty());
  }
}

TEST_CASE("only the packet link has ports, lost packets and a state") {
  CHECK(link_needs("[[attempt]]\ndns = \"timeout\"") == Words{"a resolver of its own"});
  CHECK(link_needs("[[attempt]]\nport = \"closed\"") == Words{"a closed port"});
  CHECK(link_needs("[[attempt]]\nport = \"filtered\"") == Words{"a filtered port"});
  CHECK(link_needs("[[attempt]]\nport = \"unreachable\"") == Words{"an unreachable host"});
  CHECK(link_needs("[[attempt]]\nport = \"listen-queue-full\"") ==
        Words{"a SYN that is not answered"});
  CHECK(link_needs("[[attempt]]\nport = \"accept-reset\"").empty());
  CHECK(link_needs("[[attempt]]\nsteps = [{ drop = \"silent\" }]") == Words{"packets that vanish"});
  CHECK(link_needs("[link]\ndrop = [\"syn 1\"]") == Words{"the loss of chosen packets"});
  CHECK(link_needs("[[at]]\ntime = \"1s\"\nlink = \"down\"") == Words{"a link that goes down"});
  CHECK(link_needs("[[at]]\ntime = \"1s\"\nlink = \"no-carrier\"") ==
        Words{"a cable that is pulled"});
  CHECK(link_needs("[[at]]\ntime = \"1s\"\nlink = \"readdress\"") ==
        Words{"a client whose address changes"});
  CHECK(link_needs("[server]\nconnections = 2") == Words{"a closed port"});
  CHECK(link_needs("[server]\nconnections = { most = 2, then = \"queue\" }").empty());
  CHECK(link_needs("[[at]]\ntime = \"1s\"\nlink = \"blackhole\"") ==
        Words{"a link that swallows packets"});
  CHECK(link_needs("[link]\nstate = \"blackhole-down\"") ==
        Words{"a link that swallows the packets of one direction"});
  CHECK(link_needs("[link]\nidle = \"5s\"\nmtu = 1200") ==
        Words{"a middlebox that forgets flows", "a largest packet"});
  CHECK(link_needs("[[at]]\ntime = \"1s\"\nlink = \"rebind\"") == Words{"flows that are cut off"});
  CHECK(link_needs(
            "[link]\ndelay = \"1s\"\nreorder = \"1%\"\nduplicate = \"1%\"\ncorrupt = \"1%\"") ==
        Words{"packets out of order", "duplicated packets", "corrupted packets"});
  CHECK(link_needs("[kernel]\ntcp_sack = 0") == Words{"kernel settings for the client"});
  CHECK(link_needs("[page]") == Words{"a host name of its own"});
  CHECK(link_needs("[page]\n[server]\nhost = \"localhost\"").empty());
}

TEST_CASE("a stream link can do loss, delay, rate and lost data") {
  CHECK(link_needs("[link]\nprofile = \"3g\"\nloss = \"2%\"\njitter = \"5ms\"\n"
                   "drop = [\"down data 5\"]")
            .empty());
}

TEST_CASE("what is said of a later attempt, by whomever, is about reconnecting") {
  CHECK(needs_of_client(load("[expect.client]\nerror = { attempt = 2 }")) == Words{"reconnects"});
  CHECK(needs_of_client(load("[expect.client]\nerror = { attempt = 1 }")).empty());
}
