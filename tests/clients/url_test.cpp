// The addresses that the reference client takes, and those that a page may not open.
#include "reference/url.h"

#include <catch2/catch.hpp>

#include "base/error.h"

using namespace reference;

TEST_CASE("a token in the query is replaced where it stands, and nowhere else") {
  Url url = parse_url("ws://server.test/a?room=1&token=T1&x=2");
  CHECK(has_token_parameter(url));
  CHECK(set_token_parameter(url, "T2"));
  CHECK(url.target == "/a?room=1&token=T2&x=2");
  CHECK(set_token_parameter(url, "longer"));
  CHECK(url.target == "/a?room=1&token=longer&x=2");
  url = parse_url("ws://server.test/token=T1?mytoken=T1");
  CHECK_FALSE(has_token_parameter(url));
  CHECK_FALSE(set_token_parameter(url, "T2"));
  CHECK(url.target == "/token=T1?mytoken=T1");
}

TEST_CASE("an address is taken apart") {
  const Url url = parse_url("ws://server.test:8080/chat?room=1#top");
  CHECK_FALSE(url.tls);
  CHECK(url.host == "server.test");
  CHECK(url.port == 8080);
  CHECK(url.target == "/chat?room=1");
  CHECK(url.authority() == "server.test:8080");
}

TEST_CASE("the ports are those of the scheme where none is given") {
  CHECK(parse_url("ws://a").port == 80);
  CHECK(parse_url("wss://a").port == 443);
  CHECK(parse_url("wss://a").tls);
  CHECK(parse_url("wss://a?x").target == "/?x");
  CHECK(parse_url("wss://a:443/").authority() == "a");
}

TEST_CASE("an IPv6 address keeps its brackets in the Host header only") {
  const Url url = parse_url("ws://[2001:db8::1]:81/");
  CHECK(url.host == "2001:db8::1");
  CHECK(url.port == 81);
  CHECK(url.authority() == "[2001:db8::1]:81");
}

TEST_CASE("what is no WebSocket address is refused with the reason") {
  CHECK_THROWS_WITH(parse_url("http://a/"),
                    "read the address http://a/: it begins with neither ws:// nor wss://");
  CHECK_THROWS_WITH(parse_url("ws://:80/"), "read the address ws://:80/: it names no host");
  CHECK_THROWS_WITH(parse_url("ws://a:0/"),
                    "read the address ws://a:0/: its port is no port number");
  CHECK_THROWS_AS(parse_url("ws://a:65536/"), halfopen::Error);
  CHECK_THROWS_AS(parse_url("ws://[::1/"), halfopen::Error);
}

TEST_CASE("mixed content is ws:// from an https page, unless the host is this machine") {
  const std::string page = "https://server.test:8443/";
  CHECK(is_mixed_content(page, parse_url("ws://server.test/")));
  CHECK_FALSE(is_mixed_content(page, parse_url("wss://server.test/")));
  CHECK_FALSE(is_mixed_content("http://server.test/", parse_url("ws://server.test/")));
  CHECK_FALSE(is_mixed_content("", parse_url("ws://server.test/")));
  for (const char* url : {"ws://localhost/", "ws://127.0.0.1/", "ws://[::1]/"}) {
    CHECK_FALSE(is_mixed_content(page, parse_url(url)));
  }
}
