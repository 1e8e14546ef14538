#include "io/site.h"

#include <fmt/format.h>

#include <algorithm>

#include "io/net/broker.h"
#include "scenario/story.h"

namespace halfopen::io {
namespace {

constexpr std::uint16_t plain_port = 8080;
constexpr std::uint16_t tls_port = 8443;
constexpr std::uint16_t proxy_port = 3128;
constexpr const char* proxy_host = "proxy.test";
constexpr const char* client_name = "client";
constexpr std::uint16_t http_port = 8081;
constexpr std::uint16_t https_port = 8444;

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

std::string server_url(const scenario::Server& server, const Whereabouts& where) {
  return fmt::format("{}://{}{}", server.tls ? "wss" : "ws", authority(where), server.path);
}

std::string joined(const std::vector<std::string>& protocols) {
  return fmt::format("{}", fmt::join(protocols, ","));
}

link::Address address_of(const char* text) {
  return link::read_address(text).value_or(link::Address{});
}

}  // namespace

std::string page_host(const scenario::Scenario& scenario) {
  const bool own_name = scenario::has_dns(scenario) || scenario.server.proxy;
  return own_name ? "page." + scenario.server.host : scenario.server.host;
}

std::vector<std::string> certified_names(const scenario::Scenario& scenario) {
  std::vector<std::string> names{scenario.server.host, page_host(scenario), "localhost",
                                 "127.0.0.1", "::1"};
  for (const std::string& name : scenario::other_hosts(scenario)) names.push_back(name);
  return names;
}

std::uint16_t server_port(const scenario::Server& server) {
  return server.tls ? tls_port : plain_port;
}

std::uint16_t entry_port(const scenario::Server& server) {
  return server.proxy ? proxy_port : server_port(server);
}

std::uint16_t page_port(const scenario::Page& page) { return page.https ? https_port : http_port; }

run::Places places() {
  return {address_of(server_address), address_of(server_address6), address_of(other_server_address),
          address_of(other_server_address6), address_of(nowhere_address6)};
}

std::vector<std::pair<std::string, std::vector<std::string>>> known_hosts(
    const scenario::Scenario& scenario) {
  const std::vector<std::string> addresses = addresses_of(scenario.server);
  std::vector<std::pair<std::string, std::vector<std::string>>> hosts{
      {page_host(scenario), addresses}};
  if (scenario.server.proxy)
    for (const std::string& name : {scenario.server.host, std::string(proxy_host)})
      hosts.emplace_back(name, addresses);
  for (const std::string& name : scenario::other_hosts(scenario))
    hosts.emplace_back(name, addresses);
  return hosts;
}

std::vector<capture::Name> known_names(const scenario::Scenario& scenario) {
  std::vector<std::string> names{scenario.server.host};
  for (const auto& [name, addresses] : known_hosts(scenario))
    if (std::ranges::find(names, name) == names.end()) names.push_back(name);
  std::vector<capture::Name> known;
  const auto add = [&](const char* address, const std::vector<std::string>& called) {
    const link::Address read = address_of(address);
    known.push_back({{read.bytes().begin(), read.bytes().end()}, called});
  };
  for (const char* address :
       {server_address, server_address6, other_server_address, other_server_address6})
    add(address, names);
  for (const char* address :
       {client_address, client_address6, other_client_address, other_client_address6})
    add(address, {client_name});
  return known;
}

Whereabouts in_namespaces(const scenario::Scenario& scenario, bool page) {
  const scenario::Server& server = scenario.server;
  Whereabouts where;
  where.host = server.host;
  where.port = server_port(server);
  where.url = server_url(server, where);
  where.page = page_url(scenario.page, page_host(scenario), page_port(scenario.page));
  where.protocols = joined(server.protocols);
  if (!server.proxy) return where;
  where.proxy = proxy_url(*server.proxy, proxy_host, proxy_port);
  if (page) where.no_proxy = page_host(scenario);
  return where;
}

Whereabouts on_loopback(const scenario::Scenario& scenario, const LoopbackPorts& ports) {
  const scenario::Server& server = scenario.server;
  Whereabouts where;
  where.host = "127.0.0.1";
  where.port = server.proxy ? ports.server : ports.entry;
  where.url = server_url(server, where);
  where.protocols = joined(server.protocols);
  if (server.proxy) where.proxy = proxy_url(*server.proxy, where.host, ports.entry);
  if (ports.page != 0) where.page = page_url(scenario.page, where.host, ports.page);
  return where;
}

std::string authority(const Whereabouts& where) {
  return fmt::format("{}:{}", where.host, where.port);
}

}  // namespace halfopen::io
