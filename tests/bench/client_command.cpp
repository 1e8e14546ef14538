// What runs in the client's namespace: connects, sends or measures, and prints what it saw.
#include <fmt/format.h>

#include <string>

#include "base/error.h"
#include "bench/sections.h"
#include "bench/tcp.h"

namespace halfopen::bench {
namespace {

/// The time that connecting takes, in seconds.
void time_connect(const Target& target) {
  const double start = seconds_now();
  const Descriptor socket = connect_to(target);
  fmt::print("{}\n", seconds_now() - start);
}

/// Every round trip in µs, one a line.
void time_round_trips(const Target& target, int count, double pause) {
  const Descriptor socket = connect_to(target);
  for (const double time : round_trips(socket.get(), count, 64, pause)) fmt::print("{}\n", time);
}

}  // namespace

int client_command(int count, char** words) {
  try {
    if (count < 3) throw Error("run as a client", "WHAT ADDRESS PORT are needed");
    const std::string what = words[0];
    const Target target{words[1], static_cast<std::uint16_t>(std::stoi(words[2]))};
    if (what == "send") send_without_end(connect_to(target).get());
    if (what == "connect") time_connect(target);
    if (what == "round-trips") time_round_trips(target, std::stoi(words[3]), std::stod(words[4]));
    return 0;
  } catch (const std::exception& failure) {
    fmt::print(stderr, "{}\n", failure.what());
    return 1;
  }
}

}  // namespace halfopen::bench
