// The story of a scenario in plain words.
#include <fmt/format.h>

#include <algorithm>

#include "base/bytes.h"
#include "base/units.h"
#include "scenario/draw_story.h"
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

/// What stands behind the story: parts, and names that have values.
std::string written_in_words(const Scenario& scenario) {
  std::string out;
  for (const auto& [file, text] : scenario.sources->parts())
    out += fmt::format("It includes {}.\n", file);
  for (const Variable& variable : scenario.variables) {
    const auto set = std::find_if(scenario.set.begin(), scenario.set.end(),
                                  [&](const auto& each) { return each.first == variable.name; });
    out +=
        fmt::format("${{{}}} is {}{}{}.\n", variable.name, printable(as_bytes(variable.value), 100),
                    variable.choices > 1 ? fmt::format(", one of {}", variable.choices) : "",
                    set != scenario.set.end() ? ", as set from outside" : "");
  }
  return out.empty() ? "" : out + "\n";
}

}  // namespace

std::string explain(const Scenario& scenario) {
  std::string out = fmt::format("{}: {}\n\n", scenario.name, scenario.about);
  out += written_in_words(scenario);
  out += opening(scenario);
  out += limit_in_words(scenario.server.connections);
  out += link_in_words(scenario.link);
  for (const auto& [name, value] : scenario.kernel)
    out += fmt::format("The client's kernel has {} = {}.\n", name, value);
  out += "\n" + draw_story(scenario);
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
