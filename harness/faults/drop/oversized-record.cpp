#include "faults/arguments.h"
#include "faults/fault.h"

namespace halfopen::faults {
namespace {

std::vector<Act> acts(const Arguments& arguments) {
  const auto length = static_cast<std::size_t>(argument<std::int64_t>(arguments, "length"));
  constexpr std::uint8_t application_data = 23;
  Bytes record{application_data, 3, 3, static_cast<std::uint8_t>(length >> 8),
               static_cast<std::uint8_t>(length & 0xff)};
  record.resize(record.size() + length, 0x5a);
  return {{Act::Kind::bare, record}};
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
