// What this machine lets the tests do, and how to start the program with less.
#pragma once

#include <string>
#include <vector>

#include "support/program.h"
#include "support/scratch.h"

namespace halfopen::e2e {

/// Whether network namespaces and packet devices are to be had. Skips (support/skip.h) where they
/// are not.
bool has_packet_link();

/// The program, its reference client and the shipped scenarios, copied to where any user may read
/// and execute them. The scratch folder must outlive what is started.
Start readable_by_all(const Scratch& scratch);

/// A command that goes on as a user without rights: `nobody`, or whoever we are if not root.
std::vector<std::string> as_nobody();

/// A command that goes on as a user who may not even make user namespaces; empty, and
/// skipped (support/skip.h), where that cannot be arranged.
std::vector<std::string> without_namespaces();

/// A scenario that takes half a second: the first connection is reset, the second stays.
inline const std::string quick_scenario =
    "about = \"The first connection is reset, the second one stays.\"\n"
    "[[attempt]]\n"
    "steps = [{ wait = \"50ms\" }, { drop = \"reset\" }]\n"
    "[expect]\n"
    "attempts = 2\n"
    "opens = 2\n"
    "settle = \"100ms\"\n"
    "within = \"25s\"\n";
/// The same, and only a packet link can play it.
inline const std::string packet_scenario =
    "about = \"The first SYN vanishes.\"\n"
    "[link]\n"
    "drop = [\"syn 1\"]\n"
    "[expect]\n"
    "attempts = 1\n"
    "opens = 1\n"
    "settle = \"100ms\"\n"
    "within = \"25s\"\n";

}  // namespace halfopen::e2e
