// The catalogue's description of a fault that struck.
#pragma once

#include "faults/fault.h"
#include "trace/event.h"

namespace halfopen::judge {

/// Null where the catalogue has none of that name in that layer: links and limits have no faults.
[[nodiscard]] const faults::Fault* fault_of(const trace::FaultStruck& struck);

}  // namespace halfopen::judge
