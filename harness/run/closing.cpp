#include "run/closing.h"

namespace halfopen::run {

void Closing::send() {
  if (!first_) first_ = By::server;
  switch (state_) {
    case State::open:
      state_ = State::server_closed;
      return;
    case State::client_closed:
      state_ = State::closed;
      return;
    case State::server_closed:
    case State::closed:
      return;
  }
}

void Closing::receive() {
  if (!first_) first_ = By::client;
  switch (state_) {
    case State::open:
      state_ = State::client_closed;
      return;
    case State::server_closed:
      state_ = State::closed;
      return;
    case State::client_closed:
    case State::closed:
      return;
  }
}

bool Closing::server_may_send() const {
  return state_ == State::open || state_ == State::client_closed;
}

bool Closing::client_is_heeded() const {
  return state_ == State::open || state_ == State::server_closed;
}

bool Closing::owes_answer() const { return state_ == State::client_closed && !withholds_; }

bool Closing::ends_tcp() const { return state_ == State::closed && !withholds_ && !leaves_tcp_; }

}  // namespace halfopen::run
