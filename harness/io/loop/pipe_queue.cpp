#include "io/loop/pipe_queue.h"

#include <fcntl.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>
#include <vector>

namespace halfopen::io {
namespace {

using Pipe = PipeQueue::Pipe;

/// What a user may ask for without privileges (fs.pipe-max-size).
constexpr int pipe_size = 1024 * 1024;
/// The kernel takes a segment for a page when it looks how much a pipe has room for: the fuller,
/// the less it moves at a time. From here on the next pipe is better.
constexpr std::size_t rather_full = std::size_t{2} * pipe_size;

/// Empty pipes, for whoever needs one next: most are needed for one turn of the loop only. Not
/// more, because they keep descriptors from others.
std::vector<Pipe> spare;
constexpr std::size_t most_spare = 2;
std::size_t made = 0;  ///< Those, and all in queues.

std::optional<Pipe> make_pipe() {
  std::array<int, 2> ends{};
  if (made == PipeQueue::most_pipes || ::pipe2(ends.data(), O_CLOEXEC | O_NONBLOCK) < 0)
    return std::nullopt;
  ++made;
  ::fcntl(ends[0], F_SETPIPE_SZ, pipe_size);  // a small one will do, too
  return Pipe{Descriptor(ends[1]), Descriptor(ends[0])};
}

std::optional<Pipe> take_pipe() {
  if (spare.empty()) return make_pipe();
  Pipe pipe = std::move(spare.back());
  spare.pop_back();
  return pipe;
}

/// What is left in it goes with it.
void give_back(Pipe pipe) {
  if (pipe.bytes == 0 && spare.size() < most_spare)
    spare.push_back(std::move(pipe));
  else
    --made;
}

/// None: a connection has failed, `from` or `to`. Whatever else is wrong, reading and writing does
/// without this.
std::optional<std::size_t> move(int from, int to, std::size_t most) {
  const ssize_t count = ::splice(from, nullptr, to, nullptr, most, SPLICE_F_NONBLOCK);
  if (count >= 0) return static_cast<std::size_t>(count);
  if (errno == ECONNRESET || errno == EPIPE || errno == ETIMEDOUT) return std::nullopt;
  return 0;
}

}  // namespace

bool PipeQueue::add() {
  std::optional<Pipe> pipe = take_pipe();
  if (pipe) pipes_.push_back(std::move(*pipe));
  return pipe.has_value();
}

std::optional<std::size_t> PipeQueue::fill(int socket, std::size_t most) {
  const auto move_in = [&] { return move(socket, pipes_.back().in.get(), most); };
  if (pipes_.empty() || pipes_.back().bytes >= rather_full) add();
  if (pipes_.empty()) return 0;
  std::optional<std::size_t> count = move_in();
  // It may be full nevertheless.
  if (count == 0U && pipes_.back().bytes > 0 && add()) count = move_in();
  pipes_.back().bytes += count.value_or(0);
  if (pipes_.back().bytes == 0) {
    give_back(std::move(pipes_.back()));
    pipes_.pop_back();
  }
  return count;
}

std::optional<std::size_t> PipeQueue::drain(int socket, std::size_t most) {
  if (pipes_.empty()) return 0;
  const Pipe& first = pipes_.front();
  const auto count = move(first.out.get(), socket, std::min(most, first.bytes));
  took(count.value_or(0));
  return count;
}

std::size_t PipeQueue::read(std::span<std::uint8_t> to) {
  if (pipes_.empty()) return 0;
  const ssize_t count = ::read(pipes_.front().out.get(), to.data(), to.size());
  if (count <= 0) return 0;
  took(static_cast<std::size_t>(count));
  return static_cast<std::size_t>(count);
}

void PipeQueue::took(std::size_t bytes) {
  pipes_.front().bytes -= bytes;
  if (pipes_.front().bytes > 0) return;
  give_back(std::move(pipes_.front()));
  pipes_.pop_front();
}

void PipeQueue::clear() {
  for (Pipe& pipe : pipes_) give_back(std::move(pipe));
  pipes_.clear();
}

}  // namespace halfopen::io
