// Setting up the world of a run: link, fake server, page, and where the client finds them.
#include <fmt/format.h>

#include <algorithm>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <utility>

#include "base/calendar.h"
#include "base/random.h"
#include "io/live_run.h"
#include "io/packet_link.h"
#include "io/stream_link.h"

namespace halfopen::io {
namespace {

constexpr std::uint16_t plain_port = 8080;
constexpr std::uint16_t tls_port = 8443;
constexpr std::uint16_t proxy_port = 3128;
constexpr const char* proxy_host = "proxy.test";
constexpr std::uint16_t http_port = 8081;
constexpr std::uint16_t https_port = 8444;

/// Scenarios with the same seed draw independently of each other.
std::uint64_t link_seed(const RunRequest& request) {
  return mix({request.header.seed, key_of(request.scenario->name)});
}

/// Where the client's connections come in: at the proxy, if there is one.
std::uint16_t port_of(const scenario::Server& server) {
  if (server.proxy) return proxy_port;
  return server.tls ? tls_port : plain_port;
}

std::vector<std::string> addresses_of(const scenario::Server& server) {
  switch (server.addresses) {
    case scenario::Addresses::ipv4:
      return {server_address};
    case scenario::Addresses::ipv6:
      return {server_address6};
    case scenario::Addresses::both:
      return {server_address, server_address6};
  }
  return {};
}

/// The address of a proxy, with the credentials that it wants.
std::string proxy_url(const scenario::Proxy& proxy, const std::string& host, std::uint16_t port) {
  const std::string user = proxy.credentials.empty() ? "" : proxy.credentials + "@";
  return fmt::format("http://{}{}:{}", user, host, port);
}

std::string page_url(const scenario::Page& page, const std::string& host, std::uint16_t port) {
  return fmt::format("{}://{}:{}/", page.https ? "https" : "http", host, port);
}

link::Address address_of(const char* text) {
  return link::read_address(text).value_or(link::Address{});
}

run::Places places() {
  return {address_of(server_address), address_of(server_address6), address_of(other_server_address),
          address_of(other_server_address6), address_of(nowhere_address6)};
}

}  // namespace

std::string page_host(const scenario::Scenario& scenario) {
  const bool own_name = scenario::has_dns(scenario) || scenario.server.proxy;
  return own_name ? "page." + scenario.server.host : scenario.server.host;
}

bool LiveRun::wants_page() const {
  const auto& can = request_.client->can;
  return request_.scenario->page.required || std::find(can.begin(), can.end(), "page") != can.end();
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

void LiveRun::open_world() {
  if (request_.link == LinkKind::stream) {
    // On the next turn of the loop, so that a run never ends inside its constructor.
    return later_.set(now(), [this] {
      try {
        open_stream_link();
      } catch (const Error& failure) {
        fail(failure.what());
      }
    });
  }
  const scenario::Scenario& scenario = *request_.scenario;
  WorldRequest wanted;
  wanted.ports = {port_of(scenario.server), scenario.page.https ? https_port : http_port};
  wanted.kernel = scenario.kernel;
  wanted.names = scenario::has_dns(scenario);
  host_.broker().make_world(wanted, [this, alive = std::weak_ptr(alive_)](Reply<World> reply) {
    if (alive.expired()) return;
    if (!reply.value) return fail(reply.problem);
    try {
      open_packet_link(std::move(*reply.value));
    } catch (const Error& failure) {
      fail(failure.what());
    }
  });
}

void LiveRun::open_packet_link(World world) {
  world_ = std::move(world);
  begin_trace();
  const scenario::Scenario& scenario = *request_.scenario;
  const std::uint16_t port = scenario.server.tls ? tls_port : plain_port;
  const auto& proxy = scenario.server.proxy;
  Whereabouts where;
  where.host = scenario.server.host;
  where.port = port;
  where.url = fmt::format("{}://{}:{}{}", scenario.server.tls ? "wss" : "ws", where.host, port,
                          scenario.server.path);
  where.page =
      page_url(scenario.page, page_host(scenario), scenario.page.https ? https_port : http_port);
  where.ca = host_.ca_file();
  where.protocols = fmt::format("{}", fmt::join(scenario.server.protocols, ","));
  where.seed = request_.header.seed;
  where.temporary = client_folder_.emplace(host_.removal()).path();
  where.trust = request_.trust;
  if (proxy) {
    where.proxy = proxy_url(*proxy, proxy_host, proxy_port);
    if (wants_page()) where.no_proxy = page_host(scenario);
  }
  launch_ = launch(*request_.client, where);
  launch_.world = world_->id;
  launch_.hosts = {{page_host(scenario), addresses_of(scenario.server)}};
  if (proxy)
    for (const std::string& name : {scenario.server.host, std::string(proxy_host)})
      launch_.hosts.emplace_back(name, addresses_of(scenario.server));
  for (const std::string& name : scenario::other_hosts(scenario))
    launch_.hosts.emplace_back(name, addresses_of(scenario.server));
  link_ = std::make_unique<PacketLink>(
      PacketLinkSetup{host_.loop(), recorder_, scenario.link, link_seed(request_),
                      port_of(scenario.server), proxy ? port : std::uint16_t{0}, driver_, *this},
      world_->client, world_->server);
  if (wants_page()) serve_page(std::move(world_->listeners[1]), where);
  if (world_->names_udp) serve_names();
  serve(std::move(world_->listeners[0]), fmt::format("{}:{}", where.host, where.port));
}

/// What the broker could not do to the client's network, the scenario did not do.
std::function<void(Reply<bool>)> LiveRun::or_fail() {
  return [this, alive = std::weak_ptr(alive_)](const Reply<bool>& reply) {
    if (!alive.expired() && !stopping_ && !reply.value) fail(reply.problem);
  };
}

/// Events count from here: setting up the world is not the client's time.
void LiveRun::begin_trace() {
  request_.header.started = timestamp(std::time(nullptr));
  recorder_ = trace::Recorder(request_.header, now());
}

void LiveRun::open_stream_link() {
  begin_trace();
  const scenario::Scenario& scenario = *request_.scenario;
  std::uint16_t server_port = 0;
  Descriptor listener = listen_on_loopback(server_port);
  auto link = std::make_unique<StreamLink>(StreamLinkSetup{
      host_.loop(), recorder_, scenario.link, link_seed(request_), server_port, driver_});
  Whereabouts where;
  where.host = "127.0.0.1";
  where.port = link->port();
  if (scenario.server.proxy) {
    where.proxy = proxy_url(*scenario.server.proxy, where.host, link->port());
    pass_by(listen_on_loopback(where.port));
  }
  where.url = fmt::format("{}://{}:{}{}", scenario.server.tls ? "wss" : "ws", where.host,
                          where.port, scenario.server.path);
  where.ca = host_.ca_file();
  where.protocols = fmt::format("{}", fmt::join(scenario.server.protocols, ","));
  where.seed = request_.header.seed;
  where.temporary = client_folder_.emplace(host_.removal()).path();
  where.trust = request_.trust;
  if (wants_page()) {
    std::uint16_t page_port = 0;
    Descriptor page_listener = listen_on_loopback(page_port);
    where.page = page_url(scenario.page, where.host, page_port);
    serve_page(std::move(page_listener), where);
  }
  launch_ = launch(*request_.client, where);
  link_ = std::move(link);
  serve(std::move(listener), fmt::format("{}:{}", where.host, where.port));
}

/// On the loopback interface nobody sees a SYN: whoever goes past the proxy finds an open door,
/// and nothing behind it.
void LiveRun::pass_by(Descriptor listener) {
  passed_by_ = std::make_unique<PassedBy>(host_.loop(), std::move(listener), driver_);
}

void LiveRun::serve_page(Descriptor listener, const Whereabouts& where) {
  page_server_ =
      std::make_unique<PageServer>(host_.loop(), std::move(listener),
                                   request_.scenario->page.https ? identities_->get() : nullptr,
                                   fill(page_html(), where), driver_);
}

void LiveRun::serve_names() {
  name_server_ = std::make_unique<NameServer>(host_.loop(), std::move(world_->names_udp),
                                              std::move(world_->names_tcp), driver_);
}

void LiveRun::serve(Descriptor listener, std::string authority) {
  const scenario::Scenario& scenario = *request_.scenario;
  const auto& can = request_.client->can;
  const bool reports = std::find(can.begin(), can.end(), "reports") != can.end();
  run::Context context{.scenario = scenario, .recorder = recorder_, .outside = *this};
  context.client_reports = reports;
  context.client_is_bare = request_.client->bare;
  context.client_fetches_page = !request_.client->page.empty();
  run::Site site{.places = places(), .authority = std::move(authority)};
  if (scenario.server.tls) site.identities = identities_;
  core_ = std::make_unique<run::World>(context, std::move(site), now());
  driver_.drive(*core_);
  server_ = std::make_unique<FakeServer>(host_.loop(), std::move(listener), driver_, *link_);
  start_client();
}

}  // namespace halfopen::io
