// What a scenario needs of the client and of the link.
#include <algorithm>
#include <set>

#include "scenario/scenario.h"
#include "scenario/story.h"

namespace halfopen::scenario {
namespace {

void add(std::vector<std::string>& needs, std::string_view need) {
  if (std::find(needs.begin(), needs.end(), need) == needs.end()) needs.emplace_back(need);
}

void add_needs_of(const Attempt& attempt, std::vector<std::string>& needs) {
  if (attempt.dns) add(needs, "a resolver of its own");
  const faults::Reception received = reception(attempt);
  if (received.unanswered > 0) add(needs, "a SYN that is not answered");
  switch (received.answer) {
    case faults::Reception::Answer::accept:
      break;
    case faults::Reception::Answer::reset:
      add(needs, "a closed port");
      break;
    case faults::Reception::Answer::silence:
      add(needs, "a filtered port");
      break;
    case faults::Reception::Answer::unreachable:
      add(needs, "an unreachable host");
      break;
  }
  for (const Step& step : attempt.steps) {
    const auto* drop = std::get_if<FaultStep>(&step.body);
    if (drop == nullptr || drop->fault.fault->layer != faults::Layer::drop) continue;
    for (const faults::Act& act : drop->fault.fault->acts(drop->fault.arguments))
      if (act.kind == faults::Act::Kind::vanish) add(needs, "packets that vanish");
  }
}

void add_needs_of(const link::Settings& settings, std::vector<std::string>& needs) {
  if (settings.reorder > 0 || settings.jitter_reorders) add(needs, "packets out of order");
  if (settings.duplicate > 0) add(needs, "duplicated packets");
  if (settings.corrupt > 0) add(needs, "corrupted packets");
  for (const link::DropRule& rule : settings.drop)
    if (rule.kind != link::DropRule::Kind::data) add(needs, "the loss of chosen packets");
}

void add_needs_of(link::State state, std::vector<std::string>& needs) {
  switch (state) {
    case link::State::up:
      break;
    case link::State::down:
      add(needs, "a link that goes down");
      break;
    case link::State::no_carrier:
      add(needs, "a cable that is pulled");
      break;
    case link::State::blackhole:
      add(needs, "a link that swallows packets");
      break;
    case link::State::blackhole_up:
    case link::State::blackhole_down:
      add(needs, "a link that swallows the packets of one direction");
      break;
  }
}

void add_needs_of(const link::Middlebox& middlebox, std::vector<std::string>& needs) {
  if (middlebox.idle) add(needs, "a middlebox that forgets flows");
  if (middlebox.largest) add(needs, "a largest packet");
}

bool is_loopback_name(std::string_view host) {
  return host == "localhost" || host.ends_with(".localhost") || host.starts_with("127.");
}

/// Whether the story is about what the client does after its first attempt.
bool needs_reconnecting(const Expect& expect) {
  const auto later = [](const auto& each) { return each.attempt.value_or(1) > 1; };
  return (expect.attempts && expect.attempts->value.lo > 1) ||
         (expect.opens && expect.opens->value.lo > 1) || !expect.gaps.empty() || expect.every_gap ||
         expect.growing || expect.curve || expect.recovers ||
         (expect.gives_up && !expect.gives_up->value) ||
         (expect.closes_with && later(expect.closes_with->value)) ||
         std::any_of(expect.requests.begin(), expect.requests.end(), later) ||
         std::any_of(expect.client_events.begin(), expect.client_events.end(), later) ||
         std::any_of(expect.messages.begin(), expect.messages.end(), later);
}

}  // namespace

std::vector<std::string> other_hosts(const Scenario& scenario) {
  std::vector<std::string> hosts;
  for (const Attempt& attempt : scenario.attempts) {
    const auto& fault = attempt.handshake.fault;
    const auto host = fault ? fault->arguments.find("host") : faults::Arguments::const_iterator{};
    if (!fault || host == fault->arguments.end()) continue;
    const auto* name = std::get_if<std::string>(&host->second);
    if (name != nullptr && !name->empty()) add(hosts, *name);
  }
  return hosts;
}

std::vector<std::string> needs_of_client(const Scenario& scenario) {
  std::set<std::string> needs;
  if (scenario.page.required) needs.insert("page");
  if (scenario.server.proxy) needs.insert("proxy");
  if (!scenario.server.protocols.empty()) needs.insert("protocols");
  if (!scenario.when.empty()) needs.insert("reports");
  if (needs_reconnecting(scenario.expect)) needs.insert("reconnects");
  for (const Attempt& attempt : scenario.attempts)
    for (const Step& step : attempt.steps)
      if (const auto* tell = std::get_if<TellStep>(&step.body)) needs.insert(tell->tell.action);
  for (const At& at : scenario.at)
    if (at.tell) needs.insert(at.tell->action);
  for (const When& when : scenario.when)
    if (when.tell) needs.insert(when.tell->action);
  return {needs.begin(), needs.end()};
}

bool needs_deflate(const Scenario& scenario, const Attempt* attempt) {
  if (scenario.server.deflate == DeflatePolicy::required) return true;
  return attempt != nullptr &&
         std::any_of(attempt->steps.begin(), attempt->steps.end(), [](const Step& step) {
           const auto* fault = std::get_if<FaultStep>(&step.body);
           return fault != nullptr && fault->fault.fault->needs_deflate;
         });
}

std::vector<std::string> needs_of_packet_link(const Scenario& scenario) {
  std::vector<std::string> needs;
  for (const Attempt& attempt : scenario.attempts) add_needs_of(attempt, needs);
  Attempt ended;
  ended.steps = endings(scenario);
  add_needs_of(ended, needs);
  add_needs_of(scenario.link.up, needs);
  add_needs_of(scenario.link.down, needs);
  add_needs_of(scenario.link.state, needs);
  add_needs_of(scenario.link.middlebox, needs);
  for (const link::Change& change : changes(scenario)) {
    add_needs_of(change.state.value_or(link::State::up), needs);
    if (change.up) add_needs_of(*change.up, needs);
    if (change.down) add_needs_of(*change.down, needs);
    if (change.middlebox) add_needs_of(*change.middlebox, needs);
    if (change.rebind) add(needs, "flows that are cut off");
    if (change.readdress) add(needs, "a client whose address changes");
  }
  const auto& limit = scenario.server.connections;
  if (limit && limit->then == ConnectionLimit::Then::refuse) add(needs, "a closed port");
  if (!scenario.kernel.empty()) add(needs, "kernel settings for the client");
  if (scenario.server.addresses != Addresses::ipv4) add(needs, "IPv6 addresses");
  if (scenario.expect.sni || !other_hosts(scenario).empty()) add(needs, "a host name of its own");
  if (scenario.page.required && !is_loopback_name(scenario.server.host))
    add(needs, "a host name of its own");
  return needs;
}

}  // namespace halfopen::scenario
