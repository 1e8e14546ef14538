// Echoed messages per second: halfopen's fake server beside the npm package ws and uWebSockets (as
// Bun has it inside), under the same load, in turns; each server has a core for itself.
#include <fmt/format.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "bench/cores.h"
#include "bench/echo_load.h"
#include "bench/echo_server.h"
#include "bench/job.h"
#include "bench/sections.h"
#include "bench/table.h"
#include "bench/tcp.h"
#include "io/loop/stream.h"
#include "support/places.h"

namespace halfopen::bench {
namespace {

struct Size {
  const char* name;
  std::size_t bytes;
  std::size_t peer;  ///< Which server its bar is about: 1 is ws, 2 uWebSockets.
  double bar;        ///< Times what that one does.
};
constexpr Size sizes[] = {{"64 B", 64, 1, 10}, {"64 KiB", 64 * 1024, 2, .9}};

struct Server {
  std::string name;
  std::uint16_t port;
  std::unique_ptr<Job> program;
  std::vector<double> per_second{};
};

Server own(int listener, std::uint16_t port) {
  return {"halfopen", port, std::make_unique<Job>([=] {
            const Pinned pinned(Cores::measured);
            return serve_echo(listener);
          })};
}

Server peer(const std::string& name, std::vector<std::string> command) {
  const std::uint16_t port = free_port();
  command.push_back(std::to_string(port));
  return {name, port, std::make_unique<Job>([&]() -> std::string {
            const Pinned pinned(Cores::measured);
            become_quietly(command);
          })};
}

std::string per_second(double messages, std::size_t size) {
  return fmt::format("{:.0f}k/s, {:.0f} MB/s", messages / 1e3,
                     messages * static_cast<double>(size) / 1e6);
}

void report(const Size& size, const std::vector<Server>& servers) {
  const std::string name = std::string(size.name) + ": ";
  const double ours = median(servers[0].per_second);
  for (const Server& server : servers)
    row(name + server.name, per_second(median(server.per_second), size.bytes));
  if (size.peer >= servers.size()) return;
  const Server& peer = servers[size.peer];
  const double times = ours / median(peer.per_second);
  row(name + "halfopen over " + peer.name, fmt::format("{:.2f}", times),
      fmt::format("≥ {}", size.bar), times >= size.bar);
}

}  // namespace

void measure_echo(bool quick) {
  heading("Echo of text messages: one connection, pipelined, median of 3 rounds");
  const Pinned load(Cores::others);
  std::uint16_t own_port = 0;
  const Descriptor listener = io::listen_on_loopback(own_port);
  const std::string peers = tests::in_tree("tests/bench/peers");
  std::vector<Server> servers;
  servers.push_back(own(listener.get(), own_port));
  servers.push_back(peer("ws", {"node", peers + "/ws_echo.js", tests::in_tree("clients")}));
  const std::string bun = peers + "/node_modules/.bin/bun";
  if (std::filesystem::exists(bun))
    servers.push_back(peer("uWebSockets in Bun", {bun, peers + "/bun_echo.js"}));
  else
    remark("no " + bun + ": uWebSockets is not beside it");
  for (const Size& size : sizes) {
    for (Server& server : servers) server.per_second.clear();
    for (int round = 0; round < (quick ? 1 : 3); ++round)
      for (Server& server : servers)
        server.per_second.push_back(
            echoed_per_second(server.port, size.bytes, quick ? .2 : 1, quick ? .3 : 2));
    report(size, servers);
  }
}

}  // namespace halfopen::bench
