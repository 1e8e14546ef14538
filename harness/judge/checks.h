// The checks, beside those of judge/expectation.h: each adds what it misses to the verdict. One
// file each kind.
#pragma once

#include "judge/evidence.h"

namespace halfopen::judge {

/// Whether the client gave up: by what it says, where it can say "gave-up"; by its exit; else by a
/// silence of at least three times its longest gap and 10 s.
struct GivingUp {
  Answer answer = Answer::no;
  seen::GivingUp seen{};  ///< What speaks for the answer.
  Duration since{};       ///< From when on that was seen …
  Duration margin{};  ///< … and how far it is from another answer; `forever`: it is none of time.
};
[[nodiscard]] GivingUp gave_up(const Evidence& evidence);

/// A warning where an attempt comes before the Retry-After of a refusal is over (RFC 9110, section
/// 10.2.3: a client ought to wait).
void check_retry_after(const Evidence& evidence, Verdict& verdict);

// ── invariants (scenario/invariants.h says in words what they are) ───────────────────────────

/// Those that the server's side sees at once: a Violation in the trace.
void check_violations(const Evidence& evidence, Verdict& verdict);
void check_fresh_key(const Evidence& evidence, Verdict& verdict);
void check_one_connecting(const Evidence& evidence, Verdict& verdict);
void check_one_connection(const Evidence& evidence, Verdict& verdict);
void check_one_close(const Evidence& evidence, Verdict& verdict);
void check_no_hot_loop(const Evidence& evidence, Verdict& verdict);
void check_silence_after_giving_up(const Evidence& evidence, Verdict& verdict);
/// Also warns where the client goes on although it should not.
void check_fails_bad_tls(const Evidence& evidence, Verdict& verdict);
void check_fails_bad_handshake(const Evidence& evidence, Verdict& verdict);
/// Also warns where the client does not say by a Close frame what was wrong.
void check_fails_bad_frame(const Evidence& evidence, Verdict& verdict);

}  // namespace halfopen::judge
