// The stream link beside other relays: throughput of one connection, and what it adds to a round
// trip. All in the same run, in turns; the relay has a core for itself.
#include <fmt/format.h>
#include <unistd.h>

#include <vector>

#include "bench/cores.h"
#include "bench/job.h"
#include "bench/sections.h"
#include "bench/table.h"
#include "bench/tcp.h"
#include "bench/ways.h"
#include "io/host.h"
#include "io/loop/stream.h"

namespace halfopen::bench {
namespace {

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
/// with a delay, where it is long on its way.
constexpr double share_undelayed = .75;
constexpr double share_delayed = .6;

void report(const Way& way, double socats) {
  const double bits = median(way.bits);
  const std::string rate = fmt::format("{:.2f} Gbit/s", bits / 1e9);
  if (way.name.starts_with("halfopen")) {
    const double share = way.delay > Duration::zero() ? share_delayed : share_undelayed;
    row(way.name + ": throughput", rate, fmt::format("≥ {} of socat's", share),
        bits >= share * socats);
  } else {
    row(way.name + ": throughput", rate);
  }
  if (!way.added_us.empty())
    row(way.name + ": added to a round trip", fmt::format("{:.1f} µs", median(way.added_us)));
  if (way.program)
    row(way.name + ": processor time",
        fmt::format("{:.2f} s/GB", way.processor_seconds / way.gigabytes));
}

}  // namespace

void measure_relay(bool quick) {
  heading(
      "The stream link: one TCP connection on loopback, own sender and sink, median of 3 rounds");
  const Pinned pinned(Cores::others);
  std::uint16_t server_port = 0;
  const Descriptor listener = io::listen_on_loopback(server_port);
  const io::TemporaryFolder folder;
  const Duration delay = std::chrono::milliseconds(20);
  std::vector<Way> ways;
  ways.push_back(own_link(server_port, {}));
  ways.push_back(own_link(server_port, delay));
  ways.push_back(haproxy(server_port, folder.path()));
  for (const Duration each : {Duration::zero(), delay})
    if (auto way = toxiproxy(server_port, each, folder.path())) ways.push_back(std::move(*way));
  ways.push_back(socat(server_port));
  if (ways.size() < 6) remark("no toxiproxy-server in the PATH: Toxiproxy is not beside it");
  Way direct{"no relay", server_port};
  for (int round = 0; round < (quick ? 1 : 3); ++round) {
    const int count = quick ? 1000 : 10'000;
    const double trip = round_trip(listener.get(), server_port, count);
    direct.bits.push_back(throughput(listener.get(), server_port, quick ? .5 : 3));
    for (Way& way : ways) {
      load(way, listener.get(), quick ? .5 : 3);
      const int trips = way.delay > Duration::zero() ? count / 200 : count;
      way.added_us.push_back(round_trip(listener.get(), way.port, trips) - trip);
    }
  }
  const double socats = median(ways.back().bits);
  for (const Way& way : ways) report(way, socats);
  report(direct, socats);
}

}  // namespace halfopen::bench
