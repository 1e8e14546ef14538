#include "io/host.h"

#include <unistd.h>

#include <csignal>

#include "base/output_file.h"
#include "base/signals.h"

namespace halfopen::io {
namespace {

constexpr Duration heartbeat_interval = std::chrono::milliseconds(50);
constexpr Duration lag_threshold = std::chrono::milliseconds(20);

}  // namespace

Host::Host(const BrokerOptions& options)
    : broker_(options),
      ca_file_(folder_.path() + "/ca.pem"),
      loop_(std::make_unique<Loop>()),
      heartbeat_(std::make_unique<Timer>(*loop_)),
      broker_watch_(std::make_unique<Watch>(*loop_, broker_.descriptor(), UV_READABLE,
                                            [this](int) { broker_.readable(); })) {
  // A client that has closed its input, or a peer that is gone, is an error and not our end; libuv
  // leaves this to the program.
  std::signal(SIGPIPE, SIG_IGN);
  let_writes_beyond_limit_fail();
  write_output(ca_file_, authority_.pem());
  broker_.on_exit = [this](const Exit& exit) {
    const auto done = exits_.extract(exit.child);
    if (!done.empty()) done.mapped()(exit);
  };
  loop_->on_late(lag_threshold, [this](Duration late) {
    for (const auto& [number, listener] : lag_listeners_) listener(late);
  });
}

/// The folder is empty then, so that it goes even where no descriptors are left to look into it.
Host::~Host() { ::unlink(ca_file_.c_str()); }

void Host::when_exited(int child, std::function<void(const Exit&)> done) {
  exits_[child] = std::move(done);
}

void Host::stop_watching() {
  broker_watch_.reset();
  heartbeat_->cancel();
}

int Host::on_lag(std::function<void(Duration)> listener) {
  if (lag_listeners_.empty()) beat();
  lag_listeners_[++next_listener_] = std::move(listener);
  return next_listener_;
}

void Host::forget_lag(int listener) {
  lag_listeners_.erase(listener);
  if (lag_listeners_.empty()) heartbeat_->cancel();
}

/// A timer that is always set: if it is late, so was everything else.
void Host::beat() {
  heartbeat_->set(now() + heartbeat_interval, [this] { beat(); });
}

}  // namespace halfopen::io
