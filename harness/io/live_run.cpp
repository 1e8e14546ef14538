#include "io/live_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <utility>

#include "base/calendar.h"
#include "base/error.h"
#include "base/random.h"
#include "io/site.h"
#include "run/noted.h"

namespace halfopen::io {
namespace {

/// What a shell exits with when the command is not there (POSIX, 2.8.2).
constexpr int not_found = 127;

/// Scenarios with the same seed draw independently of each other.
std::uint64_t link_seed(const RunRequest& request) {
  return mix({request.header.seed, key_of(request.scenario->name)});
}

bool can(const scenario::Client& client, std::string_view what) {
  return std::find(client.can.begin(), client.can.end(), what) != client.can.end();
}

}  // namespace

LiveRun::LiveRun(Host& host, RunRequest request, Hooks hooks)
    : host_(host),
      request_(std::move(request)),
      hooks_(std::move(hooks)),
      recorder_(request_.header, now()),
      driver_(host.loop(), *this),
      world_(host, *request_.scenario, recorder_, driver_, *this),
      live_host_(host, *request_.scenario, driver_,
                 [this](std::string_view line) { note_secret(line); }),
      subject_(host, *request_.client, run::only_client, recorder_, driver_, *this),
      outside_(world_, live_host_, subject_, recorder_),
      later_(host.loop()) {
  open();
}

LiveRun::~LiveRun() {
  if (lag_listener_ != 0) host_.forget_lag(lag_listener_);
}

std::optional<Time> LiveRun::latest_end() const {
  if (!core_) return std::nullopt;
  return core_->latest_end();
}

// ── the beginning ────────────────────────────────────────────────────────────────────────────

void LiveRun::open() {
  switch (request_.link) {
    case LinkKind::packet:
      return world_.make_namespaces([this] { try_to(&LiveRun::open_in_namespaces); });
    case LinkKind::stream:
      // On the next turn of the loop, so that a run never ends inside its constructor.
      return later_.set(now(), [this] { try_to(&LiveRun::open_on_loopback); });
  }
}

void LiveRun::try_to(void (LiveRun::*step)()) try {
  (this->*step)();
} catch (const Error& failure) {
  fail(failure.what());
}

void LiveRun::open_in_namespaces() {
  begin_trace();
  const scenario::Scenario& scenario = *request_.scenario;
  World& namespaces = *world_.namespaces();
  Whereabouts where = in_namespaces(scenario, wants_page());
  complete(where);
  subject_.place(namespaces.id, known_hosts(scenario));
  world_.lay_packet_link(link_seed(request_), capture_.get());
  if (wants_page())
    live_host_.serve_page(std::move(namespaces.listeners[1]), fill(page_html(), where));
  if (namespaces.names_udp)
    live_host_.serve_names(std::move(namespaces.names_udp), std::move(namespaces.names_tcp));
  serve(std::move(namespaces.listeners[0]), where);
}

void LiveRun::open_on_loopback() {
  begin_trace();
  const scenario::Scenario& scenario = *request_.scenario;
  std::uint16_t behind = 0;
  Descriptor listener = listen_on_loopback(behind);
  LoopbackPorts ports;
  ports.entry = world_.lay_stream_link(link_seed(request_), behind);
  if (scenario.server.proxy) live_host_.pass_by(listen_on_loopback(ports.server));
  Descriptor page_listener = wants_page() ? listen_on_loopback(ports.page) : Descriptor();
  Whereabouts where = on_loopback(scenario, ports);
  complete(where);
  if (page_listener) live_host_.serve_page(std::move(page_listener), fill(page_html(), where));
  serve(std::move(listener), where);
}

/// Events count from here: setting up the world is not the client's time.
void LiveRun::begin_trace() {
  const Time start = now();
  const Duration wall_clock = std::chrono::system_clock::now().time_since_epoch();
  request_.header.started = exact_timestamp(wall_clock);
  recorder_ = trace::Recorder(request_.header, start);
  if (request_.link == LinkKind::packet && !request_.capture.file.empty())
    begin_capture(wall_clock);
}

void LiveRun::begin_capture(Duration wall_clock) {
  const trace::Header& header = request_.header;
  capture_ = std::make_unique<CaptureFile>(
      host_.captures(),
      CaptureFile::Setup{request_.capture.file,
                         fmt::format("scenario {}, client {}, seed {}", header.scenario,
                                     header.client, header.seed),
                         known_names(*request_.scenario), recorder_.start(), wall_clock});
  recorder_.on_keep([this](const trace::Event& event) {
    capture_->says(event.at, request_.capture.comment(event));
  });
}

void LiveRun::note_secret(std::string_view line) {
  host_.key_log().add(line);
  if (capture_) capture_->secret(line);
}

void LiveRun::complete(Whereabouts& where) {
  where.seed = request_.header.seed;
  where.trust = request_.trust;
  subject_.prepare(where);
}

bool LiveRun::wants_page() const {
  return request_.scenario->page.required || can(*request_.client, "page");
}

/// The scenario's page, or the client's own, with {url} and friends to be filled in.
std::string LiveRun::page_html() const {
  const std::string& html = request_.scenario->page.html;
  if (!html.empty() || request_.client->page.empty()) return html;
  const auto file = std::filesystem::path(request_.client->directory) / request_.client->page;
  std::ifstream stream(file);
  if (!stream) throw Error("read the client's page `" + file.string() + "`", "no such file");
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

void LiveRun::serve(Descriptor listener, const Whereabouts& where) {
  const scenario::Scenario& scenario = *request_.scenario;
  run::Context context{.scenario = scenario, .recorder = recorder_, .outside = outside_};
  // A page of the scenario's takes the place of the client's own, of which alone its client.toml
  // says that it reports.
  const bool other_page = !scenario.page.html.empty();
  context.client_reports = can(*request_.client, "reports") && !other_page;
  context.client_says_gave_up =
      can(*request_.client, "gave-up") && (request_.client->bare || !other_page);
  context.client_is_bare = request_.client->bare || other_page;
  context.client_fetches_page = !request_.client->page.empty();
  core_ = std::make_unique<run::World>(
      context, run::Site{live_host_.identities(), places(), authority(where)}, now());
  driver_.drive(*core_);
  live_host_.serve(std::move(listener), *world_.link());
  if (scenario.link.state != link::State::up)
    recorder_.add(now(), run::starts_as(scenario.link.state));
  lag_listener_ = host_.on_lag([this](Duration by) { driver_.halfopen_was_late(now(), by); });
  subject_.start();
}

// ── the client ───────────────────────────────────────────────────────────────────────────────

void LiveRun::began() {
  if (!std::exchange(started_, true) && hooks_.started) hooks_.started();
}

void LiveRun::client_ended(const Exit& exit) {
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

// ── the end ──────────────────────────────────────────────────────────────────────────────────

void LiveRun::interrupt() {
  if (!stopping_) stop(trace::Ended::interrupted);
}

void LiveRun::fail(const std::string& why) { break_off({why, true}); }

void LiveRun::not_started(const std::string& why) { break_off({why}); }

/// What goes wrong while the run is being cleared away changes nothing.
void LiveRun::break_off(trace::Broken broken) {
  if (stopping_) return;
  recorder_.add(now(), std::move(broken));
  stop(trace::Ended::broken);
}

void LiveRun::stop(trace::Ended why) {
  stopping_ = true;
  driver_.stop();
  subject_.stop_waiting();
  began();
  const auto count_drops = [this, why] { world_.count_drops([this, why] { end_trace(why); }); };
  if (request_.scenario->expect.memory) return subject_.note_memory(count_drops);
  count_drops();
}

/// The trace ends here; what follows is clearing away.
void LiveRun::end_trace(trace::Ended why) {
  const Time time = now();
  if (core_) core_->finish(time);
  subject_.note_untold(time);
  if (const Link* link = world_.link())
    for (const trace::LinkSummary& summary : link->summaries()) recorder_.add(time, summary);
  recorder_.add(time, trace::Over{why});
  if (lag_listener_ != 0) host_.forget_lag(std::exchange(lag_listener_, 0));
  // Not from inside the call that brought us here.
  if (!subject_.runs()) return later_.set(now(), [this] { over(); });
  subject_.end();
  trace_ended_ = true;
}

bool LiveRun::close_some() {
  constexpr std::size_t most = 128;
  FakeServer* server = live_host_.server();
  Link* link = world_.link();
  return (server != nullptr && server->close_some(most)) ||
         (link != nullptr && link->close_some(most)) || (core_ && core_->close_some(most));
}

void LiveRun::over() {
  subject_.stop_waiting();
  later_.cancel();
  trace::Trace trace = recorder_.take();
  if (hooks_.done) std::exchange(hooks_.done, nullptr)(std::move(trace));
}

}  // namespace halfopen::io
