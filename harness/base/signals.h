// Which signals others may send, by a limit, a timer that was inherited, or kill(2).
#pragma once

#include <vector>

namespace halfopen {

/// Somebody wants this process to end: SIGINT, SIGTERM, SIGHUP.
[[nodiscard]] std::vector<int> orders_to_end();

/// Those that mean nothing to halfopen, and whose default would end it without a word: SIGXCPU
/// (`ulimit -t`), SIGALRM and its like (a timer outlives exec), SIGUSR1 and SIGUSR2 (how batch
/// systems announce an end), SIGPOLL, SIGPWR, SIGSTKFLT, all of real time. Not among them: the ones
/// of a process's own mistakes (SIGSEGV …), SIGQUIT (a person who wants a core), and those that
/// stop and do not end (SIGTSTP, SIGTTIN, SIGTTOU: the shell's).
[[nodiscard]] std::vector<int> strays();

/// From now on a write beyond the limit of file sizes (`ulimit -f`, which any process of the same
/// user can set) fails with EFBIG, as on a full disk, where SIGXFSZ would end the process.
void let_writes_beyond_limit_fail();

}  // namespace halfopen
