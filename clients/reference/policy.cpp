// The good policy and its mutants.
#include "policy.h"

#include <functional>

namespace reference {
namespace {

Policy mutant(const std::function<void(Policy&)>& change) {
  Policy policy;
  change(policy);
  return policy;
}

std::map<std::string, Policy> make_policies() {
  const auto constant_delay = [](Policy& policy, Duration delay) {
    policy.first_delay = {delay, delay};
    policy.factor = 1;
    policy.jitter = 0;
  };
  return {
      {"good", {}},
      {"never-retries", mutant([](Policy& p) { p.max_retries = 0; })},
      {"no-delay", mutant([&](Policy& p) { constant_delay(p, 0ms); })},
      {"no-backoff", mutant([&](Policy& p) { constant_delay(p, 300ms); })},
      {"never-gives-up", mutant([](Policy& p) { p.max_retries.reset(); })},
      {"resets-on-open", mutant([](Policy& p) { p.reset_after = 0s; })},
      {"retries-after-1000", mutant([](Policy& p) { p.final_codes.clear(); })},
      {"stops-after-1011", mutant([](Policy& p) { p.final_codes.insert(1011); })},
      {"hasty", mutant([](Policy& p) { p.connect_timeout = 500ms; })},
      {"no-connect-timeout", mutant([](Policy& p) { p.connect_timeout.reset(); })},
      {"no-handshake-timeout", mutant([](Policy& p) { p.handshake_timeout.reset(); })},
      {"no-heartbeat", mutant([](Policy& p) { p.ping_after.reset(); })},
      {"insists-on-pongs", mutant([](Policy& p) { p.sign_of_life = Policy::SignOfLife::pong; })},
      {"insists-on-data", mutant([](Policy& p) { p.sign_of_life = Policy::SignOfLife::data; })},
      {"impatient",
       mutant([](Policy& p) { p.handshake_timeout = p.ping_after = p.pong_within = 300ms; })},
      {"trusts-anyone", mutant([](Policy& p) { p.tls.checks_certificate = false; })},
      {"ignores-name", mutant([](Policy& p) { p.tls.checks_name = false; })},
      {"ignores-expiry", mutant([](Policy& p) { p.tls.checks_time = false; })},
      {"ignores-purpose", mutant([](Policy& p) { p.tls.checks_purpose = false; })},
      {"ignores-revocation", mutant([](Policy& p) { p.tls.checks_revocation = false; })},
      {"takes-common-name", mutant([](Policy& p) { p.tls.takes_common_name = true; })},
      {"old-tls", mutant([](Policy& p) { p.tls.takes_old = true; })},
      {"offers-h2", mutant([](Policy& p) { p.tls.protocols.emplace_back("h2"); })},
      {"no-sni", mutant([](Policy& p) { p.tls.sends_name = false; })},
      {"pins-certificate", mutant([](Policy& p) { p.takes_new_certificate = false; })},
      {"insists-on-resumption", mutant([](Policy& p) { p.takes_full_handshake = false; })},
      {"hangs-on-bad-tls", mutant([](Policy& p) { p.fails_on_bad_tls = false; })},
      {"ignores-accept", mutant([](Policy& p) { p.checks_accept = false; })},
      {"ignores-status", mutant([](Policy& p) { p.checks_status = false; })},
      {"ignores-upgrade", mutant([](Policy& p) { p.checks_upgrade = false; })},
      {"hangs-on-garbage", mutant([](Policy& p) { p.fails_on_garbage = false; })},
      {"ignores-extensions", mutant([](Policy& p) { p.checks_extensions = false; })},
      {"ignores-protocol", mutant([](Policy& p) { p.checks_protocol = false; })},
      {"takes-no-protocol", mutant([](Policy& p) { p.needs_protocol = false; })},
      {"insists-on-first-protocol", mutant([](Policy& p) { p.takes_any_offered = false; })},
      {"case-sensitive", mutant([](Policy& p) { p.ignores_case = false; })},
      {"literal", mutant([](Policy& p) {
         p.takes_any_wording = false;
         p.offers_deflate = false;
       })},
      {"loses-early-frame", mutant([](Policy& p) { p.takes_early_frames = false; })},
      {"ignores-retry-after", mutant([](Policy& p) { p.heeds_retry_after = false; })},
      {"takes-credentials-along", mutant([](Policy& p) { p.refuses_redirects = false; })},
      {"sends-stale-token", mutant([](Policy& p) { p.takes_new_token = false; })},
      {"two-connections", mutant([](Policy& p) { p.one_connection = false; })},
      {"delivers-partial", mutant([](Policy& p) { p.drops_partial = false; })},
      {"mixed-content-blind", mutant([](Policy& p) { p.blocks_mixed_content = false; })},
      {"ignores-violations", mutant([](Policy& p) { p.fails_on_violation = false; })},
      {"no-fragments", mutant([](Policy& p) { p.takes_fragments = false; })},
      {"compresses-anyway", mutant([](Policy& p) { p.compresses_as_agreed = false; })},
      {"never-inflates", mutant([](Policy& p) { p.inflates = false; })},
      {"takes-bad-deflate", mutant([](Policy& p) { p.checks_deflate = false; })},
      {"takes-any-rsv1", mutant([](Policy& p) { p.checks_rsv1 = false; })},
      {"forgets-window", mutant([](Policy& p) { p.keeps_window = false; })},
      {"no-message-limit", mutant([](Policy& p) { p.message_limit = std::size_t{1} << 40; })},
      {"no-joining", mutant([](Policy& p) { p.joins_reads = false; })},
      {"no-pong", mutant([](Policy& p) { p.answers_pings = false; })},
      {"fails-on-pong", mutant([](Policy& p) { p.takes_unasked_pong = false; })},
      {"no-close-answer", mutant([](Policy& p) { p.answers_close = false; })},
      {"reports-own-code", mutant([](Policy& p) { p.reports_peer_code = false; })},
      {"waits-for-fin", mutant([](Policy& p) { p.close_timeout.reset(); })},
      {"resolves-once", mutant([](Policy& p) { p.resolves_anew = false; })},
      {"hot-dns", mutant([](Policy& p) { p.waits_after_look_up = false; })},
      {"impatient-dns", mutant([](Policy& p) { p.look_up_timeout = 300ms; })},
      {"no-dns-by-tcp", mutant([](Policy& p) { p.asks_by_tcp = false; })},
      {"no-happy-eyeballs", mutant([](Policy& p) { p.address_delay.reset(); })},
      {"ignores-proxy", mutant([](Policy& p) { p.uses_proxy = false; })},
      {"takes-any-connect", mutant([](Policy& p) { p.checks_connect = false; })},
      {"no-proxy-credentials", mutant([](Policy& p) { p.sends_proxy_credentials = false; })},
      {"leaks-proxy-credentials", mutant([](Policy& p) { p.keeps_proxy_credentials = false; })},
      {"unbounded-buffer", mutant([](Policy& p) { p.bounds_output = false; })},
      {"dies-on-reset", mutant([](Policy& p) { p.survives_reset = false; })},
  };
}

}  // namespace

const std::map<std::string, Policy>& policies() {
  static const std::map<std::string, Policy> all = make_policies();
  return all;
}

}  // namespace reference
