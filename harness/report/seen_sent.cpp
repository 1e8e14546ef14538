// What the client sent, in words.
#include <fmt/format.h>

#include "base/bytes.h"
#include "report/seen_words.h"
#include "report/step_words.h"
#include "report/verdict_text.h"
#include "report/words.h"

namespace halfopen::report {

using namespace judge;

namespace {

/// What ended the connection before the step failed, or was given up.
std::string before(const seen::Step& seen) {
  if (!seen.before) return "";
  if (seen.failed.cause == trace::Cause::ended)
    return "; the server had closed first, at " + moment(seen.before->at);
  return "; " + in_words(*seen.before);
}

}  // namespace

std::string in_words(const seen::Close& seen) {
  return fmt::format("Close {}{}", seen.code, seen.at ? " at " + moment(*seen.at) : "");
}

std::string in_words(const seen::NoClose& seen) {
  return seen.by_client ? "no Close frame from the client" : "no Close frame";
}

std::string in_words(const seen::Messages& seen) {
  const std::string count = seen.count == 0
                                ? "no such message"
                                : count_of(static_cast<std::size_t>(seen.count), "such message");
  return count + at_moments(seen.times);
}

std::string in_words(const seen::Field& seen) {
  const std::string joined = fmt::format("{}", fmt::join(seen.values, ", "));
  const std::string what =
      seen.values.empty() ? "none" : "\"" + printable(as_bytes(joined), 100) + "\"";
  return fmt::format("the request {}of attempt {} had {} at {}",
                     seen.to_proxy ? "to the proxy " : "", seen.attempt, what, moment(seen.at));
}

std::string in_words(const seen::NoRequest& seen) {
  return seen.attempt ? fmt::format("no request in attempt {}", *seen.attempt) : "no request";
}

std::string in_words(const seen::HostName& seen) {
  return seen.name.empty() ? "no host name" : seen.name;
}

std::string in_words(const seen::NoTls&) { return "no TLS connection that opened"; }

std::string in_words(const seen::Alert& seen) {
  return seen.name.empty() ? "no alert" : "the alert " + seen.name;
}

std::string in_words(const seen::Step& seen) {
  return fmt::format("{} (at {}){}", seen_instead(seen.failed), moment(seen.at), before(seen));
}

std::string in_words(const seen::OpenStep& seen) {
  return fmt::format("step {} ({}), begun at {}, was not done", seen.text,
                     line_in_words(seen.line, seen.file), moment(seen.begun));
}

}  // namespace halfopen::report
