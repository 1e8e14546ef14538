#include "base/calendar.h"
#include "faults/arguments.h"
#include "faults/fault.h"

namespace halfopen::faults {
namespace {

std::string value_of(const Arguments& arguments, std::int64_t now) {
  // Whole seconds, and never less than what was asked for.
  const auto wait = std::chrono::ceil<std::chrono::seconds>(argument<Duration>(arguments, "after"));
  if (argument<std::string>(arguments, "form") == "seconds") return std::to_string(wait.count());
  return http_date(now + wait.count() + 1);
}

void spoil(ws::Answer& answer, const Arguments& arguments, const Asked& asked) {
  answer.status = static_cast<int>(argument<std::int64_t>(arguments, "status"));
  answer.reason = ws::reason_of(answer.status);
  answer.headers = {{"Retry-After", value_of(arguments, asked.time)},
                    {"Content-Length", "0"},
                    {"Connection", "close"}};
  answer.valid = false;
}

}  // namespace

extern const Fault handshake_retry_after = {
    .name = "retry-after",
    .layer = Layer::handshake,
    .about = "Refuses, and says by Retry-After when to come again.",
    .background =
        "An overloaded server asks for time; in the form of a date this depends on both clocks.",
    .correct = "Fails the connection, and should come again no earlier than that.",
    .source = "RFC 9110, section 10.2.3; RFC 6585, section 4",
    .parameters =
        {
            {.name = "status",
             .type = Type::count,
             .fallback = "503",
             .about = "The HTTP status.",
             .lowest = 300,
             .highest = 599},
            {.name = "after",
             .type = Type::duration,
             .fallback = "3s",
             .about = "How long to wait; rounded up to whole seconds."},
            {.name = "form",
             .type = Type::text,
             .fallback = "seconds",
             .about = "A number of seconds, or a date (up to 2 s later than asked for).",
             .choices = {"seconds", "date"}},
        },
    .spoil = spoil,
};

}  // namespace halfopen::faults
