#include "io/fake_server.h"

#include <utility>

#include "base/error.h"

namespace halfopen::io {

FakeServer::FakeServer(Loop& loop, Descriptor listener, run::Inside& inside, const Link& link)
    : loop_(loop),
      inside_(inside),
      link_(link),
      acceptor_(loop, std::move(listener),
                {[this](Descriptor socket, const std::string& peer) {
                   if (const int attempt = link_.attempt_of(peer)) take(attempt, std::move(socket));
                 },
                 [this](const std::string& why) { inside_.unreliable(now(), why); }}) {}

void FakeServer::take(int attempt, Descriptor socket) {
  Stream::Events events;
  events.on_data = [this, attempt](ByteView bytes) { inside_.received(now(), attempt, bytes); };
  events.on_end = [this, attempt] {
    inside_.peer_finished(now(), attempt, link_.ended_by(attempt));
  };
  events.on_failure = [this, attempt] {
    inside_.peer_reset(now(), attempt, link_.ended_by(attempt));
  };
  streams_[attempt] =
      std::make_unique<Stream>(loop_, std::move(socket), std::move(events), queued_);
  inside_.accepted(now(), attempt);
}

Stream* FakeServer::find(int attempt) const {
  const auto stream = streams_.find(attempt);
  return stream == streams_.end() ? nullptr : stream->second.get();
}

void FakeServer::write(int attempt, ByteView bytes) {
  if (Stream* stream = find(attempt)) stream->write(bytes);
}

void FakeServer::write_apart(int attempt, ByteView bytes) {
  if (Stream* stream = find(attempt)) stream->write_apart(bytes);
}

void FakeServer::finish(int attempt) {
  if (Stream* stream = find(attempt)) stream->finish();
}

void FakeServer::reset(int attempt) {
  if (Stream* stream = find(attempt)) stream->reset();
}

void FakeServer::ignore(int attempt) {
  if (Stream* stream = find(attempt)) stream->pause_reading(true);
}

void FakeServer::read_at_most(int attempt, std::optional<std::uint64_t> bytes) {
  if (Stream* stream = find(attempt)) stream->read_at_most(bytes);
}

void FakeServer::hold_reading(int attempt, bool held) {
  if (Stream* stream = find(attempt)) stream->hold_reading(held);
}

FakeServer::Waiting FakeServer::waiting(int attempt) const {
  const Stream* stream = find(attempt);
  if (stream == nullptr) return {};
  return {stream->unread(), stream->peer_port()};
}

bool FakeServer::close_some(std::size_t most) {
  for (; most > 0 && !streams_.empty(); --most) streams_.erase(streams_.begin());
  return !streams_.empty();
}

std::uint64_t FakeServer::written(int attempt) const {
  const Stream* stream = find(attempt);
  return stream == nullptr ? 0 : stream->written();
}

}  // namespace halfopen::io
