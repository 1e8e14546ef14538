// The scenario language and client.toml as JSON Schema (draft 7), for editors that complete and
// check TOML by one. Made from the same sections, faults and words that the loader works from; what
// a schema cannot say (combinations, an empty range) only the loader checks.
#pragma once

#include <string>

namespace halfopen::scenario {

/// The schema of a scenario file, as JSON text.
[[nodiscard]] std::string scenario_schema();
/// That of a file which scenarios include: nothing must be in it.
[[nodiscard]] std::string part_schema();
/// The schema of a client.toml.
[[nodiscard]] std::string client_schema();

}  // namespace halfopen::scenario
