// The processes that descend from another, found in /proc.
#pragma once

#include <sys/types.h>

#include <vector>

namespace halfopen::io {

/// All of them, parents before children.
[[nodiscard]] std::vector<pid_t> descendants_of(pid_t ancestor);

/// Sends the signal to every descendant, and to those that are born meanwhile.
void signal_descendants(pid_t ancestor, int number);

/// Kills what has come to this process, their reaper, when the helper above them was killed: its
/// children that run another program than itself, and their descendants.
void kill_orphans();

/// Kills every descendant of this process, which must be their reaper (PR_SET_CHILD_SUBREAPER), and
/// waits until they are gone, for two seconds at most.
void kill_own_descendants();

}  // namespace halfopen::io
