#include "dial.h"

#include <poll.h>
#include <sys/epoll.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "base/error.h"

namespace reference {
namespace {

bool is_ready(const Socket& socket) {
  pollfd polled{socket.number(), POLLOUT, 0};
  return ::poll(&polled, 1, 0) == 1;
}

}  // namespace

Dial::Dial(const Policy& policy, const Url& url, const Targets& known, Time now)
    : policy_(policy),
      events_(halfopen::check_system("make an epoll instance", ::epoll_create1(EPOLL_CLOEXEC))),
      started_(now),
      found_(known) {
  if (known.empty()) {
    look_up_.emplace(url, policy.asks_by_tcp);
    watch(look_up_->number(), EPOLLIN);
  } else {
    untried_.assign(known.begin(), known.end());
    next_at_ = now;
  }
}

void Dial::watch(int number, std::uint32_t events) const {
  epoll_event event{};
  event.events = events;
  halfopen::check_system("watch a descriptor",
                         ::epoll_ctl(events_.get(), EPOLL_CTL_ADD, number, &event));
}

std::optional<Time> Dial::due() const {
  if (!look_up_) return next_at_;
  if (!policy_.look_up_timeout) return {};
  return started_ + *policy_.look_up_timeout;
}

std::optional<Dial::Result> Dial::go_on(Time now) {
  if (look_up_)
    if (auto failed = finish_look_up(now)) return failed;
  if (look_up_) return {};
  if (auto established = finish_connecting()) return established;
  return start_next(now);
}

std::optional<Dial::Result> Dial::finish_look_up(Time now) {
  if (!look_up_->done()) {
    if (due() && now >= *due()) return Result{{}, "resolve: timed out", true};
    return {};
  }
  try {
    found_ = interleaved(look_up_->targets());
  } catch (const halfopen::Error& error) {
    return Result{{}, error.what(), true};
  }
  look_up_.reset();
  untried_.assign(found_.begin(), found_.end());
  next_at_ = now;
  return {};
}

std::optional<Dial::Result> Dial::finish_connecting() {
  for (auto socket = racing_.begin(); socket != racing_.end();) {
    if (!is_ready(*socket)) {
      ++socket;
      continue;
    }
    const int error = socket->finish_connecting();
    if (error == 0) return Result{std::move(*socket), {}};
    problem_ = std::string("connect: ") + std::strerror(error);
    reset_ = error == ECONNRESET;
    socket = racing_.erase(socket);
  }
  return {};
}

std::optional<Dial::Result> Dial::start_next(Time now) {
  while (!untried_.empty() && (racing_.empty() || (next_at_ && now >= *next_at_))) {
    const Target target = untried_.front();
    untried_.pop_front();
    try {
      racing_.emplace_back(target);
      watch(racing_.back().number(), EPOLLOUT);
    } catch (const halfopen::Error& error) {
      problem_ = error.what();
      continue;
    }
    next_at_.reset();
    if (policy_.address_delay && !untried_.empty()) next_at_ = now + *policy_.address_delay;
  }
  if (racing_.empty()) return Result{{}, problem_, false, reset_};
  return {};
}

}  // namespace reference
