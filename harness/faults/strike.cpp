#include "faults/strike.h"

#include "faults/arguments.h"

namespace halfopen::faults {

std::vector<Parameter> strike_parameters() {
  return {{.name = "bytes",
           .type = Type::size,
           .fallback = "0",
           .about = "How much of the client's first bytes is read before: 0 waits for none.",
           .highest = std::int64_t{1024} * 1024},
          {.name = "after",
           .type = Type::duration,
           .fallback = "0s",
           .about = "How long it waits from then on."}};
}

Reception accepted_until(const Arguments& arguments, Act::Kind act) {
  return {.after_bytes = argument<std::int64_t>(arguments, "bytes"),
          .after = argument<Duration>(arguments, "after"),
          .end = Act{act}};
}

}  // namespace halfopen::faults
