// Whether anything asked the client for another attempt than those that it made: who stays away
// unasked has not failed to come.
#pragma once

#include "judge/evidence.h"

namespace halfopen::judge {

/// Whether the conversation ended in good order at that time: by the server's Close 1000, or
/// because the client was told to close. Only of an attempt that opened.
[[nodiscard]] bool ended_in_order(const Evidence& evidence, const AttemptView& attempt,
                                  Duration at);
/// Whether the last connection that the client made lives to the end of the run, and did not fall
/// silent.
[[nodiscard]] bool last_lives(const Evidence& evidence);
/// Why there may be no more gaps than that; none where another attempt was asked for: by
/// `attempts`, or where that says nothing, by the end of the last one.
[[nodiscard]] std::optional<why::TooFewGaps> no_more_gaps_asked_for(const Evidence& evidence,
                                                                    std::size_t gaps);

}  // namespace halfopen::judge
