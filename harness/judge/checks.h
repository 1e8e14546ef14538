// All checks: each looks at one kind of expectation and adds what it misses to the verdict. One
// file each.
#pragma once

#include "judge/evidence.h"

namespace halfopen::judge {

// ── expectations ─────────────────────────────────────────────────────────────────────────────

/// `attempts`; without it, that there was one at all.
void check_attempts(const Evidence& evidence, Verdict& verdict);
/// `opens`
void check_opens(const Evidence& evidence, Verdict& verdict);
/// `gaps`, as a list or as one range for all.
void check_gaps(const Evidence& evidence, Verdict& verdict);
/// `growing`: the mean of the later half of the gaps is at least 1.2 times that of the earlier
/// half (the middle one of an odd number belongs to neither), and the last is above the first.
/// Needs three gaps, or two if the client then gave up.
void check_growing(const Evidence& evidence, Verdict& verdict);
/// `gives_up`: after the end of the last attempt there is silence to the end of the run, for at
/// least twice the longest gap seen and 3 s; or the client said so, or exited by itself.
void check_gives_up(const Evidence& evidence, Verdict& verdict);
/// `request`
void check_requests(const Evidence& evidence, Verdict& verdict);
/// `closes_with`
void check_closes(const Evidence& evidence, Verdict& verdict);
/// `detects`: from each silent fault to the moment at which the client gave that connection up.
void check_detects(const Evidence& evidence, Verdict& verdict);
/// `tls_alert` (warnings only) and `sni`
void check_tls(const Evidence& evidence, Verdict& verdict);
/// The steps' own expectations.
void check_steps(const Evidence& evidence, Verdict& verdict);
/// `within`: no step is left unfinished when the time is up.
void check_within(const Evidence& evidence, Verdict& verdict);
/// `client`: its events, `exit`, `output`, `memory`; and that it does not crash.
void check_client(const Evidence& evidence, Verdict& verdict);

/// Whether the client gave up, by the definition of `gives_up`; `why_not` says what speaks
/// against it.
[[nodiscard]] bool gave_up(const Evidence& evidence, std::string* why_not = nullptr);

/// A warning where an attempt comes before the Retry-After of a refusal is over (RFC 9110, section
/// 10.2.3: a client ought to wait).
void check_retry_after(const Evidence& evidence, Verdict& verdict);

// ── invariants (scenario/invariants.h says in words what they are) ───────────────────────────

/// Those that the server's side sees at once: a Violation in the trace.
void check_violations(const Evidence& evidence, Verdict& verdict);
void check_fresh_key(const Evidence& evidence, Verdict& verdict);
void check_one_connecting(const Evidence& evidence, Verdict& verdict);
void check_one_connection(const Evidence& evidence, Verdict& verdict);
void check_no_hot_loop(const Evidence& evidence, Verdict& verdict);
void check_silence_after_giving_up(const Evidence& evidence, Verdict& verdict);
/// Also warns where the client goes on although it should not.
void check_fails_bad_tls(const Evidence& evidence, Verdict& verdict);
void check_fails_bad_handshake(const Evidence& evidence, Verdict& verdict);
/// Also warns where the client does not say by a Close frame what was wrong.
void check_fails_bad_frame(const Evidence& evidence, Verdict& verdict);

}  // namespace halfopen::judge
