#include "faults/fault.h"

namespace halfopen::faults {
namespace {

std::vector<Act> acts(const Arguments& /*arguments*/) { return {{Act::Kind::hold}}; }

}  // namespace

extern const Fault close_unanswered = {
    .name = "unanswered",
    .layer = Layer::close,
    .about = "Does nothing when the client closes: no Close frame in answer, and no end of TCP.",
    .background = "A server whose reader hangs while its kernel still takes bytes.",
    .correct = "Ends TCP by a timer of its own.",
    .source = "RFC 6455, section 7.1.1",
    .acts = acts,
};

}  // namespace halfopen::faults
