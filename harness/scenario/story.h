// Questions about a scenario's story that several parts ask.
#pragma once

#include "scenario/scenario.h"

namespace halfopen::scenario {

/// How the attempt's connection is received, before its handshake.
[[nodiscard]] faults::Reception reception(const Attempt& attempt);
/// Whether the attempt's connection is one that falls silent before its handshake.
[[nodiscard]] bool is_received_silently(const faults::Reception& reception);
/// Whether some connection gets past the proxy.
[[nodiscard]] bool lets_through(const ProxyFault& proxy);
/// Whether a client may go on behind what TLS does to it, in some case at least.
[[nodiscard]] bool can_open(const Tls& tls);
/// Whether a client may open on that handshake (RFC 6455, section 4.1).
[[nodiscard]] bool can_open(const Handshake& handshake);
/// Whether an attempt that follows this table may open.
[[nodiscard]] bool can_open(const Attempt& attempt);
/// Whether that fault ("": any) of the attempt breaks TLS so that a client says so by an alert.
[[nodiscard]] bool invites_alert(const Attempt& attempt, std::string_view fault);
/// Whether the server accepts an offer of permessage-deflate in attempts that follow this table
/// (null: the default). Where a fault wants RSV1 to mean nothing, it declines.
[[nodiscard]] bool accepts_deflate(const Scenario& scenario, const Attempt* attempt);
/// Whether the step leaves no connection for the steps behind it.
[[nodiscard]] bool ends_connection(const Step& step);
/// Whether the step does nothing without a living connection.
[[nodiscard]] bool needs_connection(const Step& step);
/// Whether that drop leaves the client without any sign of its end.
[[nodiscard]] bool is_silent(const FaultStep& step);
/// Whether the step waits for something that the client is to do.
[[nodiscard]] bool expects_something(const Step& step);
/// The last attempt that must come before everything can be decided: the least that `attempts`
/// wants, or where it says nothing, the last that the tables speak of.
[[nodiscard]] int last_attempt_needed(const Scenario& scenario);
/// The last attempt that counts if it comes: it is needed, is the first, or has a table that is not
/// for the rest. What comes after it may be cut off by the end of the run.
[[nodiscard]] int last_attempt_asked_for(const Scenario& scenario);
/// Whether an open connection can fall silent: by a drop, or by a link that is cut.
[[nodiscard]] bool has_silence(const Scenario& scenario);

/// Whether a rule answers messages in attempts that follow this table (null: the default).
[[nodiscard]] bool rules_answer(const Scenario& scenario, const Attempt* attempt);
/// How rules end connections: the `then` of every [[reply]].
[[nodiscard]] std::vector<Step> endings(const Scenario& scenario);

/// All that changes the link, wherever it is written.
[[nodiscard]] std::vector<link::Change> changes(const Scenario& scenario);

}  // namespace halfopen::scenario
