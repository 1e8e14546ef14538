// How exactly the packet link keeps its delay: by its own clock (when a packet was due, when it was
// handed on), and by that of a client which measures its round trips.
#include <fmt/format.h>

#include <algorithm>
#include <sstream>

#include "base/error.h"
#include "bench/job.h"
#include "bench/packet_path.h"
#include "bench/sections.h"
#include "bench/table.h"
#include "bench/tcp.h"

namespace halfopen::bench {
namespace {

using namespace std::chrono_literals;

constexpr double asked_us = 50'000;  ///< Of a round trip.

link::Link delayed(Duration each_way) {
  link::Link settings;
  settings.up.delay = settings.down.delay = each_way;
  return settings;
}

std::string in_us(double us) { return fmt::format("{:.0f} µs", us); }

double us(Duration duration) { return std::chrono::duration<double, std::micro>(duration).count(); }

/// Round trips over a link with that delay, and what the link says of itself.
struct Seen {
  std::vector<double> round_trips;
  std::array<trace::LinkSummary, 2> link;
};

Seen echo_through(io::Host& host, Duration each_way, int count) {
  PacketPath path(host, delayed(each_way));
  const Job server([&]() -> std::string {
    echo(accept_one(path.listener()).get());
    return "";
  });
  path.start_client("round-trips", {std::to_string(count), "0.001"});
  std::istringstream printed(path.output());
  Seen seen;
  for (double time = 0; printed >> time;) seen.round_trips.push_back(time);
  seen.link = path.summaries();
  if (seen.round_trips.empty()) throw Error("measure round trips", printed.str());
  return seen;
}

}  // namespace

void measure_lateness(bool quick) {
  heading("Lateness of the packet link: 64 B back and forth, a delay of 25 ms each way");
  const auto host = packet_host();
  if (!host) return;
  const Seen seen = echo_through(*host, 25ms, quick ? 20 : 400);
  const Seen bare = echo_through(*host, 0ms, quick ? 20 : 400);
  for (const trace::LinkSummary& lane : seen.link) {
    const std::string from = lane.from == trace::Side::client ? "up" : "down";
    row(from + ": later than due, p50", in_us(us(lane.late_p50)), "< 200 µs",
        lane.late_p50 < 200us);
    row(from + ": later than due, p99", in_us(us(lane.late_p99)), "< 1000 µs", lane.late_p99 < 1ms);
  }
  const double first = *std::min_element(seen.round_trips.begin(), seen.round_trips.end());
  row("client's round trip over 50 ms: shortest", "+" + in_us(first - asked_us), "never early",
      first >= asked_us);
  row("client's round trip over 50 ms: p50", "+" + in_us(median(seen.round_trips) - asked_us));
  row("client's round trip over 50 ms: p99",
      "+" + in_us(quantile(seen.round_trips, .99) - asked_us));
  row("client's round trip without a delay: p50", in_us(median(bare.round_trips)));
}

}  // namespace halfopen::bench
