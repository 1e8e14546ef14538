// getaddrinfo, connect, recv, send, shutdown.
#include "socket.h"

#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <memory>

#include "base/error.h"

namespace reference {
namespace {

using Addresses = std::unique_ptr<addrinfo, decltype(&freeaddrinfo)>;

Addresses resolve(const Url& url) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_ADDRCONFIG;
  addrinfo* found = nullptr;
  const int failure =
      getaddrinfo(url.host.c_str(), std::to_string(url.port).c_str(), &hints, &found);
  if (failure != 0) throw halfopen::Error("resolve " + url.host, gai_strerror(failure));
  return {found, &freeaddrinfo};
}

}  // namespace

Socket::Socket(const Url& url) {
  const Addresses addresses = resolve(url);
  const addrinfo& first = *addresses;
  descriptor_ = halfopen::Descriptor(halfopen::check_system(
      "make a socket",
      ::socket(first.ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, IPPROTO_TCP)));
  const int on = 1;
  setsockopt(number(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (::connect(number(), first.ai_addr, first.ai_addrlen) < 0 && errno != EINPROGRESS) {
    halfopen::throw_errno("connect");
  }
}

std::string Socket::finish_connecting() {
  int error = 0;
  socklen_t size = sizeof error;
  halfopen::check_system("read the state of a socket",
                         getsockopt(number(), SOL_SOCKET, SO_ERROR, &error, &size));
  if (error != 0) return std::string("connect: ") + std::strerror(error);
  established_ = true;
  return {};
}

Socket::Read Socket::read() {
  std::array<std::uint8_t, 64UL * 1024> buffer;
  const ssize_t count = ::recv(number(), buffer.data(), buffer.size(), 0);
  if (count > 0) return {{buffer.begin(), buffer.begin() + count}, false, {}, false};
  if (count == 0) return {{}, true, {}, false};
  if (errno == EAGAIN || errno == EINTR) return {};
  return {{}, false, std::string("connection: ") + std::strerror(errno), errno == ECONNRESET};
}

void Socket::write(halfopen::Bytes& bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::send(number(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return;
    bytes.erase(bytes.begin(), bytes.begin() + count);
  }
}

void Socket::finish() {
  if (!finished_) ::shutdown(number(), SHUT_WR);
  finished_ = true;
}

}  // namespace reference
