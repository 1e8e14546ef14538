// Asks tshark, which is no client, what a client's side of the link has seen.
#pragma once

#include <set>
#include <string>

#include "support/outsiders.h"

namespace halfopen::e2e {

/// Plays the rows of some layers to a client whose packets dumpcap writes down, and checks what
/// tshark makes of each capture. Warns where that cannot be done.
void dissect(tests::Outsider outsider, const std::set<std::string>& layers);

}  // namespace halfopen::e2e
