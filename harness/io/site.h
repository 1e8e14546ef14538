// Where the hosts of a run are on each kind of link, by address and port, and what its client is
// told of that. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "capture/pcapng.h"
#include "io/client_launch.h"
#include "run/resolver.h"
#include "scenario/scenario.h"

namespace halfopen::io {

/// The name that pages are served at. Where the server's own name is looked up, it is another one
/// that every client knows: a page must come before the faults do.
[[nodiscard]] std::string page_host(const scenario::Scenario& scenario);
/// All names that a certificate of the run is for.
[[nodiscard]] std::vector<std::string> certified_names(const scenario::Scenario& scenario);

// ── in namespaces (packet link) ──
[[nodiscard]] std::uint16_t server_port(const scenario::Server& server);
/// Where the client's connections come in: at the proxy, if there is one.
[[nodiscard]] std::uint16_t entry_port(const scenario::Server& server);
[[nodiscard]] std::uint16_t page_port(const scenario::Page& page);
[[nodiscard]] run::Places places();
/// Lines for the client's /etc/hosts: the names that need no look-up, and their addresses.
[[nodiscard]] std::vector<std::pair<std::string, std::vector<std::string>>> known_hosts(
    const scenario::Scenario& scenario);
/// What the addresses in them are called, for whoever looks at their packets.
[[nodiscard]] std::vector<capture::Name> known_names(const scenario::Scenario& scenario);
/// `page`: one is served.
[[nodiscard]] Whereabouts in_namespaces(const scenario::Scenario& scenario, bool page);

// ── on the loopback interface (stream link) ──
struct LoopbackPorts {
  std::uint16_t entry = 0;   ///< The link's, in front of the server or its proxy.
  std::uint16_t server = 0;  ///< Behind a proxy: the server's own, where nobody should go.
  std::uint16_t page = 0;    ///< 0: none is served.
};
[[nodiscard]] Whereabouts on_loopback(const scenario::Scenario& scenario,
                                      const LoopbackPorts& ports);

/// "server.test:8080"
[[nodiscard]] std::string authority(const Whereabouts& where);

}  // namespace halfopen::io
