#include "faults/fault.h"

namespace halfopen::faults {
namespace {

void mislead(Resolution& resolution, const Arguments& /*arguments*/) { resolution.empty = true; }

}  // namespace

extern const Fault dns_no_data = {
    .name = "no-data",
    .layer = Layer::dns,
    .about = "The name exists, but every query for its address is answered without a record.",
    .background = "The name has records, but none of an address.",
    .correct = "Reports a failed connection and tries again by its policy, with a new look-up.",
    .source = "RFC 2308, section 2.2",
    .mislead = mislead,
};

}  // namespace halfopen::faults
