#include "faults/arguments.h"
#include "faults/fault.h"
#include "faults/record.h"

namespace halfopen::faults {
namespace {

std::vector<Act> acts(const Arguments& arguments) {
  return {{Act::Kind::bare, unencrypted_record(argument<std::int64_t>(arguments, "length"))}};
}

}  // namespace

extern const Fault drop_oversized_record = {
    .name = "oversized-record",
    .layer = Layer::drop,
    .about =
        "Sends a TLS record that is longer than any may be, in the middle of an open connection.",
    .background = "A broken or hostile server that tries the limits of the client's buffer.",
    .correct = "Ends the connection with the alert record_overflow (1006), and retries.",
    .source = "RFC 8446, section 5.2",
    .parameters = {{.name = "length",
                    .type = Type::count,
                    .fallback = "65535",
                    .about = "Of the record, in bytes; TLS 1.2 allows 18432, TLS 1.3 16640.",
                    .lowest = 18433,
                    .highest = 65535}},
    .acts = acts,
    .needs_tls = true,
};

}  // namespace halfopen::faults
