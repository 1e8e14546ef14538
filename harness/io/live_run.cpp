// The life of a run: its client, its core's wishes, its end. live_world.cpp sets up what is
// around the client.
#include "io/live_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <csignal>
#include <utility>

#include "io/net/device.h"
#include "io/net/socket_diagnosis.h"
#include "run/client_report.h"
#include "run/noted.h"
#include "scenario/story.h"

namespace halfopen::io {
namespace {

/// From SIGTERM to SIGKILL.
constexpr Duration term_grace = std::chrono::seconds(2);
/// From SIGKILL to the end of waiting.
constexpr Duration kill_grace = std::chrono::seconds(5);
/// A client that has not tried to connect by then counts as started all the same.
constexpr Duration start_grace = std::chrono::seconds(3);
/// What a shell exits with when the command is not there (POSIX, 2.8.2).
constexpr int not_found = 127;

/// A device that is taken down, or has no carrier, drops what is under way to it, and counts that.
bool may_lose_device(const scenario::Scenario& scenario) {
  const auto loses = [](link::State state) {
    return state == link::State::down || state == link::State::no_carrier;
  };
  const auto changes = scenario::changes(scenario);
  return loses(scenario.link.state) ||
         std::any_of(changes.begin(), changes.end(), [&](const link::Change& change) {
           return change.state && loses(*change.state);
         });
}

}  // namespace

LiveRun::LiveRun(Host& host, RunRequest request, Hooks hooks)
    : host_(host),
      request_(std::move(request)),
      hooks_(std::move(hooks)),
      recorder_(request_.header, now()),
      driver_(host.loop(), *this),
      later_(host.loop()),
      kill_(host.loop()) {
  const scenario::Scenario& scenario = *request_.scenario;
  if (scenario.server.tls || scenario.page.https) {
    std::vector<std::string> names{scenario.server.host, page_host(scenario), "localhost",
                                   "127.0.0.1", "::1"};
    for (const std::string& name : scenario::other_hosts(scenario)) names.push_back(name);
    identities_ = std::make_shared<crypto::Identities>(host.authority(), std::move(names));
  }
  open_world();
}

LiveRun::~LiveRun() {
  if (lag_listener_ != 0) host_.forget_lag(lag_listener_);
  if (!world_) return;
  link_.reset();  // it polls the devices
  host_.broker().close_later(std::move(world_->client.descriptor));
  host_.broker().close_later(std::move(world_->server.descriptor));
  host_.broker().end_world(world_->id);
}

std::optional<Time> LiveRun::latest_end() const {
  if (!core_) return std::nullopt;
  return core_->latest_end();
}

// ── the client ───────────────────────────────────────────────────────────────────────────────

void LiveRun::start_client() {
  if (request_.scenario->link.state != link::State::up)
    recorder_.add(now(), run::starts_as(request_.scenario->link.state));
  lag_listener_ = host_.on_lag([this](Duration by) { driver_.halfopen_was_late(now(), by); });
  host_.broker().spawn(launch_, [this, alive = std::weak_ptr(alive_)](Reply<Child> reply) {
    if (alive.expired()) return;
    if (!reply.value) return not_started(reply.problem);
    recorder_.add(now(), trace::ClientStarted{launch_.command});
    client_ = std::make_unique<ClientProcess>(host_, std::move(*reply.value), driver_,
                                              [this](const Exit& exit) { client_exited(exit); });
    kill_.set(now() + start_grace, [this] { began(); });
    for (const auto& act : std::exchange(for_client_, {})) act();
    driver_.settle();
  });
}

void LiveRun::client_exited(const Exit& exit) {
  exited_ = true;
  began();
  if (trace_ended_) return over();
  if (stopping_) return;
  if (exit.lost)
    return fail(host_.broker().alive()
                    ? "halfopen's helper above the client has died, and the client with it"
                    : "halfopen's broker has died, and the client with it");
  if (exit.code == not_found && core_->attempts() == 0)
    recorder_.add(now(), trace::Broken{"the client's command was not found (exit code 127)"});
  driver_.client_exited(now(), {exit.code, exit.signal, false});
}

void LiveRun::began() {
  if (!std::exchange(started_, true) && hooks_.started) hooks_.started();
}

// ── the end ──────────────────────────────────────────────────────────────────────────────────

void LiveRun::interrupt() {
  if (!stopping_) stop(trace::Ended::interrupted);
}

void LiveRun::fail(const std::string& why) {
  recorder_.add(now(), trace::Broken{why, true});
  stop(trace::Ended::broken);
}

void LiveRun::not_started(const std::string& why) {
  recorder_.add(now(), trace::Broken{why});
  stop(trace::Ended::broken);
}

void LiveRun::stop(trace::Ended why) {
  stopping_ = true;
  driver_.stop();
  kill_.cancel();
  began();
  if (request_.scenario->expect.memory && client_ && !exited_)
    return ask_memory([this, why] { count_drops(why); });
  count_drops(why);
}

/// Writes down the client's memory, and goes on.
void LiveRun::ask_memory(std::function<void()> then) {
  client_->ask_memory([this, then = std::move(then)](std::uint64_t bytes) {
    if (bytes > 0) recorder_.add(now(), trace::ClientMemory{bytes});
    then();
  });
}

void LiveRun::count_drops(trace::Ended why) {
  if (!world_) return end_trace(why);
  host_.broker().device_drops(
      world_->id, [this, why, alive = std::weak_ptr(alive_)](const Reply<DeviceDrops>& reply) {
        if (alive.expired()) return;
        const std::uint64_t unread =
            take_unread_drops(world_->client) + take_unread_drops(world_->server);
        const DeviceDrops drops = reply.value.value_or(DeviceDrops{});
        const bool excused = may_lose_device(*request_.scenario);
        if ((excused ? 0 : drops.client) + drops.server + unread > 0)
          recorder_.add(now(), trace::Unreliable{"a network device dropped packets that halfopen "
                                                 "was too slow to read"});
        end_trace(why);
      });
}

/// The trace ends here; what follows is clearing away.
void LiveRun::end_trace(trace::Ended why) {
  const Time time = now();
  if (core_) core_->finish(time);
  if (client_ && client_->untold() > 0)
    recorder_.add(time, trace::Told{fmt::format("the client does not read its input: {} left of "
                                                "what it was told",
                                                client_->untold())});
  if (link_)
    for (const trace::LinkSummary& summary : link_->summaries()) recorder_.add(time, summary);
  recorder_.add(time, trace::Over{why});
  if (lag_listener_ != 0) host_.forget_lag(std::exchange(lag_listener_, 0));
  if (!client_ || exited_) {
    // Not from inside the call that brought us here.
    return later_.set(now(), [this] { over(); });
  }
  client_->signal(SIGCONT);
  client_->signal(SIGTERM);
  kill_.set(now() + term_grace, [this] {
    client_->signal(SIGKILL);
    // A process that the kernel cannot end keeps nobody waiting.
    kill_.set(now() + kill_grace, [this] { over(); });
  });
  trace_ended_ = true;
}

void LiveRun::over() {
  kill_.cancel();
  later_.cancel();
  trace::Trace trace = recorder_.take();
  if (hooks_.done) std::exchange(hooks_.done, nullptr)(std::move(trace));
}

// ── what the core asks for ────────────────────────────────────────────────────────────────

void LiveRun::write(int attempt, ByteView bytes) {
  if (server_) server_->write(attempt, bytes);
}

void LiveRun::write_apart(int attempt, ByteView bytes) {
  if (server_) server_->write_apart(attempt, bytes);
}

void LiveRun::finish(int attempt) {
  if (server_) server_->finish(attempt);
}

void LiveRun::reset(int attempt) {
  if (server_) server_->reset(attempt);
}

void LiveRun::vanish(int attempt) {
  link_->vanish(attempt, server_ ? server_->written(attempt) : 0);
}

void LiveRun::ignore(int attempt) {
  if (server_) server_->ignore(attempt);
}

void LiveRun::read_at_most(int attempt, std::optional<std::uint64_t> bytes) {
  if (server_) server_->read_at_most(attempt, bytes);
}

void LiveRun::hold_reading(int attempt, bool held) {
  if (server_) server_->hold_reading(attempt, held);
}

std::size_t LiveRun::unsent() const { return server_ ? server_->unsent() : 0; }

void LiveRun::note_waiting(int attempt) {
  if (!server_) return;
  const FakeServer::Waiting waiting = server_->waiting(attempt);
  const auto unsent =
      world_ ? send_queue_of(world_->diagnosis, waiting.peer_port) : std::optional<std::uint64_t>();
  recorder_.add(now(), trace::Waiting{waiting.unread, unsent.value_or(0)}, attempt);
}

/// Now, or once it is known to have started: its first packets may come before that.
void LiveRun::with_client(std::function<void()> act) {
  if (client_) return act();
  for_client_.push_back(std::move(act));
}

void LiveRun::note_memory() {
  with_client([this] {
    if (!exited_) ask_memory([] {});
  });
}

void LiveRun::mark_end(int attempt, const trace::EndVisible& end) {
  link_->mark_end(attempt, end, server_ ? server_->written(attempt) : 0);
}

void LiveRun::change_link(const link::Change& change) try {
  link_->change(change);
} catch (const Error& failure) {
  fail(failure.what());
}

bool LiveRun::is_cut_off() const { return link_->swallows(link::Direction::down); }

void LiveRun::tell(const scenario::Tell& tell) {
  with_client([this, tell] {
    const auto line = [tell](int nth) { return run::to_line(tell, nth); };
    const Time before = now();  // what it causes comes later
    const bool told = client_->tell(line, tell.times);
    const std::string what = run::in_short(tell);
    if (told)
      recorder_.add(before, trace::Told{what, tell.action});
    else
      recorder_.add(before, trace::Told{"the client does not read its input: " + what});
  });
}

void LiveRun::freeze(bool frozen) {
  with_client([this, frozen] {
    recorder_.add(now(), frozen ? trace::Told{"freeze (SIGSTOP)", "freeze"}
                                : trace::Told{"go on (SIGCONT)", "thaw"});
    client_->signal(frozen ? SIGSTOP : SIGCONT);
  });
}

// ── what the link asks for ───────────────────────────────────────────────────────────────────

void LiveRun::switch_device(bool up) { host_.broker().switch_device(world_->id, up, or_fail()); }

void LiveRun::readdress() { host_.broker().readdress(world_->id, or_fail()); }

}  // namespace halfopen::io
