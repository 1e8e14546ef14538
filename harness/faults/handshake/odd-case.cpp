#include <string>

#include "faults/fault.h"

namespace halfopen::faults {
namespace {

/// Every letter in the other case.
std::string flipped(std::string text) {
  for (char& c : text) {
    const bool letter = ('a' <= c && c <= 'z') || ('A' <= c && c <= 'Z');
    if (letter) c = static_cast<char>(c ^ 0x20);
  }
  return text;
}

void spoil(ws::Answer& answer, const Arguments& /*arguments*/, const Asked& /*asked*/) {
  for (auto& [name, value] : answer.headers) {
    const bool token =
        ws::equal_ignoring_case(name, "Upgrade") || ws::equal_ignoring_case(name, "Connection");
    name = flipped(name);
    if (token) value = flipped(value);
  }
}

}  // namespace

extern const Fault handshake_odd_case = {
    .name = "odd-case",
    .layer = Layer::handshake,
    .about = "Answers correctly, with header names and tokens in another case, which is legal.",
    .background = "Legal: names and tokens are compared without regard to case.",
    .correct = "Opens the connection.",
    .source = "RFC 6455, section 4.1 (response, items 2 and 3); RFC 9110, section 5.1",
    .spoil = spoil,
};

}  // namespace halfopen::faults
