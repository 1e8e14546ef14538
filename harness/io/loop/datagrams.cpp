#include "io/loop/datagrams.h"

#include <array>
#include <utility>

#include "io/loop/stream.h"

namespace halfopen::io {
namespace {

/// Datagrams read before other work gets its turn.
constexpr int burst = 64;
constexpr std::size_t largest = 65'536;

}  // namespace

std::string Peer::text() const { return readable(address); }

Datagrams::Datagrams(Loop& loop, Descriptor socket,
                     std::function<void(const Peer&, ByteView)> received)
    : socket_(std::move(socket)),
      received_(std::move(received)),
      watch_(loop, socket_.get(), UV_READABLE, [this](int) { read_some(); }) {}

void Datagrams::read_some() {
  static std::array<std::uint8_t, largest> buffer;
  for (int i = 0; i < burst; ++i) {
    Peer peer;
    peer.size = sizeof peer.address;
    const ssize_t size = ::recvfrom(socket_.get(), buffer.data(), buffer.size(), 0,
                                    reinterpret_cast<sockaddr*>(&peer.address), &peer.size);
    // An error is the echo of an answer that its receiver no longer waited for (ICMP), or nothing.
    if (size < 0) return;
    received_(peer, {buffer.data(), static_cast<std::size_t>(size)});
  }
}

void Datagrams::send(const Peer& peer, ByteView message) {
  ::sendto(socket_.get(), message.data(), message.size(), MSG_DONTWAIT | MSG_NOSIGNAL,
           reinterpret_cast<const sockaddr*>(&peer.address), peer.size);
}

}  // namespace halfopen::io
