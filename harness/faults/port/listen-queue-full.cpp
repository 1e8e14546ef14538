#include "faults/arguments.h"
#include "faults/fault.h"

namespace halfopen::faults {
namespace {

Reception receive(const Arguments& arguments) {
  return {.unanswered = static_cast<int>(argument<std::int64_t>(arguments, "syns")),
          .served = true};
}

}  // namespace

extern const Fault port_listen_queue_full = {
    .name = "listen-queue-full",
    .layer = Layer::port,
    .about =
        "The listen queue is full: the first SYNs are dropped, then there is room and all is well.",
    .background =
        "The server cannot keep up with accepting: its kernel has no room for one more connection.",
    .correct =
        "Waits for the kernel to repeat the SYN (after 1, 3, 7 … s); opens no second connection.",
    .source = "RFC 6298, section 2; RFC 9293, section 3.8.3",
    .parameters = {{.name = "syns",
                    .type = Type::count,
                    .fallback = "1",
                    .about = "How many SYNs of the attempt are dropped.",
                    .lowest = 1,
                    .highest = 10}},
    .receive = receive,
};

}  // namespace halfopen::faults
