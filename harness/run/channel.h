// The bytes of one accepted connection, with or without TLS: plain bytes above, wire bytes below.
#pragma once

#include <memory>
#include <optional>

#include "crypto/tls.h"
#include "faults/tls_plan.h"
#include "run/by.h"
#include "run/context.h"

namespace halfopen::run {

class Channel {
 public:
  /// `identities`: the server's certificates; null: without TLS. `tls`: the fault of TLS, if there
  /// is one.
  Channel(const Context& context, int attempt, std::shared_ptr<crypto::Identities> identities,
          const scenario::Tls& tls);

  /// Wire bytes from the client; what they say in plain bytes is appended to `plain`.
  void received(Time now, ByteView wire, Bytes& plain);
  /// Plain bytes for the client: gathered until flush(), so that many frames cost one write.
  Bytes& out() { return out_; }
  void flush();
  /// From now on flush() puts each byte into a TCP segment (and TLS record) of its own.
  void set_bytewise(bool bytewise);
  /// The same for these bytes only, at once.
  void send_bytewise(ByteView plain);

  /// Wire bytes for the client, past TLS.
  void send_bare(ByteView wire);
  /// What a fault of TLS does now that it has broken the handshake off; once.
  [[nodiscard]] std::vector<faults::Act> take_acts();

  /// Orderly: close_notify where there is TLS, then FIN.
  void finish();
  /// FIN without close_notify.
  void cut();
  void reset();
  /// Nothing goes out any more, and what comes in is dropped.
  void vanish();
  void ignore();

  /// The connection is over for both sides: frees what it holds.
  void forget();

  [[nodiscard]] bool has_tls() const { return identities_ != nullptr; }
  /// Neither finished, cut, reset, vanished nor ignored.
  [[nodiscard]] bool writable() const { return writable_; }
  /// What comes in is no longer looked at.
  [[nodiscard]] bool deaf() const { return deaf_; }
  /// Wire bytes written so far.
  [[nodiscard]] std::uint64_t written() const { return written_; }

  /// That end is on its way to the client. Its own doing, where it has begun it.
  void mark_end(trace::End how, int code, By by = By::server);
  /// Who begins to end the connection; whoever was first counts.
  void begins_to_end(By by);
  /// Who has begun to end it.
  [[nodiscard]] std::optional<By> ender() const { return ender_; }

 private:
  void put(ByteView plain, bool apart = false);
  void put_bare(ByteView wire, bool apart = false);
  void push_tls(bool apart = false);
  void strike(Time now);
  void break_off(Bytes& answer);
  void watch_handshake(Time now);
  void watch_hello(Time now);
  void watch_idle_buffers();

  const Context& context_;
  int attempt_;
  std::shared_ptr<crypto::Identities> identities_;
  const scenario::Tls& fault_;
  faults::TlsPlan plan_;
  std::optional<crypto::Tls> tls_;
  Share half_hello_;  ///< Of what all connections hold.
  Share idle_;        ///< The same of buffers that are kept.
  Bytes out_;
  std::uint64_t written_ = 0;
  std::optional<By> ender_;  ///< None before anybody has begun to end it.
  bool first_byte_ = true;
  bool struck_ = false;
  bool broken_off_ = false;
  bool tls_reported_ = false;
  bool bytewise_ = false;
  bool writable_ = true;
  bool deaf_ = false;
  bool failed_ = false;
};

}  // namespace halfopen::run
