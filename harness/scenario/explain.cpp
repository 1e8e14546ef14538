// The story of a scenario in plain words.
#include <fmt/format.h>

#include <algorithm>

#include "base/units.h"
#include "scenario/coins.h"
#include "scenario/scenario.h"
#include "scenario/story.h"
#include "scenario/words.h"

namespace halfopen::scenario {
namespace {

std::string proxy_in_words(const std::optional<Proxy>& proxy) {
  if (!proxy) return "";
  if (proxy->credentials.empty()) return "It is pointed at an HTTP proxy.\n";
  return fmt::format("It is pointed at an HTTP proxy, which wants the credentials {}.\n",
                     in_quotes(proxy->credentials));
}

std::string protocols_in_words(const std::vector<std::string>& protocols) {
  if (protocols.empty()) return "";
  if (protocols.size() == 1)
    return fmt::format("It is to offer the subprotocol {}.\n", protocols.front());
  return fmt::format("It is to offer the subprotocols {}, in this order.\n",
                     fmt::join(protocols, ", "));
}

std::string addresses_in_words(Addresses addresses) {
  switch (addresses) {
    case Addresses::ipv4:
      return "";
    case Addresses::ipv6:
      return "Its name has an IPv6 address only.\n";
    case Addresses::both:
      return "Its name has an IPv4 and an IPv6 address.\n";
  }
  return "";
}

std::string deflate_in_words(DeflatePolicy policy) {
  switch (policy) {
    case DeflatePolicy::accepted:
      return "";
    case DeflatePolicy::declined:
      return "The server agrees on no compression.\n";
    case DeflatePolicy::required:
      return "The client must offer compression (permessage-deflate).\n";
  }
  return "";
}

std::string opening(const Scenario& scenario) {
  std::string out;
  if (scenario.page.required)
    out = fmt::format("The client opens a page over {}, and from there connects to ",
                      scenario.page.https ? "https" : "http");
  else
    out = "The client connects to ";
  return out +
         fmt::format("{}://{}{}.\n", scenario.server.tls ? "wss" : "ws", scenario.server.host,
                     scenario.server.path) +
         proxy_in_words(scenario.server.proxy) + protocols_in_words(scenario.server.protocols) +
         addresses_in_words(scenario.server.addresses) + deflate_in_words(scenario.server.deflate);
}

/// What becomes of a connection that is one too many; "" where there is no limit.
std::string limit_in_words(const std::optional<ConnectionLimit>& limit) {
  if (!limit) return "";
  const auto fate = [&]() -> std::string_view {
    switch (limit->then) {
      case ConnectionLimit::Then::refuse:
        return "the SYN of any other is answered with RST";
      case ConnectionLimit::Then::reset:
        return "any other is accepted and reset";
      case ConnectionLimit::Then::unavailable:
        return "the handshake of any other is answered with 503";
      case ConnectionLimit::Then::queue:
        return "any other waits until there is a place for it";
    }
    return "";
  };
  const std::string held =
      limit->held > Duration::zero()
          ? fmt::format("; a place is free {} after the end of its connection", format(limit->held))
          : "";
  return fmt::format(
      "The server holds at most {} at a time; {}{}.\n",
      limit->most == 1 ? "one connection" : fmt::format("{} connections", limit->most), fate(),
      held);
}

/// The drop rules of both directions, each once.
std::string drops_in_words(const link::Link& link) {
  std::vector<std::string> rules;
  for (const auto* settings : {&link.up, &link.down})
    for (const link::DropRule& rule : settings->drop)
      if (std::find(rules.begin(), rules.end(), in_quotes(rule.text)) == rules.end())
        rules.push_back(in_quotes(rule.text));
  return rules.empty() ? "" : fmt::format("; dropped by rule: {}", fmt::join(rules, ", "));
}

std::string middlebox_in_words(const link::Middlebox& middlebox) {
  std::string out;
  if (const auto& idle = middlebox.idle)
    out += fmt::format("; a flow without packets for {} is forgotten, and what comes then {}",
                       format(idle->after),
                       idle->how == link::Idle::How::reset ? "is answered with RST" : "vanishes");
  if (const auto& largest = middlebox.largest)
    out += fmt::format("; packets over {} bytes are lost, {}", largest->size,
                       largest->icmp ? "and ICMP says so" : "and nobody is told");
  return out;
}

std::string link_in_words(const link::Link& link) {
  std::string out;
  if (!link.profile.empty()) out = fmt::format("profile {}; ", link.profile);
  const std::string up = in_words(link.up);
  const std::string down = in_words(link.down);
  if (up == down)
    out += up.empty() ? "perfect" : up + " in both directions";
  else
    out += fmt::format("to the server {}, to the client {}", up.empty() ? "perfect" : up,
                       down.empty() ? "perfect" : down);
  out += drops_in_words(link) + middlebox_in_words(link.middlebox);
  switch (link.state) {
    case link::State::up:
      break;
    case link::State::down:
      out += "; it is down at first";
      break;
    case link::State::no_carrier:
      out += "; it has no carrier at first";
      break;
    case link::State::blackhole:
      out += "; it swallows everything at first";
      break;
    case link::State::blackhole_up:
      out += "; it swallows everything to the server at first";
      break;
    case link::State::blackhole_down:
      out += "; it swallows everything to the client at first";
      break;
  }
  return fmt::format("The link: {}.\n", out);
}

/// "Attempt 2", "Attempts 2 to 4", "All attempts from number 5".
std::string range_of(int first, const std::optional<int>& times) {
  if (!times)
    return first == 1 ? "Every attempt" : fmt::format("Every attempt from number {}", first);
  if (*times == 1) return fmt::format("Attempt {}", first);
  return fmt::format("Attempts {} to {}", first, first + *times - 1);
}

/// What becomes of a connection that never gets to its handshake.
std::string port_in_words(const faults::Use& port, const faults::Reception& received) {
  switch (received.answer) {
    case faults::Reception::Answer::reset:
      return "the port is closed (every SYN is answered with RST).\n";
    case faults::Reception::Answer::silence:
      return "the port is filtered (no SYN is answered).\n";
    case faults::Reception::Answer::unreachable:
      if (received.unreachable == "prohibited")
        return "a firewall prohibits the connection (ICMP says so).\n";
      return fmt::format("the {} is unreachable (ICMP says so).\n",
                         received.unreachable == "net" ? "network" : received.unreachable);
    case faults::Reception::Answer::accept:
      break;
  }
  return fmt::format("the connection is accepted and meets the port fault {}.\n", in_words(port));
}

/// The rules that are the attempt's own.
std::string rules_of(const Attempt& attempt) {
  std::string out;
  for (const Reply& rule : attempt.replies) out += "  " + in_words(rule) + ".\n";
  return out;
}

std::string certain_in_words(const Attempt& attempt) {
  if (!resolution_of(&attempt).resolves())
    return fmt::format("the name does not resolve (dns: {}).\n", in_words(*attempt.dns));
  std::string out =
      attempt.dns ? fmt::format("the name resolves with dns: {}; ", in_words(*attempt.dns)) : "";
  const faults::Reception received = reception(attempt);
  if (!received.served) return out + port_in_words(*attempt.port, received);
  if (attempt.port) out += fmt::format("the port fault {}; then ", in_words(*attempt.port));
  out += "the connection is accepted; ";
  if (attempt.proxy)
    out += fmt::format("a proxy on the way has the fault {}; ", in_words(attempt.proxy->value));
  if (!lets_through(attempt.proxy)) return out + "no client gets through.\n";
  if (attempt.tls) out += fmt::format("TLS has the fault {}; ", in_words(attempt.tls->value));
  if (!can_open(attempt.tls)) return out + "no client may go on.\n";
  out += "the handshake " + in_words(attempt.handshake);
  if (!can_open(attempt.handshake)) return out + ".\n";
  if (!attempt.has_steps) return out + ", and every message is echoed.\n" + rules_of(attempt);
  if (attempt.steps.empty()) return out + ", and nothing more is done.\n" + rules_of(attempt);
  out += ". Then:\n";
  int number = 0;
  for (const Step& step : attempt.steps) out += fmt::format("  {}. {}\n", ++number, describe(step));
  return out + rules_of(attempt);
}

/// "with a chance of 30% port: closed; else "
std::string by_chance(double chance, std::string_view layer, const std::string& what) {
  if (chance == 1) return "";
  return fmt::format("with a chance of {} {}: {}; ", format_share(chance), layer, what);
}

std::string attempt_in_words(const Attempt& attempt) {
  if (!has_coins(attempt)) return certain_in_words(attempt);
  std::string out;
  if (attempt.dns) out += by_chance(attempt.dns->chance, "dns", in_words(*attempt.dns));
  if (attempt.port) out += by_chance(attempt.port->chance, "port", in_words(*attempt.port));
  if (attempt.proxy)
    out += by_chance(attempt.proxy->value.chance, "the proxy", in_words(attempt.proxy->value));
  if (attempt.tls) out += by_chance(attempt.tls->value.chance, "TLS", in_words(attempt.tls->value));
  out += by_chance(attempt.handshake.chance, "the handshake", in_words(attempt.handshake));
  return out + "else " + certain_in_words(luckiest(attempt));
}

std::string attempts_in_words(const Scenario& scenario) {
  std::string out;
  int first = 1;
  for (const Attempt& attempt : scenario.attempts) {
    out += range_of(first, attempt.times) + ": " + attempt_in_words(attempt);
    if (!attempt.times) return out;
    first += *attempt.times;
  }
  return out + range_of(first, std::nullopt) + ": it is accepted, and every message is echoed.\n";
}

std::string rules_in_words(const Scenario& scenario) {
  std::string out;
  for (const Reply& rule : scenario.replies) out += in_words(rule) + ".\n";
  for (const Every& rule : scenario.every) out += in_words(rule) + ".\n";
  return out;
}

std::string world_in_words(const Scenario& scenario) {
  std::string out;
  for (const At& at : scenario.at) {
    const std::string when = fmt::format("{} after the start", format(at.time));
    if (at.link) out += fmt::format("{}: link: {}.\n", when, at.link->text);
    if (at.tell) out += fmt::format("{}: the client is told: {}.\n", when, in_words(*at.tell));
    if (at.freeze)
      out += fmt::format("{}: the client is {}.\n", when, *at.freeze ? "stopped" : "let go on");
  }
  for (const When& when : scenario.when) {
    const std::string cause =
        fmt::format("When the client reports its {} \"{}\"", ordinal(when.nth), when.event);
    if (when.link) out += fmt::format("{}: link: {}.\n", cause, when.link->text);
    if (when.tell) out += fmt::format("{}: it is told: {}.\n", cause, in_words(*when.tell));
  }
  return out;
}

}  // namespace

std::string explain(const Scenario& scenario) {
  std::string out = fmt::format("{}: {}\n\n", scenario.name, scenario.about);
  out += opening(scenario);
  out += limit_in_words(scenario.server.connections);
  out += link_in_words(scenario.link);
  for (const auto& [name, value] : scenario.kernel)
    out += fmt::format("The client's kernel has {} = {}.\n", name, value);
  out += "\n" + attempts_in_words(scenario) + rules_in_words(scenario) + world_in_words(scenario);
  out += "\nExpected:\n";
  for (const std::string& line : in_words(scenario.expect)) out += "  - " + line + "\n";
  return out;
}

const Attempt* attempt_for(const Scenario& scenario, int number) {
  int last = 0;
  for (const Attempt& attempt : scenario.attempts) {
    if (!attempt.times) return &attempt;
    last += *attempt.times;
    if (number <= last) return &attempt;
  }
  return nullptr;
}

}  // namespace halfopen::scenario
