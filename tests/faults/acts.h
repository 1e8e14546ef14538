// What a fault does to the connection, in words.
#pragma once

#include <catch2/catch.hpp>
#include <string>

#include "faults/fault.h"

namespace halfopen::faults {

/// The acts in words: "send 8140…, reset".
inline std::string in_words(const std::vector<Act>& acts) {
  std::string words;
  for (const Act& act : acts) {
    if (!words.empty()) words += ", ";
    switch (act.kind) {
      case Act::Kind::send:
        words += "send " + hex(act.bytes);
        break;
      case Act::Kind::bare:
        words += "bare " + hex(act.bytes);
        break;
      case Act::Kind::alert:
        words += "alert " + hex(act.bytes);
        break;
      case Act::Kind::drip:
        words += "drip " + hex(act.bytes);
        break;
      case Act::Kind::close:
        words += "close " + hex(act.bytes);
        break;
      case Act::Kind::linger:
        words += "linger " + hex(act.bytes);
        break;
      case Act::Kind::hold:
        words += "hold";
        break;
      case Act::Kind::mute:
        words += "mute";
        break;
      case Act::Kind::finish:
        words += "finish";
        break;
      case Act::Kind::cut:
        words += "cut";
        break;
      case Act::Kind::reset:
        words += "reset";
        break;
      case Act::Kind::vanish:
        words += "vanish";
        break;
      case Act::Kind::ignore:
        words += "ignore";
        break;
    }
  }
  return words;
}

inline std::string acts(Layer layer, std::string_view name, Arguments arguments = {}) {
  Use use{find(layer, name), std::move(arguments)};
  REQUIRE(use.fault != nullptr);
  complete(use);
  return in_words(use.fault->acts(use.arguments));
}

}  // namespace halfopen::faults
