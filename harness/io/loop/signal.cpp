#include "io/loop/signal.h"

#include <utility>

namespace halfopen::io {

OnSignal::OnSignal(Loop& loop, int number, std::function<void()> action) {
  auto signal = std::make_unique<Signal>();
  signal->action = std::move(action);
  check_uv("watch for a signal", uv_signal_init(loop.uv(), signal.get()));
  signal_.reset(signal.release());
  const auto call = [](uv_signal_t* from, int) { static_cast<Signal*>(from)->action(); };
  check_uv("watch for a signal", uv_signal_start(signal_.get(), call, number));
}

}  // namespace halfopen::io
