#include "faults/arguments.h"
#include "faults/fault.h"

namespace halfopen::faults {
namespace {

std::optional<Act> end(const std::string& word) {
  if (word == "fin") return Act{Act::Kind::cut};
  if (word == "reset") return Act{Act::Kind::reset};
  return std::nullopt;
}

Reception receive(const Arguments& arguments) {
  Bytes greeting;
  append(greeting, argument<std::string>(arguments, "text") + "\r\n");
  return {
      .greeting = greeting, .after_bytes = 1, .end = end(argument<std::string>(arguments, "end"))};
}

}  // namespace

extern const Fault port_banner = {
    .name = "banner",
    .layer = Layer::port,
    .about = "Another protocol greets first: a line of text as soon as the connection is accepted.",
    .background = "The port belongs to another service: SSH, SMTP, a database.",
    .correct = "Fails the connection (1006) at the first bytes that are no HTTP, and backs off.",
    .source = "RFC 6455, section 4.1; RFC 4253, section 4.2",
    .parameters = {{.name = "text",
                    .fallback = "SSH-2.0-OpenSSH_9.2p1",
                    .about = "The line, to which CR LF is added."},
                   {.name = "end",
                    .fallback = "fin",
                    .about = "What follows the first bytes of the client: fin (FIN), reset (RST) "
                             "or stay (nothing).",
                    .choices = {"fin", "reset", "stay"}}},
    .receive = receive,
};

}  // namespace halfopen::faults
