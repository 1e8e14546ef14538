// A verdict is data; here it is put into words, for all reports alike. What others had a hand in
// is as it came: whoever prints it makes it printable.
#pragma once

#include <string>

#include "judge/judge.h"

namespace halfopen::report {

/// The expectation's name: "gaps[2]", "client.close", "invariant one-connecting".
[[nodiscard]] std::string path_of(const judge::Expectation& expectation);
/// What was wanted: "1s..3s", "one connection at a time in CONNECTING".
[[nodiscard]] std::string in_words(const judge::Wanted& wanted);
/// What was seen, with the times.
[[nodiscard]] std::string in_words(const judge::Seen& seen);
/// Why it was not decided or not judged; "" where that needs no reason.
[[nodiscard]] std::string in_words(const judge::Why& why);
/// Why a run is no pass and no failure, and the remedy; "" where it is one.
[[nodiscard]] std::string in_words(const judge::Reason& reason);

}  // namespace halfopen::report
