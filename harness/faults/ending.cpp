#include "faults/ending.h"

#include "faults/arguments.h"

namespace halfopen::faults {

Parameter ending_parameter() {
  return {.name = "end",
          .fallback = "reset",
          .about = "How it ends then: reset (RST), fin (FIN, without close_notify) or silent.",
          .choices = {"reset", "fin", "silent"}};
}

Act ending(const Arguments& arguments) {
  const std::string& word = argument<std::string>(arguments, "end");
  if (word == "reset") return {Act::Kind::reset};
  if (word == "fin") return {Act::Kind::cut};
  if (word == "silent") return {Act::Kind::vanish};
  throw Error("end a connection", "\"" + word + "\" is none of reset, fin, silent");
}

}  // namespace halfopen::faults
