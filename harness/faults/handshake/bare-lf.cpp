#include <string>

#include "faults/fault.h"

namespace halfopen::faults {
namespace {

void spoil(ws::Answer& answer, const Arguments& /*arguments*/, const Asked& /*asked*/) {
  std::string text = ws::serialise(answer);
  std::erase(text, '\r');
  answer.raw = text;
}

}  // namespace

extern const Fault handshake_bare_lf = {
    .name = "bare-lf",
    .layer = Layer::handshake,
    .about = "Ends the lines of the correct answer with LF instead of CRLF.",
    .background = "Lines that end as Unix has them; a recipient may take them.",
    .correct = "Opens, or fails the connection.",
    .source = "RFC 9112, section 2.2",
    .spoil = spoil,
    .leaves_it_open = true,
};

}  // namespace halfopen::faults
