// The reference client and its proxy.
#include "reference/proxy.h"

#include <catch2/catch.hpp>
#include <cstdlib>

#include "base/error.h"

using namespace reference;
using halfopen::as_bytes;
using halfopen::as_text;
using halfopen::Bytes;

namespace {

struct Asked {
  Tunnel tunnel;
  Bytes output{};

  explicit Asked(const std::string& proxy, const std::string& policy = "good",
                 bool challenged = false)
      : tunnel(policies().at(policy), parse_proxy(proxy), parse_url("wss://server.test/"),
               challenged) {}
  std::size_t hears(const std::string& answer) { return tunnel.feed(as_bytes(answer), output); }
};

const std::string guarded = "http://user:secret@proxy.test:3128";
const std::string wanted = "HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 4\r\n";
const std::string header = "Proxy-Authorization: Basic dXNlcjpzZWNyZXQ=\r\n";

}  // namespace

TEST_CASE("a proxy's address is taken apart") {
  const Proxy proxy = parse_proxy(guarded);
  CHECK(proxy.address.host == "proxy.test");
  CHECK(proxy.address.port == 3128);
  CHECK(proxy.credentials == "user:secret");
  CHECK(parse_proxy("http://proxy.test/").credentials.empty());
  CHECK_THROWS_AS(parse_proxy("socks5://proxy.test"), halfopen::Error);
}

TEST_CASE("the usual variables name a proxy by the scheme, and exempt hosts from it") {
  ::setenv("https_proxy", "http://a.test:1", 1);
  ::setenv("ALL_PROXY", "http://b.test:2", 1);
  ::setenv("NO_PROXY", "x.test, .here.test", 1);
  const auto host = [](const std::string& url) {
    const auto proxy = proxy_of_environment(parse_url(url));
    return proxy ? proxy->address.host : std::string("none");
  };
  CHECK(host("wss://server.test/") == "a.test");
  CHECK(host("ws://server.test/") == "b.test");
  CHECK(host("ws://x.test/") == "none");
  CHECK(host("ws://page.here.test/") == "none");
  CHECK(host("ws://nothere.test/") == "b.test");
  for (const char* name : {"https_proxy", "ALL_PROXY", "NO_PROXY"}) ::unsetenv(name);
}

TEST_CASE("a tunnel is there after 200, and what follows is not the proxy's") {
  Asked asked("http://proxy.test:3128");
  CHECK(asked.tunnel.request() ==
        "CONNECT server.test:443 HTTP/1.1\r\nHost: server.test:443\r\n\r\n");
  const std::string answer = "HTTP/1.1 200 OK\r\n\r\n";
  CHECK(asked.hears(answer + "rest") == answer.size());
  CHECK(asked.tunnel.state() == Tunnel::State::through);
}

TEST_CASE("credentials follow a challenge, on the same connection where it is kept") {
  Asked asked(guarded);
  CHECK(asked.tunnel.request().find("Proxy-Authorization") == std::string::npos);
  asked.hears(wanted + "\r\nbo");
  asked.hears("dy");
  CHECK(as_text(asked.output).find(header) != std::string::npos);
  asked.hears("HTTP/1.1 200 OK\r\n\r\n");
  CHECK(asked.tunnel.state() == Tunnel::State::through);
}

TEST_CASE("credentials follow a challenge on another connection where this one ends") {
  Asked asked(guarded);
  asked.hears(wanted + "Connection: close\r\n\r\nbody");
  CHECK(asked.tunnel.state() == Tunnel::State::challenged);
  CHECK(asked.output.empty());
  CHECK(Asked(guarded, "good", true).tunnel.request().find(header) != std::string::npos);
}

TEST_CASE("a refusal is one, and so is a second challenge") {
  for (const std::string& answer : {std::string("HTTP/1.1 403 Forbidden\r\n\r\n"), wanted + "\r\n",
                                    std::string("SSH-2.0\r\n")}) {
    Asked asked(guarded, "good", true);
    asked.hears(answer);
    CHECK(asked.tunnel.state() == Tunnel::State::refused);
    CHECK_FALSE(asked.tunnel.problem().empty());
  }
}

TEST_CASE("its mutants take any answer, or have no credentials") {
  Asked any(guarded, "takes-any-connect");
  any.hears("HTTP/1.1 403 Forbidden\r\n\r\n");
  CHECK(any.tunnel.state() == Tunnel::State::through);
  Asked none(guarded, "no-proxy-credentials");
  none.hears(wanted + "\r\n");
  CHECK(none.tunnel.state() == Tunnel::State::refused);
}
