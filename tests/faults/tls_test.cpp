// What each fault of TLS plans, and what it demands of a client.
#include <catch2/catch.hpp>

#include "acts.h"
#include "faults/tls_plan.h"

using namespace halfopen;
using namespace halfopen::faults;

namespace {

TlsPlan planned(std::string_view name, Arguments arguments = {}) {
  Use use{find(Layer::tls, name), std::move(arguments)};
  REQUIRE(use.fault != nullptr);
  complete(use);
  return tls_plan(use);
}

using Signer = crypto::CertificatePlan::Signer;
using Version = crypto::ServerPlan::Version;
using BreakOff = TlsPlan::BreakOff;
using Demand = TlsPlan::Demand;
using namespace std::chrono_literals;

}  // namespace

TEST_CASE("without a fault everything about TLS is right") {
  const TlsPlan plan = tls_plan({});
  CHECK(plan.certificate == crypto::CertificatePlan{});
  CHECK(plan.breaks_off == BreakOff::never);
  CHECK(plan.demand == Demand::may_open);
}

TEST_CASE("a certificate is wrong in one way") {
  CHECK(planned("expired").certificate.ends == -24h);
  CHECK(planned("expired", {{"since", Duration(1s)}}).certificate.ends == -1s);
  CHECK(planned("expired").certificate.begins < planned("expired").certificate.ends);
  CHECK(planned("not-yet-valid").certificate.begins == 24h);
  CHECK(planned("self-signed").certificate.signer == Signer::itself);
  CHECK(planned("unknown-root").certificate.signer == Signer::stranger);
  CHECK(planned("incomplete-chain").certificate.signer == Signer::intermediate);
  CHECK_FALSE(planned("incomplete-chain").certificate.whole_chain);
  CHECK(planned("wrong-host").certificate.names == std::vector<std::string>{"other.test"});
  CHECK_FALSE(planned("no-san").certificate.alternative_names);
  CHECK(planned("wrong-key-usage").certificate.purpose == "clientAuth");
  CHECK(planned("weak-key").certificate.rsa_bits == 1024);
  CHECK(planned("sha1").certificate.sha1);
  CHECK(planned("renewed").certificate.edition == 1);
  CHECK(planned("renewed").demand == Demand::may_open);
}

TEST_CASE("the server's side of TLS is wrong in one way") {
  CHECK(planned("old-version").server.version == Version::tls_1_1);
  CHECK(planned("old-version", {{"version", "1.0"}}).server.version == Version::tls_1_0);
  CHECK(planned("alpn").server.protocol == "h2");
  CHECK(planned("client-certificate").server.demands_certificate);
  CHECK(planned("resumption-refused").forgets_sessions);
  CHECK(planned("resumption-refused").demand == Demand::may_open);
}

TEST_CASE("the handshake breaks off where the scenario says, by what it says") {
  CHECK(planned("silent").breaks_off == BreakOff::client_hello);
  CHECK(planned("reset", {{"after", "server-hello"}}).breaks_off == BreakOff::server_hello);
  CHECK(planned("fin", {{"after", "server-flight"}}).breaks_off == BreakOff::server_flight);
  CHECK(in_words(planned("silent").acts) == "ignore");
  CHECK(in_words(planned("reset").acts) == "reset");
  CHECK(in_words(planned("fin").acts) == "cut");
  CHECK(in_words(planned("alert").acts) == "alert 15030300020228, cut");
  CHECK(in_words(planned("alert", {{"name", "alert-200"}}).acts) == "alert 150303000202c8, cut");
  CHECK(in_words(planned("plain-text", {{"text", "HTTP"}}).acts) == "bare 48545450, cut");
}

TEST_CASE("arguments that make no sense are refused") {
  CHECK_THROWS_WITH(planned("alert", {{"name", "handshake-failure"}}),
                    "send an alert: \"handshake-failure\" is no alert of RFC 8446, section 6, and "
                    "not alert-NUMBER");
  CHECK_THROWS_WITH(planned("alpn", {{"protocol", ""}}),
                    "choose a protocol: its name has 1 to 255 bytes (RFC 7301, section 3.1)");
}

TEST_CASE("only what is legal, or merely not recommended, lets a client through") {
  for (const std::string& name : names(Layer::tls)) {
    CAPTURE(name);
    const bool recommended = name == "weak-key" || name == "sha1";
    const bool legal = name == "renewed" || name == "resumption-refused";
    const Demand wrong = recommended ? Demand::should_fail : Demand::must_fail;
    CHECK(planned(name).demand == (legal ? Demand::may_open : wrong));
  }
}

TEST_CASE("records that nobody may send go past TLS") {
  CHECK(acts(Layer::drop, "bad-record-mac", {{"length", std::int64_t{32}}}) ==
        "bare 1703030020" + hex(Bytes(32, 0x5a)));
  CHECK(acts(Layer::drop, "oversized-record").substr(0, 15) == "bare 170303ffff");
}
