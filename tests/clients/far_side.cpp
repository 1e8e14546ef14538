// Recording what the client does.
#include "far_side.h"

namespace reference {
namespace {

struct InWords {
  std::string operator()(const Opened& /*opened*/) const { return "open"; }
  std::string operator()(const MessageCame& message) const {
    return "message " + std::string(halfopen::as_text(message.payload));
  }
  std::string operator()(const WentWrong& wrong) const { return "error " + wrong.message; }
  std::string operator()(const Challenged& /*challenged*/) const { return "challenged"; }
  std::string operator()(const Closed& closed) const {
    return "close " + std::to_string(closed.code) + (closed.clean ? " clean" : "");
  }
};

}  // namespace

void FarSide::settle() {
  for (const Happening& happening : client.take_happenings()) {
    reports_.push_back(std::visit(InWords{}, happening));
  }
  receiver_.feed(take_output());
}

void FarSide::record(const halfopen::ws::Message& message) {
  const std::string name = halfopen::ws::name_of(static_cast<std::uint8_t>(message.opcode));
  const bool close = message.opcode == halfopen::ws::Opcode::close;
  frames_.push_back(name + " " +
                    (close ? std::to_string(message.close_code)
                           : std::string(halfopen::as_text(message.payload))));
}

}  // namespace reference
