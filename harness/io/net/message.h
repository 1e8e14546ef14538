// Messages between halfopen, its broker and the broker's helpers: structured data and open
// descriptors over a SOCK_SEQPACKET socket, one message a packet.
#pragma once

#include <sys/types.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "base/descriptor.h"

namespace halfopen::io {

/// The body travels as MessagePack, which unlike JSON carries strings that are no UTF-8 (an
/// environment may hold such). Bodies of any size; at most `most_descriptors` descriptors. Where
/// the receiver has no room for the descriptors, it gets a problem_message with the "id" of the
/// body, so that nobody waits for what was lost.
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
  pid_t sender = 0;  ///< Who sent it, by the kernel's word; see name_senders. 0: not known.
};

/// Both ends of a channel, blocking, close-on-exec.
struct Channel {
  Descriptor ours;
  Descriptor theirs;
};

[[nodiscard]] Channel make_channel();
/// From now on the kernel says who sent what this end receives (SCM_CREDENTIALS, unix(7)).
void name_senders(const Descriptor& channel);

/// False if the message would have to wait and Wait::no was given. Throws Error if the other end is
/// gone or a resource is lacking.
bool send(int channel, const Message& message, Wait wait);
/// Arrival::closed where the other end is gone, with all that it sent read. Throws Error for what
/// is no message: that one is read and gone, and the next may be good. What comes from another
/// process than `only_from` (0: anybody) is not even looked at, and an Error, too.
[[nodiscard]] Received receive(int channel, Wait wait, pid_t only_from = 0);

/// A message that says what failed: {"problem": "attempt: reason"}.
[[nodiscard]] Message problem_message(const std::string& problem);
/// What such a message says; "" for every other message.
[[nodiscard]] std::string problem_of(const Message& message);

}  // namespace halfopen::io
