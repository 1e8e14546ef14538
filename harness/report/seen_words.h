// What was seen, in words: a function for each kind of thing.
#pragma once

#include <string>

#include "judge/seen.h"

namespace halfopen::report {

// Attempts and gaps: seen_attempts.cpp.
[[nodiscard]] std::string in_words(const judge::seen::Moments& seen);
[[nodiscard]] std::string in_words(const judge::seen::Gap& seen);
[[nodiscard]] std::string in_words(const judge::seen::NoGap& seen);
[[nodiscard]] std::string in_words(const judge::seen::Gaps& seen);
[[nodiscard]] std::string in_words(const judge::seen::GivingUp& seen);
// Connections: seen_connections.cpp.
/// "attempt 1 fell silent at 1.00 s"
[[nodiscard]] std::string silence_of(const judge::seen::Silence& seen);
[[nodiscard]] std::string in_words(const judge::seen::Silence& seen);
[[nodiscard]] std::string in_words(const judge::seen::NoSilence& seen);
/// "the connection of attempt 1 was lost at 1.00 s"
[[nodiscard]] std::string loss_of(const judge::seen::Loss& seen);
[[nodiscard]] std::string in_words(const judge::seen::Loss& seen);
[[nodiscard]] std::string in_words(const judge::seen::NoLoss& seen);
[[nodiscard]] std::string in_words(const judge::seen::EarlyEnd& seen);
[[nodiscard]] std::string in_words(const judge::seen::Impatience& seen);
// What the client sent: seen_sent.cpp.
[[nodiscard]] std::string in_words(const judge::seen::Close& seen);
[[nodiscard]] std::string in_words(const judge::seen::NoClose& seen);
[[nodiscard]] std::string in_words(const judge::seen::Messages& seen);
[[nodiscard]] std::string in_words(const judge::seen::Field& seen);
[[nodiscard]] std::string in_words(const judge::seen::NoRequest& seen);
[[nodiscard]] std::string in_words(const judge::seen::HostName& seen);
[[nodiscard]] std::string in_words(const judge::seen::NoTls& seen);
[[nodiscard]] std::string in_words(const judge::seen::Alert& seen);
[[nodiscard]] std::string in_words(const judge::seen::Step& seen);
[[nodiscard]] std::string in_words(const judge::seen::OpenStep& seen);
// What the client said: seen_said.cpp.
[[nodiscard]] std::string in_words(const judge::seen::Reports& seen);
[[nodiscard]] std::string in_words(const judge::seen::Exit& seen);
[[nodiscard]] std::string in_words(const judge::seen::Running& seen);
[[nodiscard]] std::string in_words(const judge::seen::NoLine& seen);
[[nodiscard]] std::string in_words(const judge::seen::Memory& seen);
// Invariants that are broken: seen_invariants.cpp.
[[nodiscard]] std::string in_words(const judge::seen::Violation& seen);
[[nodiscard]] std::string in_words(const judge::seen::SameKey& seen);
[[nodiscard]] std::string in_words(const judge::seen::HotLoop& seen);
[[nodiscard]] std::string in_words(const judge::seen::Comeback& seen);
[[nodiscard]] std::string in_words(const judge::seen::Overlap& seen);
[[nodiscard]] std::string in_words(const judge::seen::TwoCloses& seen);
[[nodiscard]] std::string in_words(const judge::seen::TooManyCloses& seen);
[[nodiscard]] std::string in_words(const judge::seen::Untold& seen);
[[nodiscard]] std::string in_words(const judge::seen::Request& seen);
[[nodiscard]] std::string in_words(const judge::seen::OpenAfterBadAnswer& seen);
[[nodiscard]] std::string in_words(const judge::seen::FrameAfterBadAnswer& seen);
[[nodiscard]] std::string in_words(const judge::seen::KeptAfterBadAnswer& seen);
[[nodiscard]] std::string in_words(const judge::seen::KeptAfterFault& seen);

}  // namespace halfopen::report
