// Plain or TLS.
#include "channel.h"

namespace reference {

using halfopen::append;
using State = halfopen::crypto::Tls::State;

void Channel::start() {
  if (!tls_) return;
  tls_->start();
  append(output_, tls_->take_output());
}

bool Channel::ready() const { return !tls_ || tls_->state() == State::open; }

Bytes Channel::received(ByteView bytes) {
  if (!tls_) return {bytes.begin(), bytes.end()};
  Bytes plain;
  tls_->received(bytes, plain);
  append(output_, tls_->take_output());
  return plain;
}

void Channel::write(ByteView plain) {
  if (!tls_) {
    append(output_, plain);
    return;
  }
  tls_->send(plain);
  append(output_, tls_->take_output());
}

std::string Channel::problem() const {
  if (!tls_ || tls_->state() != State::failed) return {};
  return tls_->problem().empty() ? "it failed" : tls_->problem();
}

}  // namespace reference
