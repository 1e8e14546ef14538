#include "faults/fault.h"

namespace halfopen::faults {
namespace {

void spoil(ws::Answer& answer, const Arguments& /*arguments*/, const Asked& /*asked*/) {
  for (auto& field : answer.headers) field.second = " \t " + field.second + " \t ";
}

}  // namespace

extern const Fault handshake_extra_space = {
    .name = "extra-space",
    .layer = Layer::handshake,
    .about = "Answers correctly, with spaces and tabs around every value, which is legal.",
    .background = "Legal: white space around a value is no part of it.",
    .correct = "Opens the connection.",
    .source = "RFC 6455, section 4.1 (response, item 4); RFC 9110, section 5.5",
    .spoil = spoil,
};

}  // namespace halfopen::faults
