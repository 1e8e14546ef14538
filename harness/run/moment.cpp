#include "run/moment.h"

namespace halfopen::run {

bool has_come(const scenario::Moment& moment, const Happened& happened, Time now) {
  struct Visitor {
    const Happened& happened;
    Time now;
    bool operator()(scenario::AtOnce) const { return true; }
    bool operator()(const scenario::AfterMessages& after) const {
      return happened.messages >= after.count;
    }
    bool operator()(const scenario::AfterBytes& after) const {
      return happened.bytes >= after.count;
    }
    bool operator()(const scenario::AfterTime& after) const {
      return now >= happened.opened + after.time;
    }
    bool operator()(const scenario::InMessage& in) const {
      return happened.messages_begun >= in.nth && happened.messages_begun > happened.messages;
    }
    bool operator()(const scenario::InEcho& in) const {
      return happened.in_echo && happened.echoes_begun >= in.nth;
    }
  };
  return std::visit(Visitor{happened, now}, moment);
}

std::optional<Time> due(const scenario::Moment& moment, const Happened& happened) {
  const auto* after = std::get_if<scenario::AfterTime>(&moment);
  return after == nullptr ? std::nullopt : std::optional(happened.opened + after->time);
}

}  // namespace halfopen::run
