#include "faults/arguments.h"
#include "faults/fault.h"

namespace halfopen::faults {
namespace {

void mislead(Resolution& resolution, const Arguments& arguments) {
  resolution.truncated = true;
  const auto& tcp = argument<std::string>(arguments, "tcp");
  if (tcp == "refused") resolution.tcp = Resolution::Tcp::refuses;
  if (tcp == "silent") resolution.tcp = Resolution::Tcp::says_nothing;
}

}  // namespace

extern const Fault dns_truncated = {
    .name = "truncated",
    .layer = Layer::dns,
    .about =
        "Over UDP every answer is empty and marked as truncated (TC), so that it must be asked for "
        "by TCP.",
    .background = "An answer that is too long for UDP.",
    .correct = "Asks again by TCP; where that fails, too, it tries again later.",
    .source = "RFC 1035, section 4.2.1; RFC 7766, section 5",
    .parameters = {{.name = "tcp",
                    .fallback = "answered",
                    .about = "What becomes of a query by TCP.",
                    .choices = {"answered", "refused", "silent"}}},
    .mislead = mislead,
};

}  // namespace halfopen::faults
