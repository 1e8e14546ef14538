#include "bench/echo_load.h"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <string>

#include "base/bytes.h"
#include "base/error.h"
#include "bench/tcp.h"
#include "ws/frame.h"

namespace halfopen::bench {
namespace {

/// Bytes on their way at most, so that neither side's buffers decide.
constexpr double window = 1024 * 1024;
constexpr std::size_t batch_size = 128 * 1024;

void shake_hands(int socket) {
  const std::string request =
      "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";
  write_whole(socket, request.data(), request.size());
  std::string answer;
  while (!answer.ends_with("\r\n\r\n")) {
    char next = 0;
    read_whole(socket, &next, 1);
    answer += next;
  }
  if (!answer.starts_with("HTTP/1.1 101")) throw Error("shake hands", answer);
}

class Load {
 public:
  Load(int socket, std::size_t size) : socket_(socket) {
    const Bytes payload(size, 'x');
    ws::FrameHead head;
    ws::encode(echo_, head, payload);
    head.mask = 0x37fa213d;
    ws::encode(frame_, head, payload);
    while (batch_.size() < batch_size) append(batch_, frame_);
  }

  /// One message there and back, to see that it is echoed at all.
  void check() {
    write_whole(socket_, frame_.data(), frame_.size());
    Bytes back(echo_.size());
    read_whole(socket_, back.data(), back.size());
    if (back != echo_) throw Error("load an echo server", "its echo is another message");
  }
  /// Echoed messages per second.
  double run(double warm_up, double seconds) {
    fcntl(socket_, F_SETFL, O_NONBLOCK);
    double start = seconds_now() + warm_up;
    double before = 0;
    for (bool warm = false;;) {
      const bool room = under_way() < window;
      pollfd ready{socket_, static_cast<short>(room ? POLLIN | POLLOUT : POLLIN), 0};
      check_system("wait for a socket", poll(&ready, 1, 2000));
      if ((ready.revents & POLLOUT) != 0) send_more();
      if ((ready.revents & POLLIN) != 0) receive_more();
      if (ready.revents == 0) throw Error("load an echo server", "it has stopped answering");
      const double time = seconds_now();
      if (!warm && time >= start) {
        warm = true;
        start = time;
        before = received_in_messages();
      }
      if (warm && time >= start + seconds)
        return (received_in_messages() - before) / (time - start);
    }
  }

 private:
  void send_more() {
    const ssize_t count = write(socket_, batch_.data() + at_, batch_.size() - at_);
    if (count <= 0) return;
    at_ = (at_ + static_cast<std::size_t>(count)) % batch_.size();
    sent_ += static_cast<std::size_t>(count);
  }
  void receive_more() {
    const ssize_t count = read(socket_, buffer_.data(), buffer_.size());
    if (count <= 0) throw Error("load an echo server", "it ended the connection");
    received_ += static_cast<std::size_t>(count);
  }
  /// Bytes that were sent and have not come back. The echo is shorter: it is not masked.
  [[nodiscard]] double under_way() const {
    return static_cast<double>(sent_) - received_in_messages() * static_cast<double>(frame_.size());
  }
  [[nodiscard]] double received_in_messages() const {
    return static_cast<double>(received_) / static_cast<double>(echo_.size());
  }

  int socket_;
  Bytes frame_;
  Bytes echo_;
  Bytes batch_;
  Bytes buffer_ = Bytes(256 * 1024);
  std::size_t at_ = 0;
  std::size_t sent_ = 0;
  std::size_t received_ = 0;
};

}  // namespace

double echoed_per_second(std::uint16_t port, std::size_t size, double warm_up, double seconds) {
  const Descriptor socket = connect_to({"127.0.0.1", port});
  shake_hands(socket.get());
  Load load(socket.get(), size);
  load.check();
  return load.run(warm_up, seconds);
}

}  // namespace halfopen::bench
