// The stream link beside socat and HAProxy: throughput of one connection, and what it adds to a
// round trip. All in the same run, in turns.
#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <fstream>
#include <functional>
#include <map>
#include <memory>
#include <vector>

#include "base/error.h"
#include "base/units.h"
#include "bench/job.h"
#include "bench/sections.h"
#include "bench/table.h"
#include "bench/tcp.h"
#include "io/host.h"
#include "io/stream_link.h"
#include "support/quiet_inside.h"

namespace halfopen::bench {
namespace {

/// A way to the server's port, by its name.
struct Way {
  std::string name;
  std::uint16_t port = 0;
  std::unique_ptr<Job> program{};
  std::vector<double> bits{};
  std::vector<double> added_us{};
  double gigabytes = 0;
  double processor_seconds = 0;
};

/// The stream link in front of the server's port, as a client gets it, on a port that is written to
/// `told`. Never returns.
std::string run_link(Duration delay, std::uint16_t server_port, int told) {
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

Way own_link(std::uint16_t server_port, Duration delay) {
  Way way{delay > Duration::zero() ? fmt::format("halfopen, {} each way", format(delay))
                                   : "halfopen"};
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
  way.program = std::make_unique<Job>(std::vector<std::string>{
      "socat", "-lf", "/dev/null", "-b", "262144",
      fmt::format("TCP-LISTEN:{},bind=127.0.0.1,reuseaddr,fork,nodelay", way.port),
      fmt::format("TCP:127.0.0.1:{},nodelay", server_port)});
  return way;
}

Way haproxy(std::uint16_t server_port, const std::string& folder) {
  Way way{"haproxy", free_port()};
  const std::string file = folder + "/haproxy.cfg";
  std::ofstream(file) << fmt::format(
      "defaults\n mode tcp\n timeout connect 5s\n timeout client 60s\n timeout server 60s\n"
      "listen bench\n bind 127.0.0.1:{}\n server sink 127.0.0.1:{}\n",
      way.port, server_port);
  way.program = std::make_unique<Job>(std::vector<std::string>{"haproxy", "-q", "-db", "-f", file});
  return way;
}

constexpr double warm_up = .3;

double throughput(int listener, std::uint16_t port, double seconds) {
  Job sinks([&] { return std::to_string(sink(accept_one(listener).get(), warm_up, seconds)); });
  const Job sender([&]() -> std::string {
    send_without_end(connect_to({"127.0.0.1", port}).get());
    return "";
  });
  return std::stod(sinks.result());
}

void load(Way& way, int listener, double seconds) {
  const double before = way.program->processor_seconds();
  way.bits.push_back(throughput(listener, way.port, seconds));
  usleep(100'000);  // socat's child is counted once it has ended
  way.processor_seconds += way.program->processor_seconds() - before;
  way.gigabytes += way.bits.back() / 8e9 * (seconds + warm_up);
}

/// The median of many round trips of 64 B, in µs.
double round_trip(int listener, std::uint16_t port, int count) {
  const Job server([&]() -> std::string {
    echo(accept_one(listener).get());
    return "";
  });
  const Descriptor socket = connect_to({"127.0.0.1", port});
  return median(round_trips(socket.get(), count, 64, 0));
}

/// What the stream link is to carry of what socat does, which depends on the machine: as it is, and
/// with a delay, where everything is copied once more.
constexpr double share_undelayed = .75;
constexpr double share_delayed = .6;

void report(const std::vector<Way>& ways) {
  const double socats = median(ways.back().bits);
  for (const Way& way : ways) {
    const double bits = median(way.bits);
    const std::string rate = fmt::format("{:.2f} Gbit/s", bits / 1e9);
    if (way.name.starts_with("halfopen")) {
      const double share = way.name == "halfopen" ? share_undelayed : share_delayed;
      row(way.name + ": throughput", rate, fmt::format("≥ {} of socat's", share),
          bits >= share * socats);
    } else {
      row(way.name + ": throughput", rate);
    }
    row(way.name + ": added to a round trip", fmt::format("{:.1f} µs", median(way.added_us)));
    row(way.name + ": processor time",
        fmt::format("{:.2f} s/GB", way.processor_seconds / way.gigabytes));
  }
}

}  // namespace

void measure_relay(bool quick) {
  heading(
      "The stream link: one TCP connection on loopback, own sender and sink, median of 3 rounds");
  std::uint16_t server_port = 0;
  const Descriptor listener = io::listen_on_loopback(server_port);
  const io::TemporaryFolder folder;
  std::vector<Way> ways;
  ways.push_back(own_link(server_port, {}));
  ways.push_back(own_link(server_port, std::chrono::milliseconds(20)));
  ways.push_back(haproxy(server_port, folder.path()));
  ways.push_back(socat(server_port));
  for (int round = 0; round < (quick ? 1 : 3); ++round) {
    const int count = quick ? 1000 : 10'000;
    const double direct = round_trip(listener.get(), server_port, count);
    for (Way& way : ways) {
      load(way, listener.get(), quick ? .5 : 3);
      const bool slow = way.name.find("each way") != std::string::npos;
      const int trips = slow ? count / 200 : count;
      way.added_us.push_back(round_trip(listener.get(), way.port, trips) - direct);
    }
  }
  report(ways);
}

}  // namespace halfopen::bench
