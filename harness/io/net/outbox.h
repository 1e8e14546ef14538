// The broker's side of the channel to halfopen: messages that wait until halfopen reads.
#pragma once

#include <cstdint>
#include <deque>

#include "io/net/message.h"

namespace halfopen::io {

/// Never blocks, so that broker and halfopen cannot wait for each other.
class Outbox {
 public:
  explicit Outbox(int channel) : channel_(channel) {}

  void post(Message message);
  /// The answer to a request.
  void answer(std::uint64_t request, Message message);
  /// Sends what can be sent now; true if something is left.
  bool flush();

 private:
  int channel_;
  std::deque<Message> waiting_;
};

}  // namespace halfopen::io
