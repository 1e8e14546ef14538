// What was wanted, as it is in a verdict: plain data. report/ has the words.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "base/range.h"
#include "faults/fault.h"
#include "scenario/scenario.h"
#include "trace/event.h"

namespace halfopen::judge {
namespace wanted {

/// One at least, though the scenario says nothing of attempts.
struct AnAttempt {};
/// Gaps that grow, or that do not.
struct Growing {
  bool yes = true;
};
/// That the client gives up, or keeps trying.
struct GivingUp {
  bool yes = true;
};
/// A field of a request.
struct Field {
  std::string name;
  scenario::FieldMatch match;
};
/// A Close frame with one of these codes.
struct Close {
  std::vector<int> codes;
};
struct NoCrash {};
struct ExitCode {
  int code = 0;
};
/// A line of output that the expression matches.
struct Line {
  std::string pattern;
};
/// How much the client's memory may grow by.
struct Memory {
  SizeRange growth;
};
/// How long the last connection is to live.
struct Settling {
  Duration time{};
};
/// In that time.
struct StepsDone {
  Duration within{};
};
/// In the ClientHello; `any`: in one at least.
struct HostName {
  std::string name;
  bool any = false;
};
/// One of these about that fault.
struct Alert {
  std::vector<std::string> one_of;
  std::string fault;
};
/// No attempt for that time after an HTTP answer.
struct Patience {
  Duration time{};
  int status = 0;
};
/// An invariant that says all there is to say of it.
enum class Rule {
  holds,  ///< One that the server's side sees broken, whatever it is.
  fresh_key,
  one_connecting,
  one_connection,
  one_close,
  no_hot_loop,
  silence_after_giving_up,
  no_open_after_bad_answer,
  no_frame_after_bad_answer,
};
/// No request behind TLS with that fault.
struct NoRequest {
  const faults::Fault* fault = nullptr;  ///< Of the catalogue, as below.
};
/// The end of TCP within that time of a bad answer to the handshake.
struct Leaving {
  Duration within{};
};
/// The end of the connection within that time of the fault.
struct Failing {
  Duration within{};
  const faults::Fault* fault = nullptr;
};
/// A Close frame with one of the codes that the fault calls for.
struct CloseAfter {
  const faults::Fault* fault = nullptr;
};

}  // namespace wanted

/// Ranges are those of the expectation's own kind; a StepFailed says what its step wanted.
using Wanted =
    std::variant<CountRange, DurationRange, scenario::Curve, scenario::ClientEvent,
                 scenario::MessageExpectation, scenario::RequestExpectation, trace::StepFailed,
                 wanted::AnAttempt, wanted::Growing, wanted::GivingUp, wanted::Field, wanted::Close,
                 wanted::NoCrash, wanted::ExitCode, wanted::Line, wanted::Memory, wanted::Settling,
                 wanted::StepsDone, wanted::HostName, wanted::Alert, wanted::Patience, wanted::Rule,
                 wanted::NoRequest, wanted::Leaving, wanted::Failing, wanted::CloseAfter>;

}  // namespace halfopen::judge
