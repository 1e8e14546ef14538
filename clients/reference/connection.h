// One connection from its first SYN to its end, without I/O: what came from the network and the
// time go in; bytes for the network and what the application should know come out.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/bytes.h"
#include "channel.h"
#include "heartbeat.h"
#include "opening.h"
#include "policy.h"
#include "proxy.h"
#include "url.h"
#include "ws/deflate_stream.h"
#include "ws/receiver.h"

namespace reference {

// ── what the application learns, in this order ──
struct Opened {};
struct MessageCame {
  Bytes payload;
  bool binary = false;
};
struct WentWrong {
  std::string message;
};
/// The last one of every connection.
struct Closed {
  int code = 1006;
  std::string reason;
  bool clean = false;
  std::optional<Duration> uptime;  ///< None: it never opened.
  std::string retry_after;         ///< Of a refusal (RFC 9110, section 10.2.3), or "".
  std::string location;            ///< The same (RFC 9110, section 10.2.2).
  bool final = false;              ///< A mutant takes it for the server's last word.
};
/// Instead of it: the proxy wants credentials, and another connection for them.
struct Challenged {};
using Happening = std::variant<Opened, MessageCame, WentWrong, Closed, Challenged>;

class Connection {
 public:
  /// `ca_file` is what a wss:// server's certificate is verified against; `headers` go into the
  /// opening request; `remembered` is what the connection before left behind; `tunnel` is how the
  /// server is reached, if not directly; `protocols` are the subprotocols that are offered.
  Connection(const Policy& policy, const Url& url, const std::string& ca_file, Time now,
             const halfopen::ws::Headers& headers = {}, const Remembered& remembered = {},
             std::optional<Tunnel> tunnel = {}, const std::vector<std::string>& protocols = {});
  Connection(Connection&&) = delete;

  // ── what the network says ──
  void tcp_established(Time now);
  /// `in_one_segment`: TCP has delivered all that ever came in one.
  void received(ByteView bytes, Time now, bool in_one_segment = true);
  void peer_finished(Time now);
  /// TCP is over: refused, reset, unreachable.
  void lost(std::string_view why, Time now);

  // ── what the application wants ──
  /// Both return why that cannot be done, or "".
  std::string send(std::string_view text);
  std::string close(int code, std::string_view reason, Time now);

  // ── time ──
  [[nodiscard]] std::optional<Time> due() const;
  void tick(Time now);

  // ── what comes out ──
  [[nodiscard]] std::vector<Happening> take_happenings();
  /// Bytes to be written; the caller removes those that it wrote.
  [[nodiscard]] Bytes& output() { return channel_.output(); }
  [[nodiscard]] bool has_output() const { return !channel_.output().empty(); }
  /// Nothing more will be sent: send a FIN once output() is empty.
  [[nodiscard]] bool half_closes() const { return state_ == State::failing; }
  /// What it leaves to the next connection.
  [[nodiscard]] Remembered remembered() const { return channel_.remembered(); }
  /// Close TCP now.
  [[nodiscard]] bool ended() const { return state_ == State::ended; }
  /// A mutant that hangs does not even look whether there is anything to read.
  [[nodiscard]] bool listens() const { return state_ != State::hung; }

 private:
  enum class State {
    connecting,  ///< TCP.
    tunnelling,  ///< The proxy is asked for a way through.
    securing,    ///< TLS.
    opening,     ///< HTTP.
    open,
    closing,  ///< We or they sent Close; waiting for theirs, or for the end of TCP.
    failing,  ///< Violated: our Close is on its way and nothing is read (section 7.1.7).
    hung,
    ended,
  };

  void receive_from_proxy(ByteView bytes, Time now);
  void start_securing();
  void receive_plain(ByteView bytes);
  void receive_answer(ByteView bytes);
  void agree_on_extensions();
  void receive_frames(ByteView bytes);
  void fail_protocol(int code, std::string_view reason, const std::string& text);
  void on_frame(const halfopen::ws::ReceivedFrame& frame);
  void on_message(const halfopen::ws::Message& message);
  void on_close_frame(const halfopen::ws::Message& message);
  void deliver_partial();
  void start_opening();
  void write_close(std::optional<int> code, std::string_view reason);
  void wait_for_end(State state);
  void fail(std::string_view why);
  void fail_tls(std::string_view why);
  [[nodiscard]] std::string distrust() const;
  void end();

  const Policy& policy_;
  const Time started_;
  State state_ = State::connecting;
  std::optional<Tunnel> tunnel_;
  Channel channel_;
  Opening opening_;
  halfopen::ws::Receiver receiver_;
  std::optional<halfopen::ws::Compressor> compressor_;  ///< Where compression was agreed on.
  std::optional<Heartbeat> heartbeat_;
  std::optional<Time> opened_;
  Time now_;  ///< Of the call that is being carried out.
  std::optional<Time> closing_since_;
  bool in_one_segment_ = true;
  bool lost_its_place_ = false;  ///< A mutant does not know any more where frames begin.
  bool close_sent_ = false;
  std::optional<int> own_code_;        ///< What the application closed with.
  std::optional<int> close_received_;  ///< Its code.
  std::string close_reason_;
  Bytes unfinished_;  ///< Only for the mutant that delivers partial messages.
  std::vector<Happening> happenings_;
};

}  // namespace reference
