// The catalogue of faults as a page for people: scenarios/FAULTS.md.
#pragma once

#include <string>
#include <vector>

#include "scenario/scenario.h"

namespace halfopen::scenario {

/// Every fault that the scenario uses.
[[nodiscard]] std::vector<const faults::Fault*> faults_of(const Scenario& scenario);

/// The page, in Markdown: each fault with what it does, when it happens, what a correct client does
/// about it, its parameters, an example, and those of `scenarios` that use it.
[[nodiscard]] std::string fault_page(const std::vector<Scenario>& scenarios);

}  // namespace halfopen::scenario
