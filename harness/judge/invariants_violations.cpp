// Invariants about what goes over the wire, which the server's side sees broken at once.
#include <algorithm>
#include <map>
#include <utility>

#include "judge/checks.h"
#include "judge/field_name.h"

namespace halfopen::judge {
namespace {

// Whether it has anything of an opening handshake; else nothing of one was looked at.
bool is_handshake(const trace::Request& request) {
  return std::ranges::any_of(request.headers, [](const auto& header) {
    constexpr std::string_view own = "Sec-WebSocket-";
    return same_name(header.first, "Upgrade") ||
           same_name(std::string_view(header.first).substr(0, own.size()), own);
  });
}

// What a trace has of what the server's side looks at.
struct LookedAt {
  bool request = false;
  bool handshake = false;
  bool frame = false;
  bool close = false;
  bool tls = false;
  bool proxy = false;
  bool refused = false;  ///< By the proxy.

  explicit LookedAt(const Evidence& evidence) {
    for (const trace::Event& event : evidence.trace.events) {
      const auto* from_client = std::get_if<trace::Frame>(&event.body);
      if (from_client && from_client->from != trace::Side::client) from_client = nullptr;
      const auto* answer = std::get_if<trace::ProxyAnswered>(&event.body);
      const auto* asked = std::get_if<trace::Request>(&event.body);
      request = request || asked != nullptr;
      handshake = handshake || (asked != nullptr && is_handshake(*asked));
      frame = frame || from_client;
      close = close || (from_client && from_client->opcode == trace::Opcode::close);
      tls = tls || std::holds_alternative<trace::TlsOpened>(event.body) ||
            std::holds_alternative<trace::TlsFailed>(event.body);
      proxy = proxy || std::holds_alternative<trace::ProxyAsked>(event.body);
      refused = refused || (answer && answer->status / 100 != 2);
    }
  }
};

// What the server's side has seen nothing against, though it looked.
void hold_what_was_looked_at(const Evidence& evidence, Verdict& verdict) {
  const LookedAt at(evidence);
  const std::pair<std::string_view, bool> rules[] = {
      {"masked-frames", at.frame},
      {"version-13", at.handshake},
      {"no-data-after-close", at.close},
      {"no-plaintext-to-tls", at.tls},
      {"no-flood", true},
      {"valid-handshake-request", at.request},
      {"waits-for-answer", at.handshake},
      {"valid-frames", at.frame},
      {"uses-proxy", at.proxy},
      {"fails-bad-connect", at.refused},
      {"keeps-proxy-credentials", at.proxy && at.request}};
  for (const auto& [rule, looked] : rules)
    if (looked) hold_unbroken(evidence, verdict, invariant(rule));
}

}  // namespace

void check_violations(const Evidence& evidence, Verdict& verdict) {
  struct Occurrences {
    const trace::Event* first = nullptr;
    std::size_t count = 0;
  };
  std::map<std::string, Occurrences> seen;
  for_each<trace::Violation>(evidence, [&](const trace::Event& event, const auto& violation) {
    Occurrences& rule = seen[violation.rule];
    if (!rule.first) rule.first = &event;
    ++rule.count;
  });
  for (const auto& [rule, what] : seen) {
    if (evidence.waives(rule)) continue;
    const auto& first = std::get<trace::Violation>(what.first->body);
    const int attempt = what.first->attempt;
    fail(evidence, verdict,
         {invariant(rule), 0, wanted::Rule::holds,
          seen::Violation{first.text, attempt, what.first->at, what.count - 1}, attempt});
  }
  hold_what_was_looked_at(evidence, verdict);
}

}  // namespace halfopen::judge
