// Stream links without a session behind them.
#pragma once

#include <memory>

#include "io/stream_link.h"

namespace halfopen::bench {

/// Every connection is an attempt, and nobody is told how it ends.
inline io::LinkHooks quiet_hooks() {
  const auto attempts = std::make_shared<int>(0);
  io::LinkHooks hooks;
  hooks.begin_attempt = [attempts](const std::string&, const auto&) {
    return run::Session::Begun{++*attempts, trace::Port::open};
  };
  hooks.end_visible = [](int, const trace::EndVisible&) {};
  hooks.client_left = [](int, trace::End) {};
  hooks.unreliable = [](const std::string&) {};
  return hooks;
}

}  // namespace halfopen::bench
