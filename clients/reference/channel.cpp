// Plain or TLS.
#include "channel.h"

namespace reference {

using halfopen::append;
using State = halfopen::crypto::Tls::State;

Channel::Channel(const Url& url, const std::string& ca_file,
                 const halfopen::crypto::ClientPlan& plan, const Remembered& remembered)
    : before_(remembered) {
  if (!url.tls) return;
  tls_ = halfopen::crypto::Tls::client(ca_file, url.host, plan);
  if (before_.session) tls_->offer(*before_.session);
}

bool Channel::resumption_refused() const { return tls_ && before_.session && !tls_->resumed(); }

bool Channel::certificate_changed() const {
  return tls_ && !before_.certificate.empty() && tls_->peer_certificate() != before_.certificate;
}

Remembered Channel::remembered() const {
  Remembered after = before_;
  if (!tls_ || tls_->state() == State::failed) return after;
  if (auto session = tls_->session()) after.session = std::move(session);
  if (after.certificate.empty()) after.certificate = tls_->peer_certificate();
  return after;
}

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
