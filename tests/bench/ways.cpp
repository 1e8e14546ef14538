#include "bench/ways.h"

#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/error.h"
#include "bench/cores.h"
#include "bench/tcp.h"
#include "io/stream_link.h"
#include "support/quiet_inside.h"

namespace halfopen::bench {
namespace {

std::string named(const std::string& program, Duration delay) {
  if (delay == Duration::zero()) return program;
  return fmt::format("{}, {} each way", program, format(delay));
}

std::unique_ptr<Job> measured(const std::vector<std::string>& command) {
  return std::make_unique<Job>([&]() -> std::string {
    const Pinned pinned(Cores::measured);
    become_quietly(command);
  });
}

/// The stream link in front of the server's port, on a port that is written to `told`. Never
/// returns.
std::string run_link(Duration delay, std::uint16_t server_port, int told) {
  const Pinned pinned(Cores::measured);
  link::Link settings;
  settings.up.delay = settings.down.delay = delay;
  io::Loop loop;
  trace::Recorder recorder({}, io::now());
  tests::QuietInside inside;
  const io::StreamLink stream_link({loop, recorder, settings, 1, server_port, inside});
  const std::uint16_t port = stream_link.port();
  if (write(told, &port, sizeof port) != sizeof port) throw_errno("tell a port");
  loop.run();
  return "";
}

bool in_path(const std::string& program) {
  const char* path = std::getenv("PATH");
  std::istringstream folders(path == nullptr ? "" : path);
  for (std::string folder; std::getline(folders, folder, ':');)
    if (access((folder + "/" + program).c_str(), X_OK) == 0) return true;
  return false;
}

/// Toxiproxy's HTTP API: adds a toxic that delays what goes that way.
void add_latency(std::uint16_t api, const char* stream, Duration delay) {
  const std::string body =
      fmt::format(R"({{"type":"latency","stream":"{}","attributes":{{"latency":{}}}}})", stream,
                  std::chrono::duration_cast<std::chrono::milliseconds>(delay).count());
  const std::string request = fmt::format(
      "POST /proxies/bench/toxics HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: "
      "application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{}",
      body.size(), body);
  const Descriptor socket = connect_to({"127.0.0.1", api});
  write_whole(socket.get(), request.data(), request.size());
  std::array<char, 12> status{};  // "HTTP/1.1 200"
  read_whole(socket.get(), status.data(), status.size());
  const std::string_view line(status.data(), status.size());
  if (!line.ends_with(" 200")) throw Error("add a toxic", std::string(line));
}

}  // namespace

Way own_link(std::uint16_t server_port, Duration delay) {
  Way way{named("halfopen", delay), 0, delay};
  std::array<int, 2> ends{};
  check_system("make a pipe", pipe(ends.data()));
  const Descriptor from(ends[0]);
  const Descriptor to(ends[1]);
  way.program = std::make_unique<Job>([&] { return run_link(delay, server_port, to.get()); });
  if (read(from.get(), &way.port, sizeof way.port) != sizeof way.port) throw_errno("learn a port");
  return way;
}

Way socat(std::uint16_t server_port) {
  Way way{"socat -b 262144", free_port()};
  way.program =
      measured({"socat", "-lf", "/dev/null", "-b", "262144",
                fmt::format("TCP-LISTEN:{},bind=127.0.0.1,reuseaddr,fork,nodelay", way.port),
                fmt::format("TCP:127.0.0.1:{},nodelay", server_port)});
  return way;
}

Way haproxy(std::uint16_t server_port, const std::string& folder) {
  Way way{"haproxy with splice", free_port()};
  const std::string file = folder + "/haproxy.cfg";
  std::ofstream(file) << fmt::format(
      "global\n nbthread 1\n tune.pipesize 262144\n"
      "defaults\n mode tcp\n option splice-auto\n timeout connect 5s\n timeout client 60s\n"
      " timeout server 60s\nlisten bench\n bind 127.0.0.1:{}\n server sink 127.0.0.1:{}\n",
      way.port, server_port);
  way.program = measured({"haproxy", "-q", "-db", "-f", file});
  return way;
}

std::optional<Way> toxiproxy(std::uint16_t server_port, Duration delay, const std::string& folder) {
  if (!in_path("toxiproxy-server")) return std::nullopt;
  Way way{named("toxiproxy", delay), free_port(), delay};
  const std::uint16_t api = free_port();
  const std::string file = fmt::format("{}/toxiproxy-{}.json", folder, way.port);
  std::ofstream(file) << fmt::format(
      R"([{{"name":"bench","listen":"127.0.0.1:{}","upstream":"127.0.0.1:{}","enabled":true}}])",
      way.port, server_port);
  way.program = measured(
      {"toxiproxy-server", "-host", "127.0.0.1", "-port", std::to_string(api), "-config", file});
  if (delay > Duration::zero())
    for (const char* stream : {"upstream", "downstream"}) add_latency(api, stream, delay);
  return way;
}

}  // namespace halfopen::bench
