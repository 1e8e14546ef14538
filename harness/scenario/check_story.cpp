// Impossible combinations in the story: attempts, steps and changes that can never happen.
#include <fmt/format.h>

#include <algorithm>

#include "base/units.h"
#include "link/address.h"
#include "scenario/checks.h"
#include "scenario/coins.h"
#include "scenario/story.h"
#include "ws/deflate.h"

namespace halfopen::scenario {
namespace {

void check_reachable(const Scenario& scenario, Problems& problems) {
  const Attempt* rest = nullptr;
  for (const Attempt& attempt : scenario.attempts) {
    if (rest != nullptr)
      problems.add(attempt.place,
                   fmt::format("this [[attempt]] can never be reached: the one in {} takes "
                               "all that are left (times = \"rest\")",
                               problems.line_of(rest->place)));
    else if (!attempt.times)
      rest = &attempt;
  }
}

/// Steps run on an open connection only.
void check_handshake_opens(const Attempt& attempt, Problems& problems) {
  if (attempt.steps.empty() || !reception(attempt).served || attempt.handshake.chance < 1) return;
  if (attempt.handshake.never)
    problems.add(attempt.steps.front().place,
                 "these steps can never run: the handshake is never answered");
  if (attempt.handshake.status)
    problems.add(attempt.steps.front().place,
                 fmt::format("these steps can never run: the handshake is answered with {}",
                             *attempt.handshake.status));
}

void check_ends(const Attempt& attempt, Problems& problems) {
  const Step* end = nullptr;
  for (const Step& step : attempt.steps) {
    if (end != nullptr && needs_connection(step)) {
      problems.add(step.place, fmt::format("this step can never run: the one in {} ends the "
                                           "connection",
                                           problems.line_of(end->place)));
      return;
    }
    if (end == nullptr && ends_connection(step)) end = &step;
  }
}

/// Only what is echoed has a middle to strike in.
void check_echoes(const Attempt& attempt, Problems& problems) {
  bool echoes = false;
  for (const Step& step : attempt.steps) {
    echoes = echoes || std::holds_alternative<EchoStep>(step.body);
    if (!echoes && std::holds_alternative<InEcho>(step.moment))
      problems.add(step.place,
                   "nothing is echoed here, so this never strikes: put { echo = true } before it");
  }
}

/// How long the step may take, where the scenario says so.
Duration time_of(const Step& step) {
  if (const auto* after = std::get_if<AfterTime>(&step.moment)) return after->time;
  if (const auto* wait = std::get_if<WaitStep>(&step.body)) return wait->time;
  if (const auto* expect = std::get_if<ExpectStep>(&step.body)) return expect->within;
  if (const auto* close = std::get_if<ExpectCloseStep>(&step.body)) return close->within;
  if (const auto* ping = std::get_if<PingStep>(&step.body))
    return ping->pong_within.value_or(Duration::zero());
  return Duration::zero();
}

/// What stands behind a frame that a right client ends the connection for.
void check_after_fatal(const Attempt& attempt, Problems& problems) {
  const Step* fatal = nullptr;
  for (const Step& step : attempt.steps) {
    const bool waits_for_close = std::holds_alternative<ExpectCloseStep>(step.body);
    if (fatal != nullptr && needs_connection(step) && !waits_for_close) {
      const faults::Fault& fault = *std::get<FaultStep>(fatal->body).fault.fault;
      problems.add(step.place,
                   fmt::format("a right client never gets here: it ends the connection for the {} "
                               "fault {} in {} ({}); put this into the next [[attempt]]",
                               faults::key_of(fault.layer), fault.name,
                               problems.line_of(fatal->place), fault.source));
      return;
    }
    const auto* fault = std::get_if<FaultStep>(&step.body);
    if (fault != nullptr && !fault->fault.fault->fails_with.empty() && step.chance == 1)
      fatal = &step;
  }
}

/// How long the step waits, however often, up to a day.
Duration wait_of(const Step& step) {
  constexpr Duration most = std::chrono::hours(24);
  const auto* wait = std::get_if<WaitStep>(&step.body);
  if (wait == nullptr) return Duration::zero();
  return wait->time > most / step.repeat ? most : wait->time * step.repeat;
}

void check_times(const Attempt& attempt, Duration within, Problems& problems) {
  if (attempt.handshake.delay > within)
    problems.add(attempt.handshake.place,
                 fmt::format("the answer comes after {}, but the whole run is over after {}: raise "
                             "`within` in [expect]",
                             format(attempt.handshake.delay), format(within)));
  Duration waited{};
  for (const Step& step : attempt.steps) {
    waited += wait_of(step);
    if (time_of(step) > within || waited > within) {
      problems.add(step.place,
                   fmt::format("this step may last until {}, but the whole run is over "
                               "after {}: raise `within` in [expect]",
                               format(std::max(waited, time_of(step))), format(within)));
      return;
    }
  }
}

/// Behind TLS that fails there is neither a handshake nor a step.
void check_behind_tls(const Attempt& attempt, Problems& problems) {
  if (can_open(attempt.tls)) return;
  const auto never = [&](std::string_view what) {
    return fmt::format("{} can never happen: tls = \"{}\" lets no client through", what,
                       attempt.tls->value.fault->name);
  };
  if (attempt.handshake.place.line != 0)
    problems.add(attempt.handshake.place, never("this handshake"));
  if (!attempt.steps.empty()) problems.add(attempt.steps.front().place, never("these steps"));
}

void check_tls(const Scenario& scenario, const Attempt& attempt, Problems& problems) {
  if (attempt.tls && !scenario.server.tls)
    problems.add(attempt.tls->place, fmt::format("tls = \"{}\" needs TLS: add `tls = true` to "
                                                 "[server]",
                                                 attempt.tls->value.fault->name));
  if (attempt.port && attempt.port->fault->needs_plain && scenario.server.tls &&
      !scenario.server.proxy)
    problems.add(
        attempt.place,
        fmt::format("port = \"{}\" is for clients that speak no TLS: take `tls = true` out "
                    "of [server]",
                    attempt.port->fault->name));
  for (const Step& step : attempt.steps)
    if (const auto* drop = std::get_if<FaultStep>(&step.body))
      if (drop->fault.fault->needs_tls && !scenario.server.tls)
        problems.add(step.place,
                     fmt::format("drop = \"{}\" needs TLS: add `tls = true` to [server]",
                                 drop->fault.fault->name));
}

/// Whether the handshake's own headers agree on no compression, whatever the client offers.
bool declines_deflate(const Handshake& handshake) {
  return ws::count_of(handshake.headers, "Sec-WebSocket-Extensions") > 0 &&
         !ws::agreed_extensions(handshake.headers).deflate;
}

/// What would let the attempt have compression; "" where it has.
std::string_view remedy_for_deflate(const Scenario& scenario, const Attempt& attempt) {
  if (scenario.server.deflate == DeflatePolicy::declined)
    return "take `deflate = false` out of [server]";
  if (declines_deflate(attempt.handshake))
    return "take `Sec-WebSocket-Extensions` out of the handshake's headers, which agree on none";
  if (!accepts_deflate(scenario, &attempt))
    return "RSV1 of frame = \"rsv\" rules it out: put that into an [[attempt]] of its own";
  return "";
}

void check_deflate(const Scenario& scenario, const Attempt& attempt, Problems& problems) {
  const std::string_view remedy = remedy_for_deflate(scenario, attempt);
  if (remedy.empty()) return;
  for (const Step& step : attempt.steps)
    if (const auto* fault = std::get_if<FaultStep>(&step.body))
      if (fault->fault.fault->needs_deflate)
        problems.add(step.place, fmt::format("frame = \"{}\" needs compression: {}",
                                             fault->fault.fault->name, remedy));
}

/// The server chooses of what it is offered, and a fault that does not must do so indeed.
void check_protocols(const Scenario& scenario, const Attempt& attempt, Problems& problems) {
  const auto& offered = scenario.server.protocols;
  const auto offers = [&](const std::string& protocol) {
    return std::find(offered.begin(), offered.end(), protocol) != offered.end();
  };
  const Handshake& handshake = attempt.handshake;
  if (!offered.empty() && !handshake.protocol.value_or("").empty() && !offers(*handshake.protocol))
    problems.add(handshake.place,
                 fmt::format("the subprotocol `{}` is never chosen: the client is to offer {}. Add "
                             "it to `protocols` in [server]",
                             *handshake.protocol, fmt::join(offered, ", ")));
  if (!handshake.fault || handshake.fault->fault->name != "unasked-protocol") return;
  const auto& value = std::get<std::string>(handshake.fault->arguments.at("value"));
  if (offers(value))
    problems.add(
        handshake.place,
        fmt::format("the subprotocol `{}` is asked for, by `protocols` in [server]: choose "
                    "another `value`",
                    value));
}

/// What is said of a name must be asked for, and be possible.
void check_dns(const Scenario& scenario, const Attempt& attempt, Problems& problems) {
  if (!attempt.dns) return;
  const std::string_view host = scenario.server.host;
  if (host == "localhost" || host.ends_with(".localhost") ||
      link::read_address(scenario.server.host))
    problems.add(attempt.place,
                 fmt::format("`dns` can never happen: nobody asks a resolver for `{}`", host));
  if (resolution_of(&attempt).dead_ipv6 && scenario.server.addresses == Addresses::ipv6)
    problems.add(attempt.place,
                 "dns = \"dead-ipv6\" needs an IPv4 address that works beside it: "
                 "set `addresses` in [server] to \"ipv4\"");
}

}  // namespace

void check_story(const Scenario& scenario, Problems& problems) {
  const Duration within = scenario.expect.within.value;
  check_reachable(scenario, problems);
  for (const Attempt& attempt : scenario.attempts) {
    check_behind_tls(luckiest(attempt), problems);
    check_dns(scenario, attempt, problems);
    check_proxy(scenario, attempt, problems);
    check_handshake_opens(attempt, problems);
    check_ends(attempt, problems);
    check_echoes(attempt, problems);
    check_after_fatal(attempt, problems);
    check_times(attempt, within, problems);
    check_tls(scenario, attempt, problems);
    check_deflate(scenario, attempt, problems);
    check_protocols(scenario, attempt, problems);
  }
  for (const Step& end : endings(scenario)) {
    Attempt alone;
    alone.steps = {end};
    check_tls(scenario, alone, problems);
  }
  for (const At& at : scenario.at)
    if (at.time > within)
      problems.add(at.place, fmt::format("this never happens: the run is over after {} (`within` "
                                         "in [expect])",
                                         format(within)));
}

}  // namespace halfopen::scenario
