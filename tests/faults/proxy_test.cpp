// What each fault of the proxy makes of a proxy that lets everything through.
#include <catch2/catch.hpp>

#include "faults/proxy_plan.h"

using namespace halfopen;
using namespace halfopen::faults;
using namespace std::chrono_literals;

namespace {

ProxyPlan plan(std::string_view name, Arguments arguments = {}) {
  Use use{find(Layer::proxy, name), std::move(arguments)};
  REQUIRE(use.fault != nullptr);
  complete(use);
  return proxy_plan(use);
}

std::string answer(std::string_view name, Arguments arguments = {}) {
  const ProxyPlan made = plan(name, std::move(arguments));
  CHECK(made.does == ProxyPlan::Does::refuse);
  CHECK_FALSE(made.refusal.valid);
  return serialise(made.refusal);
}

}  // namespace

TEST_CASE("without a fault a proxy passes everything on, and looks at credentials only") {
  const ProxyPlan none = proxy_plan({});
  CHECK(none.lets_through());
  CHECK_FALSE(none.reads_requests());
  CHECK(none.credentials == ProxyPlan::Credentials::checked);
}

TEST_CASE("a proxy that refuses says so in HTTP, and ends the connection") {
  CHECK(answer("forbidden").find("HTTP/1.1 403 Forbidden\r\n") == 0);
  CHECK(answer("forbidden").find("Connection: close\r\n") != std::string::npos);
  CHECK(answer("bad-gateway").find("HTTP/1.1 502 Bad Gateway\r\n") == 0);
  CHECK(answer("bad-gateway", {{"status", std::int64_t{504}}}).find("HTTP/1.1 504 ") == 0);
  CHECK_FALSE(plan("forbidden").lets_through());
}

TEST_CASE("a proxy that hangs understands nothing, and one that strips lets CONNECT through") {
  CHECK(plan("hangs").does == ProxyPlan::Does::hang);
  CHECK_FALSE(plan("hangs").reads_requests());
  CHECK_FALSE(plan("hangs").lets_through());
  CHECK(plan("strips-upgrade").reads_requests());
  CHECK(plan("strips-upgrade").lets_through());
}

TEST_CASE("credentials are rejected, or wanted on another connection, by a proxy that is known") {
  using Credentials = ProxyPlan::Credentials;
  CHECK(plan("rejects-credentials").credentials == Credentials::rejected);
  CHECK_FALSE(plan("rejects-credentials").lets_through());
  CHECK(plan("closes-after-407").credentials == Credentials::checked_anew);
  CHECK(plan("closes-after-407").lets_through());
  CHECK(plan("closes-after-407").stands == ProxyPlan::Stands::pointed_at);
}

TEST_CASE("an idle connection ends in its time, by FIN or RST") {
  CHECK(plan("closes-idle").idle->after == 2s);
  CHECK(plan("closes-idle").idle->end == Act::Kind::cut);
  CHECK(plan("closes-idle", {{"after", Duration(9s)}, {"end", "reset"}}).idle->end ==
        Act::Kind::reset);
}

TEST_CASE("a captive portal shows its page or sends to it, and lets through in the end") {
  CHECK(answer("captive-portal").find("HTTP/1.1 200 OK\r\n") == 0);
  CHECK(answer("captive-portal").find("href=\"/login\"") != std::string::npos);
  const std::string redirect = answer("captive-portal", {{"answer", "redirect"}, {"login", "/hi"}});
  CHECK(redirect.find("HTTP/1.1 302 Found\r\n") == 0);
  CHECK(redirect.find("Location: /hi\r\n") != std::string::npos);
  CHECK(plan("captive-portal").lets_through());
  CHECK(plan("captive-portal").stands == ProxyPlan::Stands::unseen);
  CHECK_THROWS_WITH(plan("captive-portal", {{"login", "login"}}),
                    Catch::Matchers::Contains("`login` is a path"));
}
