// The steps of an attempt, and when they strike.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "base/bytes.h"
#include "base/diagnostic.h"
#include "base/time.h"
#include "faults/fault.h"
#include "link/settings.h"
#include "scenario/message.h"

namespace halfopen::scenario {

struct SendStep {
  std::string text;  ///< Or any bytes.
  bool binary = false;
};
struct ExpectStep {
  Match match;
  Duration within = std::chrono::seconds(5);
};
/// Waits for the client's Close frame.
struct ExpectCloseStep {
  std::optional<int> code;
  Duration within = std::chrono::seconds(5);
};
struct PingStep {
  std::string payload;
  /// If set, the pong must come within this time.
  std::optional<Duration> pong_within;
};
struct WaitStep {
  Duration time{};
};
/// From now on every message is sent back; ends the steps that wait for nothing else.
struct EchoStep {};
struct CloseStep {
  std::optional<int> code;  ///< None: an empty Close frame.
  std::string reason;
  /// Wait for the client's Close and end TCP (RFC 6455, section 7.1.1); false: the Close frame
  /// is sent and the next step begins.
  bool finish = true;
};
/// A fault of the layers frame, close and drop.
struct FaultStep {
  faults::Use fault;
};
struct RawStep {
  Bytes bytes;
};
/// From now on the server reads so fast: `{ read = "10kB/s" }`.
struct ReadStep {
  std::optional<double> rate;  ///< Bits a second; 0: nothing at all; none: all that comes.
};
/// From now on the server writes each byte in a TCP segment of its own, or not any more.
struct WriteStep {
  bool bytewise = false;
};
/// One frame with anything wrong about it: `{ frame = { opcode = 3, … } }`.
struct FrameStep {
  int opcode = 1;
  bool fin = true;
  int rsv = 0;
  bool masked = false;
  int length_bits = 0;  ///< 0: minimal
  std::optional<std::uint64_t> declared_length;
  Bytes payload;
};
struct LinkStep {
  link::Change change;
};
struct TellStep {
  Tell tell;
};

using StepBody =
    std::variant<SendStep, ExpectStep, ExpectCloseStep, PingStep, WaitStep, EchoStep, CloseStep,
                 FaultStep, RawStep, FrameStep, LinkStep, TellStep, ReadStep, WriteStep>;

/// When a step of frame, close or drop strikes, once its turn has come. Everything is counted from
/// the opening of the connection.
struct AtOnce {};
struct AfterMessages {
  int count = 1;  ///< Whole data messages of the client's.
};
struct AfterBytes {
  std::uint64_t count = 0;  ///< Bytes of the client's frames.
};
struct AfterTime {
  Duration time{};
};
/// While the client's nth message is arriving: its first frame has begun, and it is not yet whole.
struct InMessage {
  int nth = 1;
};
/// Half-way through the nth message that is echoed, which is cut in two fragments there.
struct InEcho {
  int nth = 1;
};
using Moment = std::variant<AtOnce, AfterMessages, AfterBytes, AfterTime, InMessage, InEcho>;

struct Step {
  StepBody body;
  Place place;
  Moment moment{};    ///< Steps of frame, close and drop only, as `chance`.
  double chance = 1;  ///< Whether it does anything when that moment has come.
  /// It is passed over where the connection is over before it is done.
  bool optional = false;
  int repeat = 1;  ///< So many times, each when the one before is done.
  /// Of send, raw and plain frames: what is sent goes out so many times, so far from each other.
  int times = 1;
  Duration every{};
};

}  // namespace halfopen::scenario
