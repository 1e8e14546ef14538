#include "received.h"

namespace halfopen::ws {

Lines received(Role role, const std::vector<ByteView>& pieces, std::size_t limit,
               const std::optional<Inflation>& inflation) {
  Lines lines;
  Receiver receiver(role,
                    {[&](const ReceivedFrame& frame, ByteView) {
                       lines.push_back("frame " + name_of(frame.opcode) +
                                       (frame.fin ? " fin " : " ") + std::to_string(frame.length) +
                                       (frame.masked ? " masked" : ""));
                     },
                     [&](const Message& message) {
                       ByteView payload = message.payload;
                       std::string line = name_of(static_cast<std::uint8_t>(message.opcode));
                       if (message.opcode == Opcode::close) {
                         line += " " + std::to_string(message.close_code);
                         payload = payload.subspan(payload.empty() ? 0 : 2);
                       }
                       lines.push_back(line + " " + printable(payload, 20));
                     }},
                    limit);
  if (inflation) receiver.allow_deflate(*inflation);
  for (const ByteView piece : pieces) receiver.feed(piece);
  if (const auto& violation = receiver.violation()) {
    lines.push_back("violation " + std::to_string(violation->code) + " " + violation->rule + ": " +
                    violation->text);
  }
  if (receiver.data_after_close()) lines.emplace_back("data after close");
  return lines;
}

Lines received(Role role, ByteView bytes, std::size_t limit) {
  return received(role, std::vector<ByteView>{bytes}, limit);
}

}  // namespace halfopen::ws
