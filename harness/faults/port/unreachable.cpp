#include "faults/arguments.h"
#include "faults/fault.h"

namespace halfopen::faults {
namespace {

Reception receive(const Arguments& arguments) {
  return {.answer = Reception::Answer::unreachable,
          .unreachable = argument<std::string>(arguments, "code")};
}

}  // namespace

extern const Fault port_unreachable = {
    .name = "unreachable",
    .layer = Layer::port,
    .about = "Every SYN is answered with an ICMP error: destination unreachable.",
    .background = "A router, a host or a firewall says that there is no way.",
    .correct = "Fails the connection at once (1006), backs off and tries again.",
    .source = "RFC 792; RFC 1812, section 5.2.7.1; RFC 4443, section 3.1",
    .parameters = {{.name = "code",
                    .fallback = "host",
                    .about = "What ICMP says (IPv4 type 3, ICMPv6 type 1): net (code 0; 0), host "
                             "(1; 3), port (3; 4) or prohibited (13; 1).",
                    .choices = {"net", "host", "port", "prohibited"}}},
    .receive = receive,
};

}  // namespace halfopen::faults
