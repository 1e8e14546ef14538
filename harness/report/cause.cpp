#include "report/cause.h"

#include <algorithm>
#include <array>
#include <cassert>

namespace halfopen::report {
namespace {

using judge::Kind;

constexpr auto table = std::to_array<Cause>({
    {"crash", "crashes", "The application is gone until somebody starts it again."},
    {"trust", "trusts TLS that it should refuse",
     "Somebody on the way can read and change everything that is sent."},
    {"no-detection", "does not notice in time that a connection is dead",
     "The application looks connected while nothing arrives; what people send is lost."},
    {"no-return", "does not come back",
     "After a short outage the application stays offline until it is reloaded."},
    {"too-fast", "comes back too fast, or without backing off",
     "When a server restarts, every client hits it at once, again and again, and it stays down."},
    {"too-often", "connects more often than it should",
     "A server that has said goodbye, or refuses for good, is asked again and again."},
    {"parallel", "holds several connections where there should be one",
     "Messages come twice, and the server counts one user as several."},
    {"too-slow", "comes back later than it should",
     "The network works again, and people still wait."},
    {"bad-answer", "takes a broken answer for a good one",
     "Data goes to something that is no WebSocket server, and what comes from there is believed."},
    {"bad-frame", "stays on a connection that breaks the protocol",
     "What follows a broken frame may be read as anything, and reaches the application."},
    {"protocol", "breaks the WebSocket protocol",
     "Strict servers and proxies end its connections, or misread what it says."},
    {"unanswered", "does not say, or not in time, what is expected of it",
     "The conversation is stuck, although the connection works."},
    {"request", "asks for the connection in another way than it should",
     "Servers refuse it, or take it for somebody else."},
    {"proxy", "does not use the proxy as it should",
     "Behind a company's proxy the application does not work, or gives secrets away."},
    {"closing", "does not close as it should",
     "The server cannot tell a farewell from a failure, and keeps what it should clean up."},
    {"early-end", "ends a connection that works", "People are thrown out for no reason."},
    {"untold", "does not tell the application what has happened",
     "The application shows a wrong state, and cannot react."},
    {"flood", "floods", "It costs its own machine and the server more than they have."},
    {"memory", "takes more and more memory", "The application grows until the system ends it."},
    {"exit", "ends in another way than it should",
     "What starts it takes a success for a failure, or the other way round."},
});

const Cause& named(std::string_view name) {
  const auto found = std::ranges::find(table, name, &Cause::name);
  assert(found != table.end());
  return *found;
}

/// Whether the number that was measured is below what was wanted.
bool is_below(const judge::Failure& failure) {
  return failure.measure && failure.measure->value < failure.measure->lowest;
}

std::string_view cause_of_invariant(std::string_view invariant) {
  struct Row {
    std::string_view invariant;
    std::string_view cause;
  };
  constexpr auto rows = std::to_array<Row>({{"one-connecting", "parallel"},
                                            {"one-connection", "parallel"},
                                            {"one-close", "untold"},
                                            {"silence-after-giving-up", "too-often"},
                                            {"no-plaintext-to-tls", "trust"},
                                            {"no-hot-loop", "too-fast"},
                                            {"no-flood", "flood"},
                                            {"uses-proxy", "proxy"},
                                            {"fails-bad-connect", "proxy"},
                                            {"keeps-proxy-credentials", "proxy"},
                                            {"fails-bad-tls", "trust"},
                                            {"fails-bad-handshake", "bad-answer"},
                                            {"fails-bad-frame", "bad-frame"}});
  const auto found = std::ranges::find(rows, invariant, &Row::invariant);
  return found == rows.end() ? "protocol" : found->cause;
}

/// Why nothing came after the last attempt: the client holds on to a connection that has fallen
/// silent, or it stays away.
std::string_view cause_of_absence(const std::vector<judge::AttemptView>& attempts) {
  const bool holds_on = !attempts.empty() && attempts.back().silent_since && !attempts.back().ended;
  return holds_on ? "no-detection" : "no-return";
}

std::string_view name_of_cause(const judge::Failure& failure,
                               const std::vector<judge::AttemptView>& attempts) {
  switch (failure.expectation.kind) {
    case Kind::attempts:
    case Kind::opens:
      return !failure.measure || is_below(failure) ? cause_of_absence(attempts) : "too-often";
    case Kind::gaps:
    case Kind::every_gap:
      if (!failure.measure) return cause_of_absence(attempts);
      return is_below(failure) ? "too-fast" : "too-slow";
    case Kind::growing:
    case Kind::curve:
    case Kind::retry_after:
      return "too-fast";
    case Kind::gives_up: {
      const auto* wanted = std::get_if<judge::wanted::GivingUp>(&failure.wanted);
      return wanted && wanted->yes ? "too-often" : "no-return";
    }
    case Kind::recovers:
      return failure.missing ? cause_of_absence(attempts) : "too-slow";
    case Kind::detects:
      return "no-detection";
    case Kind::request:
      return "request";
    case Kind::closes_with:
    case Kind::should_close:
      return "closing";
    case Kind::sni:
    case Kind::tls_alert:
    case Kind::should_refuse:
      return "trust";
    case Kind::client_event:
    case Kind::output:
      return "untold";
    case Kind::crash:
      return "crash";
    case Kind::exit_code:
      return "exit";
    case Kind::memory:
      return "memory";
    case Kind::messages:
    case Kind::step:
    case Kind::within:
      return "unanswered";
    case Kind::settle:
      return "early-end";
    case Kind::invariant:
      return cause_of_invariant(failure.expectation.name);
  }
  return "protocol";
}

}  // namespace

std::span<const Cause> causes() { return table; }

const Cause& cause_of(const judge::Failure& failure,
                      const std::vector<judge::AttemptView>& attempts) {
  return named(name_of_cause(failure, attempts));
}

const Cause* cause_of(const Result& result) {
  const Cause* worst = nullptr;
  for (const judge::Failure& failure : result.verdict.failures) {
    const Cause& cause = cause_of(failure, result.attempts);
    if (worst == nullptr || &cause < worst) worst = &cause;  // they stand in one table
  }
  return worst;
}

const judge::Failure* main_failure(const Result& result) {
  const Cause* cause = cause_of(result);
  for (const judge::Failure& failure : result.verdict.failures)
    if (&cause_of(failure, result.attempts) == cause) return &failure;
  return nullptr;
}

}  // namespace halfopen::report
