// Messages between halfopen, its broker and the broker's helpers: structured data and open
// descriptors over a SOCK_SEQPACKET socket, one message a packet.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "base/descriptor.h"

namespace halfopen::io {

/// The body travels as MessagePack, which unlike JSON carries strings that are no UTF-8 (an
/// environment may hold such). Bodies of any size; at most `most_descriptors` descriptors.
struct Message {
  nlohmann::json body;
  std::vector<Descriptor> descriptors;
};

inline constexpr std::size_t most_descriptors = 250;  ///< The kernel's SCM_MAX_FD is 253.

enum class Wait { no, yes };
enum class Arrival { message, nothing, closed };

struct Received {
  Arrival arrival = Arrival::nothing;
  Message message;
};

/// Both ends of a channel, blocking, close-on-exec.
struct Channel {
  Descriptor ours;
  Descriptor theirs;
};

[[nodiscard]] Channel make_channel();

/// False if the message would have to wait and Wait::no was given. Throws Error if the other end is
/// gone or a resource is lacking.
bool send(int channel, const Message& message, Wait wait);
/// Arrival::closed where the other end is gone, with all that it sent read.
[[nodiscard]] Received receive(int channel, Wait wait);

/// A message that says what failed: {"problem": "attempt: reason"}.
[[nodiscard]] Message problem_message(const std::string& problem);
/// What such a message says; "" for every other message.
[[nodiscard]] std::string problem_of(const Message& message);

}  // namespace halfopen::io
