// The bytes of one connection between WebSocket and TCP: as they are, or through TLS.
#pragma once

#include <optional>
#include <string>

#include "base/bytes.h"
#include "crypto/tls.h"
#include "url.h"

namespace reference {

using halfopen::Bytes;
using halfopen::ByteView;

class Channel {
 public:
  Channel(const Url& url, const std::string& ca_file, const halfopen::crypto::ClientPlan& plan) {
    if (url.tls) tls_ = halfopen::crypto::Tls::client(ca_file, url.host, plan);
  }

  /// TCP is established.
  void start();
  /// Whether plain bytes may be written.
  [[nodiscard]] bool ready() const;
  /// Takes bytes from TCP and returns the plain ones in them.
  [[nodiscard]] Bytes received(ByteView bytes);
  void write(ByteView plain);
  /// The peer ended TLS in an orderly way.
  [[nodiscard]] bool peer_closed() const { return tls_ && tls_->peer_closed(); }
  /// Why TLS failed, or "".
  [[nodiscard]] std::string problem() const;
  /// Bytes for TCP; the caller removes those that it wrote.
  [[nodiscard]] Bytes& output() { return output_; }
  [[nodiscard]] const Bytes& output() const { return output_; }

 private:
  std::optional<halfopen::crypto::Tls> tls_;
  Bytes output_;
};

}  // namespace reference
