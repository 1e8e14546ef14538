// connect, recv, send, shutdown.
#include "socket.h"

#include <linux/tcp.h>  // its tcp_info is newer than that of <netinet/tcp.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "base/error.h"

namespace reference {
Socket::Socket(const Target& target) {
  descriptor_ = halfopen::Descriptor(halfopen::check_system(
      "make a socket",
      ::socket(target.family(), SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, IPPROTO_TCP)));
  const int on = 1;
  setsockopt(number(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  const auto* address = reinterpret_cast<const sockaddr*>(&target.address);
  if (::connect(number(), address, target.size) < 0 && errno != EINPROGRESS) {
    halfopen::throw_errno("connect");
  }
}

int Socket::finish_connecting() const {
  int error = 0;
  socklen_t size = sizeof error;
  halfopen::check_system("read the state of a socket",
                         getsockopt(number(), SOL_SOCKET, SO_ERROR, &error, &size));
  return error;
}

Socket::Read Socket::read() {
  std::array<std::uint8_t, 64UL * 1024> buffer;
  const ssize_t count = ::recv(number(), buffer.data(), buffer.size(), 0);
  if (count > 0) return {{buffer.begin(), buffer.begin() + count}, false, {}, false};
  if (count == 0) return {{}, true, {}, false};
  if (errno == EAGAIN || errno == EINTR) return {};
  return {{}, false, std::string("connection: ") + std::strerror(errno), errno == ECONNRESET};
}

bool Socket::has_one_segment() const {
  tcp_info info{};
  socklen_t size = sizeof info;
  return getsockopt(number(), IPPROTO_TCP, TCP_INFO, &info, &size) == 0 &&
         info.tcpi_data_segs_in == 1;
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
