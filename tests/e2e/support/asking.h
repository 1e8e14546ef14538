// Shows the faults of an outsider's file to it, and compares what it says with what it must say.
#pragma once

#include <set>
#include <string>

#include "support/outsiders.h"

namespace halfopen::e2e {

/// Shows each row to the outsider as the client of one run, all of them side by side, and checks
/// that each run passes (by --strict, so that another alert than the row's is a failure). Rows that
/// this machine cannot do, and a program that is missing, are warned of.
void ask(const tests::Outsider& outsider);

/// The same for the rows of some layers and tshark, which is no client: each is captured, and its
/// capture dissected.
void dissect(tests::Outsider outsider, const std::set<std::string>& layers);

}  // namespace halfopen::e2e
