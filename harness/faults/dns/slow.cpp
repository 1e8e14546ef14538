#include "faults/arguments.h"
#include "faults/fault.h"

namespace halfopen::faults {
namespace {

void mislead(Resolution& resolution, const Arguments& arguments) {
  resolution.delay = argument<Duration>(arguments, "delay");
}

}  // namespace

extern const Fault dns_slow = {
    .name = "slow",
    .layer = Layer::dns,
    .about = "Every query for the server's name is answered correctly, but late.",
    .background = "A resolver that has to ask far away.",
    .correct =
        "Waits, or gives the look-up up and tries again; its timers and other connections go on "
        "meanwhile.",
    .source = "RFC 1035, section 7.2",
    .parameters = {{.name = "delay",
                    .type = Type::duration,
                    .fallback = "1s",
                    .about = "How late each answer is."}},
    .mislead = mislead,
};

}  // namespace halfopen::faults
