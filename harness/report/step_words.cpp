#include "report/step_words.h"

#include <fmt/format.h>

#include <charconv>

#include "base/bytes.h"
#include "base/units.h"
#include "scenario/words.h"

namespace halfopen::report {
namespace {

using trace::Missed;
using trace::StepFailed;

Bytes bytes_of(std::string_view digits) {
  Bytes bytes;
  for (; digits.size() >= 2; digits.remove_prefix(2))
    std::from_chars(digits.begin(), digits.begin() + 2, bytes.emplace_back(), 16);
  return bytes;
}

scenario::Match match_of(const StepFailed& failed) {
  switch (failed.matching) {
    case trace::Matching::any:
      return scenario::AnyMessage{};
    case trace::Matching::text:
      return scenario::TextMatch{failed.pattern};
    case trace::Matching::regex:
      return scenario::RegexMatch{failed.pattern};
    case trace::Matching::json:
      return scenario::JsonMatch{failed.pattern};
    case trace::Matching::hex:
      return scenario::HexMatch{bytes_of(failed.pattern)};
  }
  return scenario::AnyMessage{};
}

std::string close_frame(int code) {
  return code == 0 ? "a Close frame" : fmt::format("a Close frame with code {}", code);
}

std::string listed(const std::vector<std::string>& messages) {
  std::string text;
  for (const std::string& each : messages)
    text += fmt::format("{}`{}`", text.empty() ? "" : ", ", each);
  return text;
}

std::string came(const StepFailed& failed) {
  std::string text;
  switch (failed.missed) {
    case Missed::message:
      text = failed.came.empty() ? "nothing" : listed(failed.came);
      if (!failed.before.empty())
        text += "; " + listed(failed.before) +
                " had come before, and was passed over by an earlier step";
      break;
    case Missed::pong:
      text = "no pong with that payload";
      break;
    case Missed::close:
    case Missed::answer:
      text = "no Close frame";
      break;
    case Missed::connection:
      break;
  }
  if (failed.repeat > 1) text += fmt::format(" (after {} of {})", failed.done, failed.repeat);
  return text;
}

std::string_view name_of(trace::By by) {
  switch (by) {
    case trace::By::client:
      return "the client";
    case trace::By::server:
      return "the server";
    case trace::By::middlebox:
      return "a middlebox";
  }
  return "";
}

std::string end_of(const StepFailed& failed) {
  if (failed.how == trace::End::close)
    return fmt::format("the client closed (Close {})", failed.close_code);
  const bool reset = failed.how == trace::End::reset;
  std::string end =
      fmt::format("{} {}", name_of(failed.by), reset ? "reset TCP (RST)" : "ended TCP (FIN)");
  if (failed.close_code == 0) return end;
  const char* whose = failed.by == trace::By::client ? "its" : "the client's";
  return fmt::format("{}, after {} Close {}", end, whose, failed.close_code);
}

}  // namespace

std::string wanted_of(const StepFailed& failed) {
  const std::string within = " within " + format(failed.within);
  switch (failed.missed) {
    case Missed::message:
      return scenario::in_words(match_of(failed)) + within;
    case Missed::close:
      return close_frame(failed.code) + (failed.cause == trace::Cause::other_code ? "" : within);
    case Missed::pong:
      return "a pong" + within;
    case Missed::answer:
      return "a Close frame in answer" + within + " (RFC 6455, section 5.5.1)";
    case Missed::connection:
      return "the connection to last until this step and those behind it are done";
  }
  return "";
}

std::string seen_instead(const StepFailed& failed) {
  switch (failed.cause) {
    case trace::Cause::time:
      return came(failed);
    case trace::Cause::other_code:
      return close_frame(failed.close_code);
    case trace::Cause::ended:
      if (failed.missed == Missed::connection) return end_of(failed);
      return came(failed) + "; then " + end_of(failed);
  }
  return "";
}

}  // namespace halfopen::report
