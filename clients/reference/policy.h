// How the reference client behaves, as data. The good policy is what RFC 6455 asks for and what the
// stories of reconnecting want; every mutant is the good one, wrong in just one place.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "base/range.h"
#include "base/time.h"
#include "crypto/client_plan.h"

namespace reference {

using halfopen::Duration;
using halfopen::DurationRange;
using namespace std::chrono_literals;

struct Policy {
  // ── retrying (RFC 6455, section 7.2.3) ──
  DurationRange first_delay{200ms, 500ms};  ///< Drawn at random for the first retry of a row.
  double factor = 2;                        ///< From one retry to the next.
  double jitter = 0.2;                      ///< Each later delay varies by ± this share.
  Duration cap = 8s;                        ///< No delay is longer.
  std::optional<int> max_retries = 5;       ///< In a row; none: for ever.
  Duration reset_after = 5s;                ///< A connection that lived so long ends the row.
  std::set<int> final_codes{1000};          ///< Close codes after which it does not retry.

  // ── limits, both counted from the start of the attempt; none: the kernel's, or none at all ──
  std::optional<Duration> connect_timeout = 10s;    ///< Until TCP is established.
  std::optional<Duration> handshake_timeout = 10s;  ///< From then on, until the connection is open.
  std::optional<Duration> close_timeout = 2s;       ///< For the peer to end a closed connection.

  // ── finding the server ──
  std::optional<Duration> look_up_timeout;        ///< None: the system's, or connect_timeout.
  std::optional<Duration> address_delay = 250ms;  ///< Until the next address is tried beside it
                                                  ///< (RFC 8305, section 5); none: for ever.
  bool resolves_anew = true;        ///< Else the addresses of the first look-up are kept.
  bool waits_after_look_up = true;  ///< Else a look-up that failed is repeated at once.
  bool asks_by_tcp = true;          ///< Else a truncated answer is taken for the whole.

  // ── the proxy that it is pointed at: false is a mutant ──
  bool uses_proxy = true;
  bool checks_connect = true;           ///< Else it goes on whatever the answer to CONNECT is.
  bool sends_proxy_credentials = true;  ///< Else a 407 is the end.
  bool keeps_proxy_credentials = true;  ///< Else the server gets them, too.

  // ── heartbeat ──
  std::optional<Duration> ping_after = 4s;  ///< Without anything received; none: no heartbeat.
  Duration pong_within = 6s;                ///< After the ping, for a sign of life to come.
  enum class SignOfLife { anything, data, pong };
  SignOfLife sign_of_life = SignOfLife::anything;  ///< The others are mutants.

  // ── habits of good clients that this one has only with --greeting and --ping-every ──
  std::string greeting;                ///< Its first message on every connection; "": none.
  std::optional<Duration> ping_every;  ///< Pings whatever it hears.

  // ── TLS ──
  halfopen::crypto::ClientPlan tls{.keeps_sessions = true, .protocols = {"http/1.1"}};

  // ── what it checks and how it copes: false is a mutant ──
  bool checks_accept = true;
  bool checks_status = true;
  bool checks_upgrade = true;
  bool fails_on_bad_tls = true;       ///< Else it waits for ever when TLS cannot be had.
  bool takes_new_certificate = true;  ///< Else only the first one that it has seen.
  bool takes_full_handshake = true;   ///< Else a server must resume the session that it is offered.
  bool fails_on_garbage = true;       ///< Else it waits for ever on an answer it cannot parse.
  bool one_connection = true;         ///< Else, in an https page, it opens another, too.
  bool drops_partial = true;          ///< Else the beginning of a cut message is reported as one.
  bool blocks_mixed_content = true;
  bool survives_reset = true;      ///< Else it aborts.
  bool bounds_output = true;       ///< Else it keeps whatever the server is too slow to read.
  bool fails_on_violation = true;  ///< Else it goes deaf on a frame that is not allowed, and stays.
  bool takes_fragments = true;     ///< Else a fragmented message is a violation to it.
  bool joins_reads = true;         ///< Else what TCP delivers cut, it cannot read.
  bool answers_pings = true;
  bool takes_unasked_pong = true;  ///< Else a pong that answers nothing is a violation to it.
  bool reports_peer_code = true;   ///< Else the application hears the code that it gave itself.
  bool answers_close = true;       ///< Else it ends TCP without a Close of its own.

  // ── compression (RFC 7692): false is a mutant, but for the first ──
  bool offers_deflate = true;        ///< It is no mistake not to.
  bool compresses_as_agreed = true;  ///< Else it compresses although that was declined.
  bool inflates = true;              ///< Else it takes compressed messages for plain ones.
  bool checks_deflate = true;  ///< Else data that cannot be inflated is the end of its message.
  bool checks_rsv1 = true;     ///< Else it does not mind RSV1 where no message begins.
  bool keeps_window = true;    ///< Else each message is to be inflated without those before it.
  std::size_t message_limit = std::size_t{16} * 1024 * 1024;  ///< In bytes, inflated.

  // ── how it reads the answer to its handshake: false is a mutant ──
  bool checks_extensions = true;
  bool checks_protocol = true;
  bool needs_protocol = true;      ///< Else a server may choose none of those that it offers.
  bool takes_any_offered = true;   ///< Else the server must choose the first that it offers.
  bool ignores_case = true;        ///< Else names and tokens must be spelt as in RFC 6455.
  bool takes_any_wording = true;   ///< Else it understands only the example of RFC 6455.
  bool takes_early_frames = true;  ///< Else frames in one segment with the answer are lost.
  bool refuses_redirects = true;   ///< Else it follows them, and takes its credentials along.
  bool takes_new_token = true;     ///< Else it sends the first token that it was given for ever.
  bool heeds_retry_after = true;   ///< Else Retry-After means nothing to it.
};

/// Every policy by the name that `--policy` takes: "good" and the mutants.
[[nodiscard]] const std::map<std::string, Policy>& policies();

}  // namespace reference
