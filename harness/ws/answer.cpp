#include "ws/answer.h"

#include <algorithm>

#include "base/bytes.h"
#include "crypto/hash.h"

namespace halfopen::ws {

void Answer::set(std::string_view name, std::string_view value) {
  for (auto& [field, old] : headers) {
    if (equal_ignoring_case(field, name)) {
      old = value;
      return;
    }
  }
  headers.emplace_back(name, value);
}

void Answer::remove(std::string_view name) {
  std::erase_if(headers, [&](const auto& field) { return equal_ignoring_case(field.first, name); });
}

std::string accept_for(std::string_view key) {
  std::string text(key);
  text += "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";  // RFC 6455, section 1.3
  return crypto::base64(crypto::sha1(as_bytes(text)));
}

Answer correct_answer(std::string_view key, std::string_view protocol) {
  Answer answer;
  answer.headers = {{"Upgrade", "websocket"},
                    {"Connection", "Upgrade"},
                    {"Sec-WebSocket-Accept", accept_for(key)}};
  if (!protocol.empty()) answer.headers.emplace_back("Sec-WebSocket-Protocol", protocol);
  return answer;
}

std::string serialise(const Answer& answer) {
  if (!answer.raw.empty()) return answer.raw;
  std::string text = answer.version + " " + std::to_string(answer.status) + " " + answer.reason;
  text += "\r\n";
  append_fields(text, answer.headers);
  return text + answer.body;
}

}  // namespace halfopen::ws
