// Reading a fault's arguments, for the faults themselves.
#pragma once

#include "base/error.h"
#include "faults/fault.h"

namespace halfopen::faults {

/// The argument `name`; T is std::string for texts, std::int64_t for counts and sizes, Duration for
/// durations. complete() makes sure that it is there.
template <class T>
[[nodiscard]] const T& argument(const Arguments& arguments, std::string_view name) {
  const auto at = arguments.find(name);
  if (at == arguments.end()) throw Error("carry out a fault", "no argument " + std::string(name));
  return std::get<T>(at->second);
}

}  // namespace halfopen::faults
