#include "io/loop/stream.h"

#include <arpa/inet.h>
#include <linux/sockios.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <deque>
#include <utility>

namespace halfopen::io {
namespace {

constexpr std::size_t read_size = 256 * 1024;

/// From a read of this size on it pays to move bytes within the kernel.
constexpr std::size_t plenty_size = 64 * 1024;
/// At most in one turn of the loop.
constexpr std::size_t most_moved = 1024 * 1024;
/// Copied where the kernel has no room to move to.
constexpr std::size_t probe_size = 16 * 1024;

/// The kernel's receive buffer of a stream that is read slowly, and of one that is again read as
/// fast as it goes (as far as the machine's limit allows).
constexpr int small_receive_buffer = 16 * 1024;
constexpr int large_receive_buffer = 4 * 1024 * 1024;

/// One read buffer is enough: libuv asks for it right before each read.
std::array<char, read_size> read_buffer;

/// Between writes that are to arrive apart, so that the peer reads one before the next is there.
constexpr Duration apart_gap = std::chrono::milliseconds(1);
/// So many of them may wait; what comes then is joined to the last.
constexpr std::size_t most_apart = std::size_t{64} * 1024;

struct Write : uv_write_t {
  Bytes bytes;
};

}  // namespace

struct Stream::State : std::enable_shared_from_this<State> {
  struct Tcp : uv_tcp_t {
    std::weak_ptr<State> owner;
  };

  Loop* loop = nullptr;
  Events events;
  Handle<Tcp> tcp;
  std::uint64_t written = 0;
  std::deque<Bytes> apart;      ///< What waits for its own moment, and what was written behind it.
  std::size_t apart_bytes = 0;  ///< In all of them.
  std::optional<Timer> apart_timer;
  std::shared_ptr<Queued> together;  ///< What several streams have to write.
  std::size_t counted = 0;           ///< What that has of this one.
  bool paused = false;
  bool held = false;
  std::optional<std::uint64_t> allowance;  ///< Bytes that may still be read; none: all.
  std::uint64_t served = 0;                ///< See Turns.
  bool reading = false;
  bool plenty = false;  ///< The last read brought much, so that the next may not have to be one.
  bool moving = false;  ///< The receiver is about to move what has come.
  bool broken = false;  ///< It has failed. The kernel says so once, and to reads then: its end.
  bool finishing = false;
  bool finished = false;  ///< Our FIN is with the kernel.
  bool ended = false;     ///< The peer's FIN has come.

  static std::shared_ptr<State> of(const void* handle) {
    return static_cast<const Tcp*>(handle)->owner.lock();
  }
  uv_stream_t* stream() { return reinterpret_cast<uv_stream_t*>(tcp.get()); }
  /// -1 once it is closed.
  [[nodiscard]] int descriptor() const {
    uv_os_fd_t number = -1;
    if (tcp) uv_fileno(reinterpret_cast<const uv_handle_t*>(tcp.get()), &number);
    return number;
  }
  std::size_t waiting() { return tcp ? queued() + apart_bytes : 0; }
  std::size_t queued() { return uv_stream_get_write_queue_size(stream()); }
  /// Bytes that the kernel has and has not sent yet: its window is full, or the device is busy.
  [[nodiscard]] bool has_unsent() const {
    int bytes = 0;
    return ioctl(descriptor(), SIOCOUTQNSD, &bytes) == 0 && bytes > 0;
  }

  ~State() { count(0); }

  void count(std::size_t waiting_now) {
    if (!together) return;
    together->bytes += waiting_now - counted;
    counted = waiting_now;
  }
  /// The peer does not read what it is sent: it is not asked for more.
  [[nodiscard]] bool has_enough() {
    const std::size_t own = waiting();
    count(own);
    return own > high_water || (own > 0 && together && together->bytes > together->high_water);
  }

  void adjust_reading() {
    const bool enough = has_enough();
    const bool wanted = tcp && !ended && !paused && !held && allowance != 0U && !enough;
    if (wanted == reading) return;
    reading = wanted;
    if (!wanted) {
      if (tcp) uv_read_stop(stream());
      return;
    }
    uv_read_start(
        stream(),
        [](uv_handle_t* from, std::size_t, uv_buf_t* buffer) {
          const auto self = of(from);
          // Without a buffer libuv reads nothing, and says UV_ENOBUFS.
          *buffer = uv_buf_init(read_buffer.data(), self ? self->room_to_read() : 0);
        },
        [](uv_stream_t* from, ssize_t count, const uv_buf_t* buffer) {
          const auto self = of(from);
          if (!self) return;
          self->loop->wake();
          self->read_done(count, buffer);
        });
  }

  [[nodiscard]] bool may_move() const { return plenty && events.on_plenty && !allowance; }

  /// None where the receiver moves by itself what has come, and where it is the others' turn: then
  /// libuv asks again when it polls.
  unsigned room_to_read() {
    if (!loop->turns().admit(now(), served)) return 0;
    moving = may_move();
    if (moving) return 0;
    const std::uint64_t room = events.room ? events.room() : read_size;
    return static_cast<unsigned>(
        std::min({allowance.value_or(read_size), room, std::uint64_t{read_size}}));
  }

  void read_done(ssize_t count, const uv_buf_t* buffer) {
    if (count == UV_ENOBUFS) {
      if (std::exchange(moving, false)) plenty = events.on_plenty() >= plenty_size;
    } else if (count > 0) {
      plenty = static_cast<std::size_t>(count) >= plenty_size;
      if (allowance) *allowance -= static_cast<std::uint64_t>(count);
      adjust_reading();
      events.on_data(as_bytes({buffer->base, static_cast<std::size_t>(count)}));
    } else if (count == UV_EOF && !broken) {
      ended = true;
      adjust_reading();
      if (events.on_end) events.on_end();
      close_if_done();
    } else if (count < 0) {
      fail();
    }
  }

  void drop() {
    tcp.reset();
    count(0);
  }

  /// Both sides have finished: the descriptor is of no more use, and there may be many.
  void close_if_done() {
    if (finished && ended) drop();
  }

  void fail() {
    drop();
    if (const auto failed = std::exchange(events, {}).on_failure) failed();
  }

  void write(ByteView bytes) {
    if (!tcp || finishing || bytes.empty()) return;
    written += bytes.size();
    if (!apart.empty()) return put_apart(bytes);
    write_now(bytes);
  }

  void write_apart(ByteView bytes) {
    if (!tcp || finishing || bytes.empty()) return;
    written += bytes.size();
    put_apart(bytes);
    if (apart.size() == 1) wait_apart();
  }

  void put_apart(ByteView bytes) {
    apart_bytes += bytes.size();
    if (apart.size() < most_apart)
      apart.emplace_back(bytes.begin(), bytes.end());
    else
      append(apart.back(), bytes);
    adjust_reading();
  }

  /// One at a time, and only when the one before is on its way: else the kernel would join them.
  /// The last stays in the queue for its gap, so that what follows keeps its distance.
  void write_next_apart() {
    if (!tcp) return;
    if (apart.front().empty()) apart.pop_front();
    if (apart.empty()) return apart_done();
    if (queued() == 0 && !has_unsent()) {
      const Bytes next = std::exchange(apart.front(), {});
      apart_bytes -= next.size();
      write_now(next);
      adjust_reading();
    }
    wait_apart();
  }

  void wait_apart() {
    if (!apart_timer) apart_timer.emplace(*loop);
    apart_timer->set(now() + apart_gap, [self = weak_from_this()] {
      if (const auto state = self.lock()) state->write_next_apart();
    });
  }

  void apart_done() {
    if (finishing) shut_down();
    if (waiting() == 0 && events.on_drained) events.on_drained();
  }

  void write_now(ByteView bytes) {
    if (queued() == 0) {
      uv_buf_t now_buffer = buffer_of(bytes);
      const int taken = uv_try_write(stream(), &now_buffer, 1);
      if (taken > 0) bytes = bytes.subspan(static_cast<std::size_t>(taken));
      if (taken < 0 && taken != UV_EAGAIN) broken = true;
      if (bytes.empty()) return;
    }
    queue(bytes);
  }

  void queue(ByteView bytes) {
    auto* request = new Write{{}, {bytes.begin(), bytes.end()}};
    const uv_buf_t buffer = buffer_of(request->bytes);
    const int failed = uv_write(request, stream(), &buffer, 1, [](uv_write_t* done, int status) {
      const std::unique_ptr<Write> owned(static_cast<Write*>(done));
      const auto self = of(done->handle);
      if (!self) return;
      self->loop->wake();
      self->write_done(status);
    });
    if (failed < 0) delete request;
    adjust_reading();
  }

  void write_done(int status) {
    if (!tcp) return;
    // A failed write is followed by a failed read, which reports it; without reading, by nothing.
    if (status < 0 && !reading) return fail();
    adjust_reading();
    if (status == 0 && waiting() == 0 && events.on_drained) events.on_drained();
  }

  std::size_t move_to(PipeQueue& to) {
    const std::optional<std::size_t> count = to.fill(descriptor(), most_moved);
    if (!count) broken = true;
    return count.value_or(0);
  }

  std::size_t move_from(PipeQueue& from, std::size_t most) {
    const std::optional<std::size_t> moved = tcp ? from.drain(descriptor(), most) : 0;
    if (!moved) broken = true;
    written += moved.value_or(0);
    if (moved > 0U) return *moved;
    std::array<std::uint8_t, probe_size> probe;
    const std::size_t count = from.read(std::span(probe).first(std::min(most, probe.size())));
    write(ByteView(probe).first(count));
    return count;
  }

  void finish() {
    if (!tcp || std::exchange(finishing, true)) return;
    if (apart.empty()) shut_down();
  }

  void shut_down() {
    auto* request = new uv_shutdown_t{};
    const int failed = uv_shutdown(request, stream(), [](uv_shutdown_t* done, int) {
      const std::unique_ptr<uv_shutdown_t> owned(done);
      const auto self = of(done->handle);
      if (!self) return;
      self->finished = true;
      self->close_if_done();
    });
    if (failed < 0) delete request;
  }

  static uv_buf_t buffer_of(ByteView bytes) {
    // libuv's buffers are not const, but writing does not change them.
    auto* data = const_cast<std::uint8_t*>(bytes.data());
    return uv_buf_init(reinterpret_cast<char*>(data), static_cast<unsigned>(bytes.size()));
  }
};

Stream::Stream(Loop& loop, Descriptor socket, Events events, std::shared_ptr<Queued> queued)
    : state_(std::make_shared<State>()) {
  state_->together = std::move(queued);
  state_->loop = &loop;
  state_->events = std::move(events);
  auto tcp = std::make_unique<State::Tcp>();
  tcp->owner = state_;
  check_uv("make a TCP handle", uv_tcp_init(loop.uv(), tcp.get()));
  state_->tcp.reset(tcp.release());
  check_uv("take over a socket", uv_tcp_open(state_->tcp.get(), socket.get()));
  (void)socket.release();
  uv_tcp_nodelay(state_->tcp.get(), 1);
  state_->adjust_reading();
}

// The callbacks stay with the state: one of them may be what brought us here.
Stream::~Stream() { state_->drop(); }

void Stream::write(ByteView bytes) { state_->write(bytes); }

void Stream::write_apart(ByteView bytes) { state_->write_apart(bytes); }

std::size_t Stream::move_to(PipeQueue& to) { return state_->move_to(to); }

std::size_t Stream::move_from(PipeQueue& from, std::size_t most) {
  return state_->move_from(from, most);
}

void Stream::finish() { state_->finish(); }

void Stream::reset() {
  if (!state_->tcp) return;
  // With zero time to linger the kernel sends RST. (uv_tcp_close_reset refuses after a shutdown.)
  const linger at_once{1, 0};
  if (const int descriptor = state_->descriptor(); descriptor >= 0)
    setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  state_->drop();
}

void Stream::pause_reading(bool pause) {
  state_->paused = pause;
  state_->adjust_reading();
}

void Stream::hold_reading(bool held) {
  state_->held = held;
  state_->adjust_reading();
}

void Stream::read_at_most(std::optional<std::uint64_t> bytes) {
  const bool was_slow = state_->allowance.has_value();
  state_->allowance = bytes;
  if (was_slow != bytes.has_value()) {
    const int size = bytes ? small_receive_buffer : large_receive_buffer;
    if (const int descriptor = state_->descriptor(); descriptor >= 0)
      setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
  }
  state_->adjust_reading();
}

std::uint64_t Stream::unread() const {
  int bytes = 0;
  const int descriptor = state_->descriptor();
  if (descriptor < 0 || ioctl(descriptor, SIOCINQ, &bytes) < 0 || bytes < 0) return 0;
  return static_cast<std::uint64_t>(bytes);
}

std::uint16_t Stream::peer_port() const {
  sockaddr_storage address{};
  socklen_t size = sizeof address;
  const int descriptor = state_->descriptor();
  if (descriptor < 0 || getpeername(descriptor, reinterpret_cast<sockaddr*>(&address), &size) < 0)
    return 0;
  return ntohs(address.ss_family == AF_INET6
                   ? reinterpret_cast<const sockaddr_in6&>(address).sin6_port
                   : reinterpret_cast<const sockaddr_in&>(address).sin_port);
}

std::uint64_t Stream::written() const { return state_->written; }

std::size_t Stream::waiting() const { return state_->waiting(); }

}  // namespace halfopen::io
