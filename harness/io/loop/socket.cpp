// Opening sockets: accepted from a listener, and on the loopback interface.
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <string>

#include "base/error.h"
#include "io/loop/stream.h"

namespace halfopen::io {
namespace {

sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

Descriptor tcp_socket() {
  return Descriptor(check_system("make a socket",
                                 socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)));
}

std::uint16_t local_port_of(const Descriptor& descriptor) {
  sockaddr_in address{};
  socklen_t size = sizeof address;
  check_system("read a socket's address",
               getsockname(descriptor.get(), reinterpret_cast<sockaddr*>(&address), &size));
  return ntohs(address.sin_port);
}

}  // namespace

std::string readable(const sockaddr_storage& address) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (address.ss_family == AF_INET) {
    const auto& v4 = reinterpret_cast<const sockaddr_in&>(address);
    inet_ntop(AF_INET, &v4.sin_addr, text.data(), text.size());
    return std::string(text.data()) + ":" + std::to_string(ntohs(v4.sin_port));
  }
  const auto& v6 = reinterpret_cast<const sockaddr_in6&>(address);
  const std::string port = std::to_string(ntohs(v6.sin6_port));
  if (IN6_IS_ADDR_V4MAPPED(&v6.sin6_addr)) {
    inet_ntop(AF_INET, v6.sin6_addr.s6_addr + 12, text.data(), text.size());
    return std::string(text.data()) + ":" + port;
  }
  inet_ntop(AF_INET6, &v6.sin6_addr, text.data(), text.size());
  return "[" + std::string(text.data()) + "]:" + port;
}

Descriptor accept_from(int listener, std::string& peer) {
  sockaddr_storage address{};
  socklen_t size = sizeof address;
  Descriptor accepted(accept4(listener, reinterpret_cast<sockaddr*>(&address), &size,
                              SOCK_NONBLOCK | SOCK_CLOEXEC));
  if (accepted) peer = readable(address);
  if (!accepted && (errno == EMFILE || errno == ENFILE)) throw_errno("accept a connection");
  return accepted;
}

Descriptor listen_on_loopback(std::uint16_t& port) {
  Descriptor listener = tcp_socket();
  const sockaddr_in address = loopback(0);
  check_system("bind a loopback port",
               bind(listener.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address));
  check_system("listen on a loopback port", listen(listener.get(), 4096));
  port = local_port_of(listener);
  return listener;
}

Descriptor connect_to_loopback(std::uint16_t port, std::uint16_t& local_port) {
  Descriptor connecting = tcp_socket();
  const sockaddr_in address = loopback(port);
  const int result =
      connect(connecting.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address);
  if (result < 0 && errno != EINPROGRESS) throw_errno("connect to a loopback port");
  local_port = local_port_of(connecting);
  return connecting;
}

}  // namespace halfopen::io
