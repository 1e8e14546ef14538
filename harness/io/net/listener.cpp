#include "io/net/listener.h"

#include <netinet/in.h>
#include <sys/socket.h>

#include <string>

#include "base/error.h"
#include "io/net/side.h"

namespace halfopen::io {
namespace {

constexpr int backlog = 4096;

void set_option(const Descriptor& socket, int level, int option, int value) {
  check_system("set a listener's option",
               ::setsockopt(socket.get(), level, option, &value, sizeof value));
}

void bind_everywhere(const Descriptor& socket, std::uint16_t port, bool ipv6) {
  sockaddr_in any4{};
  any4.sin_family = AF_INET;
  any4.sin_port = htons(port);
  sockaddr_in6 any6{};
  any6.sin6_family = AF_INET6;
  any6.sin6_port = htons(port);
  const auto* address =
      ipv6 ? reinterpret_cast<const sockaddr*>(&any6) : reinterpret_cast<const sockaddr*>(&any4);
  const socklen_t size = ipv6 ? sizeof any6 : sizeof any4;
  check_system("bind port " + std::to_string(port), ::bind(socket.get(), address, size));
}

/// A socket bound to that port of every address.
Descriptor bound_socket(int type, std::uint16_t port) {
  const bool ipv6 = kernel_has_ipv6();
  Descriptor socket(
      check_system("open a listener",
                   ::socket(ipv6 ? AF_INET6 : AF_INET, type | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)));
  set_option(socket, SOL_SOCKET, SO_REUSEADDR, 1);
  if (ipv6) set_option(socket, IPPROTO_IPV6, IPV6_V6ONLY, 0);
  bind_everywhere(socket, port, ipv6);
  return socket;
}

}  // namespace

Descriptor listen_on(std::uint16_t port) {
  Descriptor socket = bound_socket(SOCK_STREAM, port);
  check_system("listen on port " + std::to_string(port), ::listen(socket.get(), backlog));
  return socket;
}

Descriptor open_datagrams(std::uint16_t port) { return bound_socket(SOCK_DGRAM, port); }

}  // namespace halfopen::io
