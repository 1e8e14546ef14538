// What runs in the client's namespace: connects, sends or measures, and prints what it saw.
#include <fmt/format.h>
#include <unistd.h>

#include <array>
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

/// Opens connections one after another, and leaves each at once.
void connect_again_and_again(const Target& target, int times) {
  const std::string request = fmt::format(
      "GET / HTTP/1.1\r\nHost: {}:{}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n",
      target.address, target.port);
  std::array<char, 4096> answer{};
  for (int i = 0; i < times; ++i) {
    const Descriptor socket = connect_to(target);
    check_system("ask for a WebSocket", write(socket.get(), request.data(), request.size()));
    check_system("read the answer", read(socket.get(), answer.data(), answer.size()));
  }
}

}  // namespace

int client_command(int count, char** words) {
  try {
    if (count < 3) throw Error("run as a client", "WHAT ADDRESS PORT are needed");
    const std::string what = words[0];
    const Target target{words[1], static_cast<std::uint16_t>(std::stoi(words[2]))};
    if (what == "send") send_without_end(connect_to(target).get());
    if (what == "connect") time_connect(target);
    if (what == "attempts") connect_again_and_again(target, std::stoi(words[3]));
    if (what == "round-trips") time_round_trips(target, std::stoi(words[3]), std::stod(words[4]));
    return 0;
  } catch (const std::exception& failure) {
    fmt::print(stderr, "{}\n", failure.what());
    return 1;
  }
}

}  // namespace halfopen::bench
