// How what the scenario does is written down in the trace.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "faults/fault.h"
#include "link/settings.h"
#include "scenario/scenario.h"
#include "trace/event.h"

namespace halfopen::run {

/// That fault strikes. `silent`: it leaves the client with nothing to see.
[[nodiscard]] trace::FaultStruck noted(const faults::Fault& fault, bool silent = false);
/// Whether one of those acts leaves the client with nothing to see.
[[nodiscard]] bool is_silent(const std::vector<faults::Act>& acts);
/// Changes `link`, the one in force, as well.
[[nodiscard]] trace::LinkChanged noted(const link::Change& change, link::Link& link);
/// How a message is held against a pattern, and the pattern.
[[nodiscard]] std::pair<trace::Matching, std::string> noted(const scenario::Match& match);
/// The link of a run that begins in that state.
[[nodiscard]] trace::LinkChanged starts_as(link::State state);

}  // namespace halfopen::run
