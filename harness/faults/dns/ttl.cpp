#include "faults/arguments.h"
#include "faults/fault.h"

namespace halfopen::faults {
namespace {

constexpr std::int64_t longest = 0x7fffffff;  // RFC 2181, section 8

void mislead(Resolution& resolution, const Arguments& arguments) {
  const Duration time = argument<Duration>(arguments, "time");
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(time);
  if (seconds != time || seconds.count() > longest)
    throw Error("set a TTL", "it is a whole number of seconds, up to 2147483647");
  resolution.ttl = static_cast<std::uint32_t>(seconds.count());
}

}  // namespace

extern const Fault dns_ttl = {
    .name = "ttl",
    .layer = Layer::dns,
    .about = "Every query is answered correctly, and the answer may be kept for so long (TTL).",
    .background = "Answers that may be kept.",
    .correct =
        "May use the address again until its time is over, and looks the name up anew after that.",
    .source = "RFC 1035, section 3.2.1; RFC 2181, section 8",
    .parameters = {{.name = "time",
                    .type = Type::duration,
                    .fallback = "60s",
                    .about = "How long an answer may be kept, in whole seconds."}},
    .mislead = mislead,
};

}  // namespace halfopen::faults
