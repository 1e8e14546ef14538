// What real kernel TCP makes of the packet link: lost SYNs, and goodput under loss.
#include <fmt/format.h>

#include <cmath>
#include <memory>
#include <vector>

#include "bench/job.h"
#include "bench/packet_path.h"
#include "bench/sections.h"
#include "bench/table.h"
#include "bench/tcp.h"
#include "link/drop_rule.h"

namespace halfopen::bench {
namespace {

using namespace std::chrono_literals;

/// Ethernet's MTU less the headers of IPv4 and TCP, with time stamps.
constexpr double segment_bits = 1448 * 8;
constexpr double round_trip = 0.05;

/// Mathis, Semke, Mahdavi, Ott: The macroscopic behavior of the TCP congestion avoidance algorithm
/// (CCR 27, 1997), with an ACK for every segment; C = 1.22.
double mathis(double loss) { return segment_bits / round_trip * 1.22 / std::sqrt(loss); }

/// A client that sends as fast as it can over a link which loses data packets, and its sink.
struct Transfer {
  double loss;
  PacketPath path;
  std::unique_ptr<Job> sink_job;

  Transfer(io::Host& host, double share, double seconds) : loss(share), path(host, lossy(share)) {
    sink_job = std::make_unique<Job>([this, seconds] {
      return std::to_string(sink(accept_one(path.listener()).get(), 2, seconds));
    });
    path.start_client("send");
  }
  static link::Link lossy(double share) {
    link::Link settings;
    settings.up.delay = settings.down.delay = 25ms;
    settings.up.loss = link::Bernoulli{share};
    return settings;
  }
};

void measure_lost_syns(io::Host& host) {
  link::Link settings;
  settings.up.drop = {*link::parse_drop_rule("syn 1-3").value};
  PacketPath path(host, settings);
  path.start_client("connect");
  const double seconds = std::stod(path.output());
  row("drop = [\"syn 1-3\"]: connecting takes", fmt::format("{:.3f} s", seconds),
      "1 + 2 + 4 s, + 1/8", seconds >= 7 && seconds < 7 * 1.125);
}

}  // namespace

void measure_kernel_view(bool quick) {
  heading("The kernel's view: one TCP connection, reno, client to server, 50 ms round trip");
  const auto host = packet_host();
  if (!host) return;
  std::vector<std::unique_ptr<Transfer>> transfers;
  for (const double loss : {.01, .03, .10})
    transfers.push_back(std::make_unique<Transfer>(*host, loss, quick ? 5 : 40));
  measure_lost_syns(*host);
  for (const auto& transfer : transfers) {
    const double seen = std::stod(transfer->sink_job->result(host->loop()));
    const double expected = mathis(transfer->loss);
    row(fmt::format("goodput at {:.0f} % loss (Mathis: {:.2f} Mbit/s)", transfer->loss * 100,
                    expected / 1e6),
        fmt::format("{:.2f} Mbit/s", seen / 1e6), "half to twice Mathis's",
        seen > expected / 2 && seen < expected * 2);
  }
}

}  // namespace halfopen::bench
