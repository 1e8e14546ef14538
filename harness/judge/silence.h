// What may be known of a client while its connection is dead without a sign of it.
#pragma once

#include "judge/evidence.h"

namespace halfopen::judge {

/// Whether the client had sent in that attempt, between these moments, what nobody acknowledged:
/// its FIN waits behind it (RFC 9293, section 3.10.4).
[[nodiscard]] bool waits_for_ack(const Evidence& evidence, int attempt, Duration since,
                                 Duration until);
/// Whether the attempt fell silent and the client takes it for alive to the end of the run: it gave
/// no sign of having noticed, and nothing would have hidden one.
[[nodiscard]] bool never_noticed(const Evidence& evidence, const AttemptView& attempt);
/// Whether the run ended while the client's own device had no link: of what it tried since, nothing
/// was seen.
[[nodiscard]] bool device_off_at_end(const Evidence& evidence);

}  // namespace halfopen::judge
