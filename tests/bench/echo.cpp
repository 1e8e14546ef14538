// Echoed messages per second: halfopen's fake server beside the npm package ws, under the same
// load, in turns.
#include <fmt/format.h>

#include <memory>
#include <vector>

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
  double bar;  ///< Times what ws does; 0: none.
};
constexpr Size sizes[] = {{"64 B", 64, 10}, {"64 KiB", 64 * 1024, 0}};

std::string per_second(double messages, std::size_t size) {
  return fmt::format("{:.0f}k/s, {:.0f} MB/s", messages / 1e3,
                     messages * static_cast<double>(size) / 1e6);
}

}  // namespace

void measure_echo(bool quick) {
  heading("Echo of text messages: one connection, pipelined, median of 3 rounds");
  std::uint16_t own_port = 0;
  const Descriptor listener = io::listen_on_loopback(own_port);
  const Job own([&] { return serve_echo(listener.get()); });
  const std::uint16_t ws_port = free_port();
  const Job ws(std::vector<std::string>{"node", tests::in_tree("tests/bench/ws_server.js"),
                                        tests::in_tree("clients"), std::to_string(ws_port)});
  const double warm_up = quick ? .2 : 1;
  const double seconds = quick ? .3 : 2;
  for (const Size& size : sizes) {
    std::vector<double> ours;
    std::vector<double> theirs;
    for (int round = 0; round < (quick ? 1 : 3); ++round) {
      ours.push_back(echoed_per_second(own_port, size.bytes, warm_up, seconds));
      theirs.push_back(echoed_per_second(ws_port, size.bytes, warm_up, seconds));
    }
    const std::string name = std::string(size.name) + ": ";
    const double times = median(ours) / median(theirs);
    row(name + "halfopen", per_second(median(ours), size.bytes));
    row(name + "ws", per_second(median(theirs), size.bytes));
    if (size.bar > 0)
      row(name + "halfopen over ws", fmt::format("{:.1f}", times),
          fmt::format("≥ {:.0f}", size.bar), times >= size.bar);
    else
      row(name + "halfopen over ws", fmt::format("{:.1f}", times));
  }
}

}  // namespace halfopen::bench
