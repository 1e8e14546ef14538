#include "wait.h"

#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "base/error.h"

namespace halfopen::io::testing {

Ends connected() {
  std::uint16_t port = 0;
  std::uint16_t local_port = 0;
  std::string peer;
  const Descriptor listener = listen_on_loopback(port);
  Ends ends;
  ends.far = connect_to_loopback(port, local_port);
  while (!ends.near) ends.near = accept_from(listener.get(), peer);
  return ends;
}

void hear(const Descriptor& socket, Heard& heard, std::size_t most) {
  std::array<char, 64 * 1024> buffer;
  while (most > 0 && !heard.ended && !heard.failed) {
    const ssize_t count = ::read(socket.get(), buffer.data(), std::min(most, buffer.size()));
    if (count < 0) {
      heard.failed = errno == ECONNRESET;
      return;
    }
    heard.ended = count == 0;
    heard.text.append(buffer.data(), static_cast<std::size_t>(count));
    most -= static_cast<std::size_t>(count);
  }
}

std::size_t say(const Descriptor& socket, std::string_view text) {
  const ssize_t count = ::send(socket.get(), text.data(), text.size(), MSG_NOSIGNAL);
  return count < 0 ? 0 : static_cast<std::size_t>(count);
}

void abort_connection(Descriptor& socket) {
  const linger at_once{1, 0};
  check_system("set SO_LINGER",
               setsockopt(socket.get(), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once));
  socket.reset();
}

}  // namespace halfopen::io::testing
