#include "bench/tcp.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/bytes.h"
#include "base/error.h"
#include "io/loop/loop.h"
#include "io/loop/stream.h"

namespace halfopen::bench {
namespace {

constexpr std::size_t buffer_size = 256 * 1024;
constexpr double connect_patience = 2;

void no_delay(int socket) {
  const int on = 1;
  check_system("set TCP_NODELAY", setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on));
}

}  // namespace

double seconds_now() { return std::chrono::duration<double>(io::now().time_since_epoch()).count(); }

Descriptor connect_to(const Target& target) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(target.port);
  inet_pton(AF_INET, target.address.c_str(), &address.sin_addr);
  for (const double start = seconds_now();;) {
    Descriptor made(check_system("make a socket", socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)));
    if (connect(made.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) {
      no_delay(made.get());
      return made;
    }
    if (errno != ECONNREFUSED || seconds_now() > start + connect_patience)
      throw_errno("connect to " + target.address + ":" + std::to_string(target.port));
    usleep(10'000);
  }
}

Descriptor listen_on(std::uint16_t port) {
  Descriptor made(check_system("make a socket", socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  check_system("bind a socket",
               bind(made.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address));
  check_system("listen", listen(made.get(), 1));
  return made;
}

Descriptor accept_one(int listener) {
  pollfd ready{listener, POLLIN, 0};
  check_system("wait for a connection", poll(&ready, 1, -1));
  Descriptor accepted(
      check_system("accept a connection", accept4(listener, nullptr, nullptr, SOCK_CLOEXEC)));
  no_delay(accepted.get());
  return accepted;
}

std::uint16_t free_port() {
  std::uint16_t port = 0;
  const Descriptor held_for_a_moment = io::listen_on_loopback(port);
  return port;
}

void send_without_end(int socket) {
  const Bytes buffer(buffer_size, 'x');
  while (send(socket, buffer.data(), buffer.size(), MSG_NOSIGNAL) > 0) {
  }
}

double sink(int socket, double warm_up, double seconds) {
  Bytes buffer(buffer_size);
  double begin = seconds_now() + warm_up;
  double bytes = 0;
  for (bool warm = false;;) {
    const ssize_t count = read(socket, buffer.data(), buffer.size());
    const double time = seconds_now();
    if (count <= 0) throw Error("measure a throughput", "the connection ended early");
    if (!warm) {
      if (time < begin) continue;
      warm = true;
      begin = time;
      continue;
    }
    bytes += static_cast<double>(count);
    if (time >= begin + seconds) return bytes * 8 / (time - begin);
  }
}

void echo(int socket) {
  Bytes buffer(buffer_size);
  for (;;) {
    const ssize_t count = read(socket, buffer.data(), buffer.size());
    if (count <= 0) return;
    write_whole(socket, buffer.data(), static_cast<std::size_t>(count));
  }
}

std::vector<double> round_trips(int socket, int count, std::size_t size, double pause) {
  Bytes message(size, 'x');
  std::vector<double> times;
  for (int i = 0; i < count; ++i) {
    const double start = seconds_now();
    write_whole(socket, message.data(), message.size());
    read_whole(socket, message.data(), message.size());
    times.push_back((seconds_now() - start) * 1e6);
    if (pause > 0) usleep(static_cast<useconds_t>(pause * 1e6));
  }
  return times;
}

void write_whole(int socket, const void* data, std::size_t size) {
  const auto* bytes = static_cast<const std::uint8_t*>(data);
  while (size > 0) {
    const ssize_t count = check_system("send", send(socket, bytes, size, MSG_NOSIGNAL));
    bytes += count;
    size -= static_cast<std::size_t>(count);
  }
}

void read_whole(int socket, void* data, std::size_t size) {
  auto* bytes = static_cast<std::uint8_t*>(data);
  while (size > 0) {
    const ssize_t count = check_system("receive", read(socket, bytes, size));
    if (count == 0) throw Error("receive", "the connection ended early");
    bytes += count;
    size -= static_cast<std::size_t>(count);
  }
}

}  // namespace halfopen::bench
