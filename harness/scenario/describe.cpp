// One step in words.
#include <fmt/format.h>

#include "base/units.h"
#include "scenario/scenario.h"
#include "scenario/words.h"
#include "ws/frame.h"

namespace halfopen::scenario {
namespace {

struct Words {
  std::string operator()(const SendStep& step) const {
    return fmt::format("send {}{}", step.binary ? "binary " : "", in_quotes(step.text));
  }
  std::string operator()(const ExpectStep& step) const {
    return fmt::format("expect {} within {}", in_words(step.match), format(step.within));
  }
  std::string operator()(const ExpectCloseStep& step) const {
    return fmt::format("expect Close{} within {}", step.code ? fmt::format(" {}", *step.code) : "",
                       format(step.within));
  }
  std::string operator()(const PingStep& step) const {
    return fmt::format("ping {}{}", in_quotes(step.payload),
                       step.pong_within ? ", pong within " + format(*step.pong_within) : "");
  }
  std::string operator()(const WaitStep& step) const { return "wait " + format(step.time); }
  std::string operator()(const EchoStep&) const { return "echo every message"; }
  std::string operator()(const CloseStep& step) const {
    return fmt::format("close {}{}{}",
                       step.code ? std::to_string(*step.code) : "with an empty frame",
                       step.reason.empty() ? "" : " " + in_quotes(step.reason),
                       step.finish ? "" : ", without finishing");
  }
  std::string operator()(const FaultStep& step) const {
    return fmt::format("{}: {}", faults::key_of(step.fault.fault->layer), in_words(step.fault));
  }
  std::string operator()(const RawStep& step) const {
    return fmt::format("send {} raw bytes: {}", step.bytes.size(), in_quotes(as_text(step.bytes)));
  }
  std::string operator()(const FrameStep& step) const {
    std::string out =
        fmt::format("send a {} frame", ws::name_of(static_cast<std::uint8_t>(step.opcode)));
    if (!step.fin) out += ", not final";
    if (step.rsv != 0) out += fmt::format(", RSV bits {}", step.rsv);
    if (step.masked) out += ", masked";
    if (step.length_bits != 0) out += fmt::format(", {}-bit length", step.length_bits);
    if (step.declared_length) out += fmt::format(", declaring {} bytes", *step.declared_length);
    return out + fmt::format(", payload of {} bytes", step.payload.size());
  }
  std::string operator()(const LinkStep& step) const { return "link: " + step.change.text; }
  std::string operator()(const TellStep& step) const {
    return "tell the client: " + in_words(step.tell);
  }
  std::string operator()(const ReadStep& step) const {
    if (!step.rate) return "read all that comes";
    return *step.rate > 0 ? "read " + format_rate(*step.rate) : "read nothing";
  }
  std::string operator()(const WriteStep& step) const {
    return step.bytewise ? "write one byte a segment" : "write in whole segments";
  }
};

}  // namespace

std::string describe(const Step& step) {
  std::string out = std::visit(Words{}, step.body);
  if (const std::string moment = in_words(step.moment); !moment.empty()) out += ", " + moment;
  if (step.times > 1) {
    out += fmt::format(", {} times", step.times);
    if (step.every > Duration::zero()) out += fmt::format(" every {}", format(step.every));
  }
  if (step.repeat > 1) out += fmt::format(", repeated {} times", step.repeat);
  if (step.optional) out += ", if the connection lasts";
  if (step.chance < 1) out += fmt::format(", with a chance of {}", format_share(step.chance));
  return out;
}

}  // namespace halfopen::scenario
