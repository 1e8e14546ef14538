// Shows the faults of an outsider's file to it, and compares what it says with what it must say.
#pragma once

#include <string>

#include "support/outsiders.h"
#include "support/scratch.h"

namespace halfopen::e2e {

/// Shows each row to the outsider as the client of one run, all of them side by side, and checks
/// that each run passes (by --strict, so that another alert than the row's is a failure). Rows that
/// this machine cannot do, and a program that is missing, are warned of.
void ask(const tests::Outsider& outsider);

// The parts of it, for outsiders that are asked otherwise.

/// Whether its program is on the PATH. Warns where it is not.
bool is_installed(const tests::Outsider& outsider);
/// Makes the runs, and checks them. {captures} in the command is the scratch folder.
void show(const tests::Outsider& outsider, const Scratch& scratch);
/// The row's scenario, and its host without ".test".
std::string name_of(const tests::Row& row);

}  // namespace halfopen::e2e
