// Parts of a scenario in words.
#pragma once

#include <string>
#include <vector>

#include "scenario/scenario.h"

namespace halfopen::scenario {

/// "a message that matches /^hel+o$/"
[[nodiscard]] std::string in_words(const Match& match);
/// "path "/chat", no origin"
[[nodiscard]] std::string in_words(const RequestExpectation& request);
[[nodiscard]] std::string in_words(const ClientEvent& event);
[[nodiscard]] std::string in_words(const Curve& curve);
[[nodiscard]] std::string in_words(const MessageExpectation& message);
/// ""/chat"", "absent", "any"
[[nodiscard]] std::string in_words(const FieldMatch& wanted);
/// "send "hello"", "close 1000"
[[nodiscard]] std::string in_words(const Tell& tell);
/// "mid-frame (sent 3)": the name, and the parameters that are not as by default.
[[nodiscard]] std::string in_words(const faults::Use& use);
/// How the handshake is answered: "is answered with 503".
[[nodiscard]] std::string in_words(const Handshake& handshake);
/// What is wrong about a handshake, by name: "redirect", "status 503", "handshake".
[[nodiscard]] std::string name_of(const Handshake& handshake);
/// "after 3 messages of the client"; "" for at once.
[[nodiscard]] std::string in_words(const Moment& moment);
/// "delay 40ms, loss 2%" for one direction, without its drop rules; "" if there is nothing else.
[[nodiscard]] std::string in_words(const link::Settings& settings);
/// "at most 5s", "1s to 3s"
[[nodiscard]] std::string in_words(const DurationRange& range);
/// "Whenever the client sends "a": send "b"", "Every 10s: send "tick"".
[[nodiscard]] std::string in_words(const Reply& rule);
[[nodiscard]] std::string in_words(const Every& rule);
/// What is expected, one line each.
[[nodiscard]] std::vector<std::string> in_words(const Expect& expect);

[[nodiscard]] std::string in_quotes(std::string_view text);
/// "1st", "2nd", …
[[nodiscard]] std::string ordinal(int number);

}  // namespace halfopen::scenario
