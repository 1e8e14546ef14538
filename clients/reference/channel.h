// The bytes of one connection between WebSocket and TCP: as they are, or through TLS.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "base/bytes.h"
#include "crypto/tls.h"
#include "url.h"

namespace reference {

using halfopen::Bytes;
using halfopen::ByteView;

/// What the TLS connections of a client leave to the next one.
struct Remembered {
  std::shared_ptr<const halfopen::crypto::Session> session;  ///< The latest; null: none.
  std::string certificate;                                   ///< The digest of the first; "": none.
};

class Channel {
 public:
  Channel(const Url& url, const std::string& ca_file, const halfopen::crypto::ClientPlan& plan,
          const Remembered& remembered);

  /// TCP is established.
  void start();
  /// Whether plain bytes may be written.
  [[nodiscard]] bool ready() const;
  /// Takes bytes from TCP and returns the plain ones in them.
  [[nodiscard]] Bytes received(ByteView bytes);
  void write(ByteView plain);
  /// It offered a session, and the server would not resume it.
  [[nodiscard]] bool resumption_refused() const;
  /// The server shows another certificate than at first.
  [[nodiscard]] bool certificate_changed() const;
  /// What the next connection is to know; with it the one before it.
  [[nodiscard]] Remembered remembered() const;
  /// The peer ended TLS in an orderly way.
  [[nodiscard]] bool peer_closed() const { return tls_ && tls_->peer_closed(); }
  /// Why TLS failed, or "".
  [[nodiscard]] std::string problem() const;
  /// Bytes for TCP; the caller removes those that it wrote.
  [[nodiscard]] Bytes& output() { return output_; }
  [[nodiscard]] const Bytes& output() const { return output_; }

 private:
  std::optional<halfopen::crypto::Tls> tls_;
  Remembered before_;
  Bytes output_;
};

}  // namespace reference
