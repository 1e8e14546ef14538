#include "faults/arguments.h"
#include "faults/fault.h"

namespace halfopen::faults {
namespace {

void mislead(Resolution& resolution, const Arguments& arguments) {
  resolution.elsewhere = true;
  const auto& old = argument<std::string>(arguments, "old");
  if (old == "closed") resolution.left = Resolution::Left::closed;
  if (old == "filtered") resolution.left = Resolution::Left::filtered;
}

}  // namespace

extern const Fault dns_moved = {
    .name = "moved",
    .layer = Layer::dns,
    .about =
        "The name leads to the server's other address, and nobody is at the usual one any more.",
    .background = "A failover, a new deployment, a service that moved to another address.",
    .correct =
        "Looks the name up for every new connection, and so finds the server at its new address.",
    .source = "RFC 1034, section 3.6; RFC 6455, section 4.1",
    .parameters = {{.name = "old",
                    .fallback = "unreachable",
                    .about = "How the network answers at the usual address.",
                    .choices = {"closed", "filtered", "unreachable"}}},
    .mislead = mislead,
};

}  // namespace halfopen::faults
