#include "judge/words.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

namespace halfopen::judge {
namespace {

double seconds(Duration duration) { return std::chrono::duration<double>(duration).count(); }

// By its RCODE (RFC 1035, section 4.1.1).
std::string failed_look_up(int code) {
  if (code == 0) return "a look-up without an address";
  if (code == 2) return "SERVFAIL";
  if (code == 3) return "NXDOMAIN";
  return code == 5 ? "REFUSED" : fmt::format("RCODE {}", code);
}

}  // namespace

std::string span(Duration duration) {
  const double s = seconds(duration);
  if (s < 0.0995) return fmt::format("{:.1f} ms", s * 1000);
  if (s < 0.9995) return fmt::format("{:.0f} ms", s * 1000);
  return fmt::format("{:.2f} s", s);
}

std::string moment(Duration since_start) { return fmt::format("{:.2f} s", seconds(since_start)); }

std::string count_of(std::size_t count, std::string_view what) {
  return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

std::string way_of(const trace::EndVisible& end) {
  const int code = end.code;
  const std::string whose = end.by == trace::By::middlebox ? "by a middlebox's " : "by ";
  switch (end.how) {
    case trace::End::reset:
      return whose + "RST";
    case trace::End::fin:
      return whose + "FIN";
    case trace::End::close:
      return code == 0 ? "by Close" : fmt::format("by Close {}", code);
    case trace::End::refusal:
      return code == 101 ? "by a bad 101" : fmt::format("by HTTP {}", code);
    case trace::End::alert:
      return "by a TLS alert";
    case trace::End::unreachable:
      return code == 0 ? "by ICMP unreachable" : fmt::format("by ICMP unreachable, code {}", code);
    case trace::End::silence:
      return "in silence";
    case trace::End::unresolved:
      return "by " + failed_look_up(code);
  }
  return "";
}

std::string ending(const AttemptView& attempt) {
  const std::string name = fmt::format("attempt {}", attempt.number);
  if (attempt.gap_at_most && attempt.accepted)
    return fmt::format("{} fell silent at {}", name, moment(*attempt.silent_since));
  if (attempt.gap_at_most)
    return fmt::format("{} gave its last sign at {}", name, moment(attempt.last_sign));
  if (!attempt.ended) return fmt::format("{} did not end", name);
  std::string ended = fmt::format("{} ended at {}", name, moment(*attempt.ended));
  if (attempt.ended_by_exit) return ended + ", as the client exited";
  if (attempt.ended == attempt.end_visible)
    return ended + " " + way_of({attempt.end, attempt.end_code, attempt.end_by});
  if (attempt.ended == attempt.left) return ended + ", left by the client";
  if (attempt.ended == attempt.over) return ended;
  return ended + ", as the client said";
}

bool same_name(std::string_view a, std::string_view b) {
  return std::ranges::equal(
      a, b, [](unsigned char x, unsigned char y) { return std::tolower(x) == std::tolower(y); });
}

}  // namespace halfopen::judge
