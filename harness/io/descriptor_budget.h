// How much may go on at once with the descriptors that this process may have.
#pragma once

namespace halfopen::io {

/// What the loop, the broker, reports and the like take.
inline constexpr int descriptors_of_halfopen = 64;
/// What a light client's run takes: devices, listeners, pipes, and its connections with both ends
/// of the relay. A client that has more of them at a time, or sends so much that it needs pipes
/// within halfopen (io/loop/pipe_queue.h), takes from the others' reserve.
inline constexpr int descriptors_of_run = 32;

/// So many light clients' runs fit under a limit of open files; 0: not even one.
[[nodiscard]] int runs_within(unsigned long long open_files);
/// The same for this process's limit, which the broker has raised as far as it goes.
[[nodiscard]] int runs_within_limit();

}  // namespace halfopen::io
