#include "report/words.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <nlohmann/json.hpp>

#include "base/bytes.h"

namespace halfopen::report {
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

std::string in_words(const judge::Ending& ending) {
  using How = judge::Ending::How;
  const std::string name = fmt::format("attempt {}", ending.attempt);
  std::string ended = fmt::format("{} ended at {}", name, moment(ending.at));
  switch (ending.how) {
    case How::none:
      return name + " did not end";
    case How::visible:
      return ended + " " + way_of(ending.end);
    case How::left:
      return ended + ", left by the client";
    case How::said:
      return ended + ", as the client said";
    case How::exited:
      return ended + ", as the client exited";
    case How::over:
      return ended;
    case How::silence:
      return fmt::format("{} fell silent at {}", name, moment(ending.at));
    case How::last_sign:
      return fmt::format("{} gave its last sign at {}", name, moment(ending.at));
  }
  return "";
}

std::string alternatives(const std::vector<int>& codes) {
  return fmt::format("{}", fmt::join(codes, " or "));
}

std::string at_moments(const std::vector<Duration>& times) {
  constexpr std::size_t most = 8;
  std::string text;
  for (std::size_t i = 0; i < std::min(times.size(), most); ++i)
    text += (i == 0 ? ", at " : ", ") + moment(times[i]);
  return times.size() > most ? text + " …" : text;
}

std::string in_words(const trace::ClientExited& exit) {
  if (exit.signal == 0) return fmt::format("exited with {}", exit.code);
  const char* name = ::sigabbrev_np(exit.signal);
  return name ? fmt::format("died of SIG{}", name) : fmt::format("died of signal {}", exit.signal);
}

std::string code_as_it_came(const trace::ClientEvent& event) {
  if (event.code != 0) return fmt::format(" {}", event.code);
  const auto line = nlohmann::json::parse(event.json, nullptr, false);
  if (!line.is_object() || !line.contains("code")) return "";
  using nlohmann::json;
  const std::string code = line["code"].dump(-1, ' ', false, json::error_handler_t::replace);
  return " " + printable(as_bytes(code), 40);
}

}  // namespace halfopen::report
