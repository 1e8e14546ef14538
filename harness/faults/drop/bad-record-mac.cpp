#include "faults/arguments.h"
#include "faults/fault.h"
#include "faults/record.h"

namespace halfopen::faults {
namespace {

std::vector<Act> acts(const Arguments& arguments) {
  return {{Act::Kind::bare, unencrypted_record(argument<std::int64_t>(arguments, "length"))}};
}

}  // namespace

extern const Fault drop_bad_record_mac = {
    .name = "bad-record-mac",
    .layer = Layer::drop,
    .about = "Sends a TLS record that nobody has encrypted, in the middle of an open connection.",
    .background = "Damaged memory or a middlebox that rewrites what it cannot read.",
    .correct =
        "Ends the connection with the alert bad_record_mac, delivers nothing of it (1006), and "
        "retries.",
    .source = "RFC 8446, section 5.2",
    .parameters = {{.name = "length",
                    .type = Type::count,
                    .fallback = "64",
                    .about = "Of the record, in bytes.",
                    .lowest = 32,
                    .highest = 16640}},
    .acts = acts,
    .needs_tls = true,
};

}  // namespace halfopen::faults
