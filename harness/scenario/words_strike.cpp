// When and how likely a step strikes, in words.
#include <fmt/format.h>

#include "base/units.h"
#include "scenario/words.h"

namespace halfopen::scenario {

std::string in_words(const Moment& moment) {
  struct Words {
    std::string operator()(AtOnce) const { return ""; }
    std::string operator()(const AfterMessages& after) const {
      return fmt::format("after {} message{} of the client", after.count,
                         after.count == 1 ? "" : "s");
    }
    std::string operator()(const AfterBytes& after) const {
      return fmt::format("after {} from the client", format_size(after.count));
    }
    std::string operator()(const AfterTime& after) const {
      return format(after.time) + " after the opening";
    }
    std::string operator()(const InMessage& in) const {
      return fmt::format("while the client's {} message is arriving", ordinal(in.nth));
    }
    std::string operator()(const InEcho& in) const {
      return fmt::format("half-way through the {} echo", ordinal(in.nth));
    }
  };
  return std::visit(Words{}, moment);
}

}  // namespace halfopen::scenario
