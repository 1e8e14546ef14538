// How times, numbers and ends are said in verdicts and timelines.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "judge/timeline.h"

namespace halfopen::report {

/// A length of time for reading: "120 ms", "4.98 s".
[[nodiscard]] std::string span(Duration duration);
/// A moment of the run: always in seconds, "3.10 s".
[[nodiscard]] std::string moment(Duration since_start);
/// "1 attempt", "3 attempts".
[[nodiscard]] std::string count_of(std::size_t count, std::string_view what);
/// How the end looked to the client: "by RST", "by Close 1001", "by HTTP 503"; "by a middlebox's
/// RST", which looks like the server's.
[[nodiscard]] std::string way_of(const trace::EndVisible& end);
/// "attempt 2 ended at 3.10 s by RST", or why that is not known.
[[nodiscard]] std::string in_words(const judge::Ending& ending);
/// "exited with 3", "died of SIGABRT"
[[nodiscard]] std::string in_words(const trace::ClientExited& exit);
/// The code of a reported `close` as the client wrote it, with a space before it: " 1006",
/// " \"1006\""; "" where it gave none.
[[nodiscard]] std::string code_as_it_came(const trace::ClientEvent& event);
/// "1000 or 1001"
[[nodiscard]] std::string alternatives(const std::vector<int>& codes);
/// ", at 1.00 s, 2.00 s"; "" for none. Not all of many.
[[nodiscard]] std::string at_moments(const std::vector<Duration>& times);

}  // namespace halfopen::report
