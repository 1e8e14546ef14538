// Signals to this process, on the loop.
#pragma once

#include <functional>
#include <memory>

#include "io/loop/loop.h"

namespace halfopen::io {

/// Calls back on the loop for each signal of that number, instead of what the signal would do.
class OnSignal {
 public:
  OnSignal(Loop& loop, int number, std::function<void()> action);

 private:
  struct Signal : uv_signal_t {
    std::function<void()> action;
  };
  Handle<Signal> signal_;
};

}  // namespace halfopen::io
