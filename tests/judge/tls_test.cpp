// What a client does and says about faults of TLS.
#include "report/verdict_words.h"
#include "tale.h"

using namespace halfopen;
using namespace halfopen::judge;

namespace {

const std::string tls = "[server]\ntls = true\n";

std::string with(const std::string& fault, const std::string& expect) {
  return tls + "[[attempt]]\ntls = \"" + fault + "\"\n[expect]\n" + expect;
}

/// An attempt that met the fault, and the alert that the client sent ("": none).
Tale met(const std::string& fault, const std::string& alert) {
  Tale tale;
  tale.begins(0, 1).accepted(0.01, 1).event(0.02, FaultStruck{Layer::tls, fault}, 1);
  if (!alert.empty()) tale.event(0.03, TlsFailed{alert, Side::client, "why"}, 1);
  return tale;
}

std::string warnings(const std::string& toml, const Tale& tale) {
  std::string text;
  for (const Failure& warning : judge::judge(scenario_of(toml), tale.trace()).warnings)
    text += report::path_of(warning.expectation) + ": " + report::in_words(warning.wanted) + " | " +
            report::in_words(warning.seen) + "\n";
  return text;
}

}  // namespace

TEST_CASE("a request behind TLS that no client may accept is a failure") {
  const std::string toml = with("expired", "attempts = 1\n");
  CHECK(verdict_on(toml, met("expired", "").left(0.1, 1).over(1)) == "pass");
  CHECK(verdict_on(toml, met("expired", "").requested(0.05, 1, "k").left(0.1, 1).over(1)) ==
        "fail\ninvariant fails-bad-tls (0): no request behind TLS with the fault expired (RFC "
        "5280, section 6.1.3) | a request at 0.05 s");
  CHECK(verdict_on(toml + "waive = [\"fails-bad-tls\"]\n",
                   met("expired", "").requested(0.05, 1, "k").left(0.1, 1).over(1)) == "pass");
}

TEST_CASE("where an RFC only recommends to refuse, a request is a warning") {
  const std::string toml = with("sha1", "attempts = 1\n");
  const Tale tale = met("sha1", "").requested(0.05, 1, "k").left(0.1, 1).over(1);
  CHECK(verdict_on(toml, tale) == "pass");
  CHECK(warnings(toml, tale) ==
        "should refuse: no request behind TLS with the fault sha1 (RFC 8446, section 4.4.2.4) | a "
        "request at 0.05 s\n");
}

TEST_CASE("a fault that did not strike forbids nothing") {
  Tale tale;
  tale.opened(0.01, 1);
  CHECK(verdict_on(with("alpn", "attempts = 1\n"),
                   Tale().begins(0, 1).opened(0.01, 1).left(3.1, 1).over(4)) == "pass");
}

TEST_CASE("the client's alert is one of those expected, or it is a warning") {
  const std::string toml =
      with("not-yet-valid", "attempts = 1\ntls_alert = [\"bad_certificate\", \"unknown_ca\"]\n");
  const auto said = [&](const std::string& alert) {
    return warnings(toml, met("not-yet-valid", alert).left(0.1, 1).over(1));
  };
  CHECK(said("unknown_ca").empty());
  const std::string expected =
      "tls_alert: the alert bad_certificate or unknown_ca about the fault not-yet-valid (RFC 8446, "
      "section 6.2: SHOULD) | ";
  CHECK(said("") == expected + "no alert\n");
  CHECK(said("internal_error") == expected + "the alert internal_error\n");
}

TEST_CASE("the host that the client names is judged wherever TLS opens") {
  const std::string toml = tls + "[expect]\nsni = \"server.test\"\n";
  const auto verdict = [&](const std::string& name) {
    return verdict_on(
        toml,
        Tale().begins(0, 1).event(0.01, TlsOpened{"TLSv1.3", name, ""}, 1).opened(0.02, 1).over(1));
  };
  CHECK(verdict("server.test") == "pass");
  CHECK(verdict("") ==
        "fail\nsni (5): the host name server.test in the ClientHello | no host name");
  CHECK(verdict("other.test") ==
        "fail\nsni (5): the host name server.test in the ClientHello | other.test");
}

TEST_CASE("an alert that halfopen was too late to read is not held against the client") {
  const auto told = [](Duration late) {
    const Tale tale = Tale()
                          .begins(0, 1)
                          .accepted(0, 1)
                          .event(0.1, FaultStruck{Layer::tls, "expired", ""}, 1)
                          .event(0.5, Lag{late})
                          .left(0.6, 1)
                          .over(0.9);
    return verdict_on(
        "[server]\ntls = true\n[[attempt]]\ntls = \"expired\"\n[expect]\nopens = "
        "0\ntls_alert = \"certificate_expired\"",
        tale, {.strict = true});
  };
  CHECK(told(std::chrono::milliseconds(10)).starts_with("fail"));
  CHECK(told(std::chrono::milliseconds(400)).starts_with("inconclusive"));
}

TEST_CASE("an alert is judged only where a fault struck that invites one") {
  const std::string toml = tls +
                           "[[attempt]]\nsteps = [{ drop = \"reset\" }]\n[[attempt]]\ntls = "
                           "\"expired\"\n[expect]\nattempts = \"1..\"\ntls_alert = "
                           "\"certificate_expired\"\n";
  const auto tale = [] { return Tale().begins(0, 1).opened(0, 1).ended(1, 1); };
  CHECK(verdict_on(toml, tale().over(9, "time")) ==
        "inconclusive: tls_alert is not decided: there was no attempt 2\nnot decided tls_alert "
        "(10): there was no attempt 2");
  const auto second = [&] {
    return tale().begins(2, 2).accepted(2, 2).event(2, FaultStruck{Layer::tls, "expired"}, 2);
  };
  CHECK(verdict_on(toml, second()
                             .event(2, TlsFailed{"certificate_expired", Side::client, ""}, 2)
                             .ended(2, 2)
                             .over(9)) == "pass");
}
