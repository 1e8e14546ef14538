// What was wanted, in words.
#include <fmt/format.h>

#include "base/units.h"
#include "report/step_words.h"
#include "report/verdict_words.h"
#include "report/words.h"
#include "scenario/words.h"

namespace halfopen::report {
namespace {

using namespace judge::wanted;

std::string in_words(Rule rule) {
  switch (rule) {
    case Rule::holds:
      return "it to hold";
    case Rule::fresh_key:
      return "a new Sec-WebSocket-Key for every attempt";
    case Rule::one_connecting:
      return "one connection at a time in CONNECTING";
    case Rule::one_connection:
      return "no second live connection";
    case Rule::one_close:
      return "one `close` reported for each connection that ended";
    case Rule::no_hot_loop:
      return "no more than three retries in a row within 100 ms";
    case Rule::silence_after_giving_up:
      return "no attempt after the client said that it gave up";
    case Rule::no_open_after_bad_answer:
      return "no `open` after a bad answer to the handshake";
    case Rule::no_frame_after_bad_answer:
      return "no frame after a bad answer to the handshake";
  }
  return "";
}

std::string event_in_words(const scenario::ClientEvent& wanted) {
  std::string text = "`" + wanted.event + "`";
  if (wanted.code) text += fmt::format(" with code {}", *wanted.code);
  if (wanted.clean) text += *wanted.clean ? ", clean" : ", not clean";
  if (wanted.text) text += fmt::format(" with a text like /{}/", *wanted.text);
  if (wanted.attempt) text += fmt::format(" in attempt {}", *wanted.attempt);
  if (wanted.by) text += fmt::format(" by {}", moment(*wanted.by));
  if (wanted.count == CountRange{1, no_limit}) return text;
  if (wanted.count == CountRange{0, 0}) return "no " + text;
  if (wanted.count == CountRange{1, 1}) return text + ", once";
  return text + fmt::format(", {} times", format(wanted.count));
}

struct Words {
  std::string operator()(const CountRange& range) const { return format(range); }
  std::string operator()(const DurationRange& range) const { return format(range); }
  std::string operator()(const scenario::Curve& curve) const { return scenario::in_words(curve); }
  std::string operator()(const scenario::ClientEvent& event) const { return event_in_words(event); }
  std::string operator()(const scenario::MessageExpectation& message) const {
    return scenario::in_words(message);
  }
  std::string operator()(const scenario::RequestExpectation& request) const {
    return scenario::in_words(request);
  }
  std::string operator()(const trace::StepFailed& failed) const { return wanted_of(failed); }
  std::string operator()(const AnAttempt&) const { return "at least one attempt"; }
  std::string operator()(const Growing& growing) const {
    return growing.yes ? "gaps that grow" : "gaps that do not grow";
  }
  std::string operator()(const GivingUp& giving_up) const {
    return giving_up.yes ? "the client to give up" : "the client to keep trying";
  }
  std::string operator()(const Field& field) const {
    return fmt::format("{} {}", field.name, scenario::in_words(field.match));
  }
  std::string operator()(const Close& close) const { return "Close " + alternatives(close.codes); }
  std::string operator()(const NoCrash&) const { return "the client not to crash"; }
  std::string operator()(const ExitCode& exit) const { return std::to_string(exit.code); }
  std::string operator()(const Line& line) const { return "a line like /" + line.pattern + "/"; }
  std::string operator()(const Memory& memory) const {
    return "its memory to grow by " + format(memory.growth);
  }
  std::string operator()(const Settling& settling) const {
    return "the last connection to live for " + format(settling.time);
  }
  std::string operator()(const StepsDone& steps) const {
    return "all steps done within " + format(steps.within);
  }
  std::string operator()(const HostName& host) const {
    return fmt::format("the host name {} in {} ClientHello", host.name, host.any ? "a" : "the");
  }
  std::string operator()(const Alert& alert) const {
    return fmt::format("the alert {} about the fault {} (RFC 8446, section 6.2: SHOULD)",
                       fmt::join(alert.one_of, " or "), alert.fault);
  }
  std::string operator()(const Patience& patience) const {
    return fmt::format(
        "no attempt for {} after HTTP {} with Retry-After (RFC 9110, section 10.2.3)",
        span(patience.time), patience.status);
  }
  std::string operator()(Rule rule) const { return in_words(rule); }
  std::string operator()(const NoRequest& no) const {
    return fmt::format("no request behind TLS with the fault {} ({})", no.fault->name,
                       no.fault->source);
  }
  std::string operator()(const Leaving& leaving) const {
    return "the TCP connection closed within " + span(leaving.within) +
           " of a bad answer to the handshake";
  }
  std::string operator()(const Failing& failing) const {
    return fmt::format("the connection to be failed within {} of the fault {} ({})",
                       span(failing.within), failing.fault->name, failing.fault->source);
  }
  std::string operator()(const CloseAfter& close) const {
    return fmt::format("Close {} after the fault {} (RFC 6455, section 7.1.7: SHOULD)",
                       alternatives(close.fault->fails_with), close.fault->name);
  }
};

}  // namespace

std::string in_words(const judge::Wanted& wanted) { return std::visit(Words{}, wanted); }

}  // namespace halfopen::report
