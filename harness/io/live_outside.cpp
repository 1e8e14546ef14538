#include "io/live_outside.h"

#include "io/net/socket_diagnosis.h"

namespace halfopen::io {

// The core may speak before the server listens, and then there is nothing to be done.

void LiveOutside::write(int attempt, ByteView bytes) {
  if (FakeServer* server = host_.server()) server->write(attempt, bytes);
}

void LiveOutside::write_apart(int attempt, ByteView bytes) {
  if (FakeServer* server = host_.server()) server->write_apart(attempt, bytes);
}

void LiveOutside::finish(int attempt) {
  if (FakeServer* server = host_.server()) server->finish(attempt);
}

void LiveOutside::reset(int attempt) {
  if (FakeServer* server = host_.server()) server->reset(attempt);
}

void LiveOutside::vanish(int attempt) { world_.link()->vanish(attempt, written(attempt)); }

void LiveOutside::ignore(int attempt) {
  if (FakeServer* server = host_.server()) server->ignore(attempt);
}

void LiveOutside::read_at_most(int attempt, std::optional<std::uint64_t> bytes) {
  if (FakeServer* server = host_.server()) server->read_at_most(attempt, bytes);
}

void LiveOutside::hold_reading(int attempt, bool held) {
  if (FakeServer* server = host_.server()) server->hold_reading(attempt, held);
}

std::size_t LiveOutside::unsent() const {
  const FakeServer* server = host_.server();
  return server == nullptr ? 0 : server->unsent();
}

std::uint64_t LiveOutside::written(int attempt) const {
  const FakeServer* server = host_.server();
  return server == nullptr ? 0 : server->written(attempt);
}

void LiveOutside::note_waiting(int attempt) {
  const FakeServer* server = host_.server();
  if (server == nullptr) return;
  const FakeServer::Waiting waiting = server->waiting(attempt);
  const World* world = world_.namespaces();
  const auto unsent = world == nullptr ? std::optional<std::uint64_t>()
                                       : send_queue_of(world->diagnosis, waiting.peer_port);
  recorder_.add(now(), trace::Waiting{waiting.unread, unsent.value_or(0)}, attempt);
}

void LiveOutside::mark_end(int attempt, const trace::EndVisible& end) {
  world_.link()->mark_end(attempt, end, written(attempt));
}

bool LiveOutside::is_cut_off() const { return world_.link()->swallows(link::Direction::down); }

}  // namespace halfopen::io
