#include "io/name_server.h"

#include <utility>

namespace halfopen::io {
namespace {

/// A client that floods the resolver is not helped.
constexpr std::size_t most_waiting = 1000;
constexpr std::size_t most_visits = 100;
/// RFC 1035, section 4.2.2: the length of the message that follows.
constexpr std::size_t length_size = 2;

Bytes with_length(ByteView message) {
  Bytes framed{static_cast<std::uint8_t>(message.size() >> 8U),
               static_cast<std::uint8_t>(message.size() & 0xffU)};
  append(framed, message);
  return framed;
}

}  // namespace

/// One TCP connection: queries until the client ends it.
class NameServer::Visit : public std::enable_shared_from_this<Visit> {
 public:
  Visit(NameServer& server, int number, std::string peer)
      : server_(server), number_(number), peer_(std::move(peer)) {}

  void start(Descriptor socket) {
    Stream::Events events;
    events.on_data = [this](ByteView bytes) { received(bytes); };
    events.on_end = events.on_failure = [this] { server_.leave(number_); };
    stream_ = std::make_unique<Stream>(server_.loop_, std::move(socket), std::move(events));
  }

 private:
  void received(ByteView bytes) {
    append(buffer_, bytes);
    std::size_t at = 0;
    while (buffer_.size() - at >= length_size) {
      const std::size_t size = static_cast<std::size_t>(buffer_[at]) << 8U | buffer_[at + 1];
      if (buffer_.size() - at - length_size < size) break;
      ask(ByteView(buffer_).subspan(at + length_size, size));
      at += length_size + size;
    }
    buffer_.erase(buffer_.begin(), buffer_.begin() + static_cast<std::ptrdiff_t>(at));
  }

  void ask(ByteView message) {
    server_.deliver(server_.inside_.name_asked(now(), peer_, dns::Transport::tcp, message),
                    [visit = weak_from_this()](ByteView answer) {
                      if (const auto alive = visit.lock())
                        alive->stream_->write(with_length(answer));
                    });
  }

  NameServer& server_;
  int number_;
  std::string peer_;
  Bytes buffer_;  ///< Less than one message.
  std::unique_ptr<Stream> stream_;
};

NameServer::NameServer(Loop& loop, Descriptor udp, Descriptor tcp, run::Inside& inside)
    : loop_(loop),
      inside_(inside),
      udp_(loop, std::move(udp),
           [this](const Peer& peer, ByteView message) { received(peer, message); }),
      tcp_(loop, std::move(tcp), {[this](Descriptor socket, const std::string& peer) {
             visited(std::move(socket), peer);
           }}) {}

NameServer::~NameServer() = default;

void NameServer::received(const Peer& peer, ByteView message) {
  deliver(inside_.name_asked(now(), peer.text(), dns::Transport::udp, message),
          [this, peer](ByteView answer) { udp_.send(peer, answer); });
}

void NameServer::deliver(const run::ResolverReply& reply, std::function<void(ByteView)> send) {
  const auto now_due = [this](const run::ResolverReply& due, const auto& out) {
    if (!due.bytes.empty()) out(due.bytes);
    inside_.name_answered(now(), due);
  };
  if (reply.delay <= Duration::zero()) return now_due(reply, send);
  if (waiting_ >= most_waiting) return;
  ++waiting_;
  loop_.at(now() + reply.delay,
           [this, now_due, reply, send = std::move(send), alive = std::weak_ptr(alive_)] {
             if (alive.expired()) return;
             --waiting_;
             now_due(reply, send);
           });
}

void NameServer::visited(Descriptor socket, const std::string& peer) {
  if (visits_.size() >= most_visits) return;
  const int number = ++next_visit_;
  visits_[number] = std::make_shared<Visit>(*this, number, peer);
  visits_[number]->start(std::move(socket));
}

void NameServer::leave(int visit) {
  const auto found = visits_.find(visit);
  if (found == visits_.end()) return;
  // The visit is in the middle of a call: it goes at the end of it.
  loop_.at(now(), [gone = std::move(found->second)] {});
  visits_.erase(found);
}

}  // namespace halfopen::io
