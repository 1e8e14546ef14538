#include "scenario/step_times.h"

#include <algorithm>
#include <variant>

namespace halfopen::scenario {
namespace {

template <class... Each>
struct Cases : Each... {
  using Each::operator()...;
};
template <class... Each>
Cases(Each...) -> Cases<Each...>;

/// What a step adds to the time of the one before it.
struct Length {
  Duration least{};
  std::optional<Duration> most = Duration::zero();
};

Length length_of(const StepBody& body) {
  return std::visit(
      Cases{[](const WaitStep& step) {
              return Length{step.time, step.time};
            },
            [](const ExpectStep& step) {
              return Length{{}, step.within};
            },
            [](const ExpectCloseStep& step) {
              return Length{{}, step.within};
            },
            [](const PingStep& step) {
              return Length{{}, step.pong_within.value_or(Duration::zero())};
            },
            [](const SendStep&) { return Length{}; }, [](const EchoStep&) { return Length{}; },
            [](const CloseStep&) { return Length{}; }, [](const FaultStep&) { return Length{}; },
            [](const RawStep&) { return Length{}; }, [](const FrameStep&) { return Length{}; },
            [](const LinkStep&) { return Length{}; }, [](const TellStep&) { return Length{}; },
            [](const ReadStep&) { return Length{}; }, [](const WriteStep&) { return Length{}; }},
      body);
}

/// When the moment of a step has come that is next from `now` on.
StepTime at_moment(const StepTime& now, const Moment& moment) {
  const StepTime unknown{now.earliest, std::nullopt};
  return std::visit(
      Cases{[&](const AtOnce&) { return now; },
            [&](const AfterTime& after) {
              StepTime time = now;
              time.earliest = std::max(time.earliest, after.time);
              if (time.latest) time.latest = std::max(*time.latest, after.time);
              return time;
            },
            [&](const AfterMessages&) { return unknown; },
            [&](const AfterBytes&) { return unknown; }, [&](const InMessage&) { return unknown; },
            [&](const InEcho&) { return unknown; }},
      moment);
}

/// `time` and so often `more`; at most forever.
Duration sum(Duration time, Duration more, int often) {
  if (more == Duration::zero() || often == 0) return time;
  return (forever - time) / often < more ? forever : time + more * often;
}

/// So often one after the other.
StepTime later(StepTime time, const Length& length, int often) {
  time.earliest = sum(time.earliest, length.least, often);
  if (!length.most) time.latest.reset();
  if (time.latest) time.latest = sum(*time.latest, *length.most, often);
  return time;
}

}  // namespace

std::vector<StepTime> step_times(const std::vector<Step>& steps) {
  std::vector<StepTime> times;
  StepTime now;
  for (const Step& step : steps) {
    now = at_moment(now, step.moment);
    now = later(now, length_of(step.body), step.repeat);
    times.push_back(now);
    // What is sent several times is done when the last has gone out.
    for (int i = 0; i < step.repeat && step.every > Duration::zero(); ++i)
      now = later(now, {step.every, step.every}, step.times - 1);
  }
  return times;
}

}  // namespace halfopen::scenario
