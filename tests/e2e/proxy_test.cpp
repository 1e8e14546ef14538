// Proxies as curl meets them, which knows nothing of halfopen: it heeds the usual variables, asks
// for a tunnel or in absolute-form, and names what it met by its exit codes (`man curl`).
#include <unistd.h>

#include <catch2/catch.hpp>

#include "support/machine.h"
#include "support/program.h"
#include "support/scratch.h"
#include "support/skip.h"

using namespace halfopen::e2e;

namespace {

const std::string curl = "/usr/bin/curl";
const std::string upgrade =
    " -H 'Connection: Upgrade' -H 'Upgrade: websocket' -H 'Sec-WebSocket-Version: 13'"
    " -H 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==' ";

struct Said {
  Ended run;
  int code = -1;       ///< curl's exit code.
  std::string output;  ///< What it printed: every answer, and why it does not like one.
};

bool can_run() {
  if (::access(curl.c_str(), X_OK) == 0) return true;
  halfopen::tests::skip("there is no " + curl);
  return false;
}

/// Runs curl once in that world.
Said curl_in(const std::string& world, const std::string& options, const std::string& link) {
  const Scratch scratch;
  const std::string scenario = "about = \"curl meets a proxy.\"\n" + world +
                               "[expect]\nattempts = \"0..\"\nclient = { exit = 0 }\n"
                               "within = \"20s\"\nwaive = [\"fresh-key\"]\n";
  const std::string client = curl + " -s -S -i --http1.1 --max-time 2 " + options + upgrade +
                             "$(echo {url} | sed s/^ws/http/) > " + scratch.path("output") +
                             " 2>&1; echo $? > " + scratch.path("code");
  Said said{run_halfopen({"run", scratch.write("proxy.toml", scenario), "--client", client,
                          "--link", link, "--can", "proxy"}),
            -1,
            {}};
  said.code = std::stoi(scratch.read("code"));
  said.output = scratch.read("output");
  return said;
}

std::string known(const std::string& proxy, const std::string& fault, bool tls = false) {
  return std::string("[server]\ntls = ") + (tls ? "true" : "false") + "\nproxy = " + proxy +
         "\n[[attempt]]\ntimes = \"rest\"\n" + (fault.empty() ? "" : "proxy = " + fault + "\n");
}

std::vector<std::string> links() {
  if (has_packet_link()) return {"stream", "packet"};
  return {"stream"};
}

}  // namespace

TEST_CASE("curl goes through the proxy that its environment names, and names what that does") {
  if (!can_run()) return;
  const std::string guarded = "{ credentials = \"user:secret\" }";
  struct Case {
    std::string world;
    std::string options;
    int code;
    std::string says;
  };
  // 28: timed out, as the 101 leaves it waiting; 52: ended without a body; 56: CONNECT was refused.
  const Case cases[] = {
      {known("\"http\"", ""), "-p", 28, "HTTP/1.1 101 Switching"},
      {known("\"http\"", ""), "", 28, "HTTP/1.1 101 Switching"},
      {known("\"http\"", "", true), "", 28, "HTTP/1.1 101 Switching"},
      {known("\"http\"", "\"forbidden\""), "-p", 56, "response 403"},
      {known("\"http\"", "\"forbidden\""), "", 0, "HTTP/1.1 403 Forbidden"},
      {known("\"http\"", "\"bad-gateway\"", true), "", 56, "response 502"},
      {known("\"http\"", "\"hangs\""), "-p", 28, "timed out"},
      {known("\"http\"", "\"strips-upgrade\""), "", 0, "HTTP/1.1 426 Upgrade Required"},
      {known("\"http\"", "\"strips-upgrade\""), "-p", 28, "HTTP/1.1 101 Switching"},
      {known(guarded, ""), "-p --proxy-anyauth", 28, "HTTP/1.1 101 Switching"},
      {known(guarded, "\"closes-after-407\"", true), "--proxy-anyauth", 28,
       "HTTP/1.1 101 Switching"},
      {known(guarded, "\"rejects-credentials\""), "-p", 56, "response 407"},
      {known("\"http\"", "{ fault = \"closes-idle\", after = \"500ms\" }", true), "", 52,
       "HTTP/1.1 101 Switching"},
  };
  for (const std::string& link : links())
    for (const Case& each : cases) {
      CAPTURE(link, each.world, each.options);
      const Said said = curl_in(each.world, each.options, link);
      INFO(said.run.whole());
      CHECK(said.run.code == 0);
      CHECK(said.code == each.code);
      CHECK_THAT(said.output, Catch::Matchers::Contains(each.says));
    }
}

TEST_CASE("going past the proxy is seen on either link, and is a failure that says so") {
  if (!can_run()) return;
  for (const std::string& link : links()) {
    const Said said = curl_in(known("\"http\"", ""), "--noproxy '*'", link);
    CAPTURE(link);
    INFO(said.run.whole());
    CHECK(said.run.code == 1);
    // The network refuses; on loopback the connection ends at once, by FIN or by RST.
    const bool refused = link == "packet" ? said.code == 7 : said.code == 52 || said.code == 56;
    CHECK(refused);
    CHECK_THAT(said.run.whole(), Catch::Matchers::Contains("uses-proxy"));
    CHECK_THAT(said.run.whole(), Catch::Matchers::Contains("went past the proxy, straight to"));
  }
}

TEST_CASE("somebody who logs in at a captive portal opens it for everybody") {
  if (!can_run()) return;
  const std::string portal =
      "[[attempt]]\ntimes = \"rest\"\nproxy = { fault = \"captive-portal\", answer = "
      "\"redirect\" }\n";
  for (const std::string& link : links()) {
    CAPTURE(link);
    const Said turned_away = curl_in(portal, "", link);
    CHECK(turned_away.code == 0);
    CHECK_THAT(turned_away.output, Catch::Matchers::Contains("Location: /login"));
    const Said logged_in = curl_in(
        portal, "-o /dev/null $(echo {url} | sed s/^ws/http/)login --next -s -i --max-time 2",
        link);
    INFO(logged_in.run.whole() << logged_in.output);
    CHECK(logged_in.code == 28);
    CHECK_THAT(logged_in.output, Catch::Matchers::Contains("HTTP/1.1 101 Switching"));
  }
}
