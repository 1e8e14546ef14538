// Impossible combinations around proxies.
#include <fmt/format.h>

#include "faults/proxy_plan.h"
#include "scenario/checks.h"
#include "scenario/story.h"

namespace halfopen::scenario {
namespace {

using faults::ProxyPlan;

/// The proxy must stand where its fault can happen.
void check_place(const Server& server, const ProxyFault& fault, const ProxyPlan& plan,
                 Problems& problems) {
  const auto complain = [&](std::string_view what) {
    problems.add(fault->place, fmt::format("proxy = \"{}\" {}", fault->value.fault->name, what));
  };
  if (plan.stands == ProxyPlan::Stands::unseen && server.proxy)
    complain("stands unseen on the server's port: remove `proxy` from [server]");
  if (plan.stands == ProxyPlan::Stands::pointed_at &&
      (!server.proxy || server.proxy->credentials.empty()))
    complain(
        "needs a proxy that the client is pointed at and that wants credentials: write `proxy = { "
        "credentials = \"user:secret\" }` in [server]");
  if (!plan.reads_requests() || !server.tls) return;
  if (plan.does == ProxyPlan::Does::strip)
    complain("can never happen: no proxy can look into TLS. Remove `tls = true` from [server]");
  else if (!server.proxy)
    complain(
        "can never happen: an unseen proxy cannot look into TLS. Remove `tls = true` from "
        "[server], or point the client at the proxy by `proxy = \"http\"` there");
}

/// Behind a proxy that lets no WebSocket through there is no server.
void check_behind(const Server& server, const Attempt& attempt, const ProxyPlan& plan,
                  Problems& problems) {
  const bool strips_all = plan.does == ProxyPlan::Does::strip && !server.proxy;
  if (plan.lets_through() && !strips_all) return;
  const auto never = [&](Place place, std::string_view what) {
    problems.add(place, fmt::format("{} can never happen: proxy = \"{}\" lets no client through",
                                    what, attempt.proxy->value.fault->name));
  };
  if (attempt.tls) never(attempt.tls->place, "this fault of TLS");
  if (attempt.handshake.place.line != 0) never(attempt.handshake.place, "this handshake");
  if (!attempt.steps.empty()) never(attempt.steps.front().place, "these steps");
}

}  // namespace

void check_proxy(const Scenario& scenario, const Attempt& attempt, Problems& problems) {
  if (attempt.dns && scenario.server.proxy)
    problems.add(attempt.place,
                 "`dns` can never happen: behind a proxy the client does not look up the server's "
                 "name. Remove `proxy` from [server]");
  if (!attempt.proxy) return;
  const ProxyPlan plan = faults::proxy_plan(attempt.proxy->value);
  check_place(scenario.server, attempt.proxy, plan, problems);
  check_behind(scenario.server, attempt, plan, problems);
}

}  // namespace halfopen::scenario
