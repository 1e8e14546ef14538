// What a value may look like where it takes a function to say it: see shape::Made.
#pragma once

#include <nlohmann/json_fwd.hpp>

namespace halfopen::scenario {

/// At least one token, and none twice (RFC 9110, section 5.6.2).
[[nodiscard]] nlohmann::ordered_json tokens_schema();
/// What a field of a request must be.
[[nodiscard]] nlohmann::ordered_json field_schema();
/// `handshake = …`, `steps = …` of an attempt.
[[nodiscard]] nlohmann::ordered_json handshake_schema();
[[nodiscard]] nlohmann::ordered_json steps_schema();
/// [[at]] and [[when]], in which the actions of a client's own may have any keys.
[[nodiscard]] nlohmann::ordered_json at_schema();
[[nodiscard]] nlohmann::ordered_json when_schema();
/// `client = …` of [expect]: beside its own keys, every event is one.
[[nodiscard]] nlohmann::ordered_json client_expectations_schema();

}  // namespace halfopen::scenario
