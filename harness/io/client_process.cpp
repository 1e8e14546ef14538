#include "io/client_process.h"

#include <unistd.h>

#include <array>
#include <cerrno>
#include <string_view>
#include <utility>

namespace halfopen::io {

namespace {

/// A pipe holds 64 KiB (pipe(7)), or up to 1 MiB where the client has asked for that.
constexpr int most_last_reads = 128;
/// One turn's work, of each.
constexpr int last_reads_at_once = 4;

}  // namespace

ClientProcess::ClientProcess(Host& host, Child child, run::Inside& inside,
                             std::function<void(const Exit&)> ended)
    : host_(host),
      inside_(inside),
      ended_(std::move(ended)),
      child_(child.id),
      input_(std::move(child.input)),
      output_{trace::Stream::out, std::move(child.output), "", nullptr},
      errors_{trace::Stream::err, std::move(child.errors), "", nullptr} {
  for (Pipe* pipe : {&output_, &errors_})
    pipe->watch = std::make_unique<Watch>(host.loop(), pipe->descriptor.get(), UV_READABLE,
                                          [this, pipe](int) { (void)read(*pipe); });
  host_.when_exited(child_, [this, alive = std::weak_ptr(alive_)](const Exit& exit) {
    if (alive.expired()) return;
    read_last_words(exit, most_last_reads);
  });
}

/// What it printed last may still be in the pipes.
void ClientProcess::read_last_words(Exit exit, int reads_left) {
  bool more = false;
  for (Pipe* pipe : {&output_, &errors_}) {
    int reads = 0;
    while (reads < last_reads_at_once && pipe->watch && read(*pipe)) ++reads;
    more = more || reads == last_reads_at_once;
  }
  if (more && reads_left > last_reads_at_once) {
    if (!next_turn_) next_turn_ = std::make_unique<Timer>(host_.loop());
    return next_turn_->set(now(), [this, exit, reads_left] {
      read_last_words(exit, reads_left - last_reads_at_once);
    });
  }
  for (Pipe* pipe : {&output_, &errors_}) {
    if (!pipe->partial.empty())
      inside_.client_printed(now(), pipe->stream, std::exchange(pipe->partial, ""));
    pipe->watch.reset();
  }
  child_ = 0;
  ended_(exit);
}

ClientProcess::~ClientProcess() = default;

/// Whether there was something. Bounded: a client that prints without end must not stop everything
/// else, and short lines cost as much as long ones.
bool ClientProcess::read(Pipe& pipe) {
  std::array<char, 8 * 1024> buffer;
  const ssize_t count = ::read(pipe.descriptor.get(), buffer.data(), buffer.size());
  if (count == 0) pipe.watch.reset();
  if (count > 0) take(pipe, {buffer.data(), static_cast<std::size_t>(count)});
  return count > 0;
}

void ClientProcess::take(Pipe& pipe, std::string_view text) {
  for (const char c : text) {
    if (c != '\n') pipe.partial += c;
    if (c == '\n' || pipe.partial.size() >= longest_line)
      inside_.client_printed(now(), pipe.stream, std::exchange(pipe.partial, ""));
  }
}

bool ClientProcess::tell(std::function<std::string(int nth)> line, int times) {
  if (!input_ || untold_.size() >= most_untold) return false;
  untold_.push_back({std::move(line), 1, times});
  write_untold();
  return static_cast<bool>(input_);
}

/// Whether there is something to write.
bool ClientProcess::take_next_line() {
  if (!unwritten_.empty()) return true;
  if (untold_.empty()) return false;
  Untold& next = untold_.front();
  unwritten_ = next.line(next.nth) + "\n";
  if (next.nth++ == next.times) untold_.pop_front();
  return true;
}

void ClientProcess::write_untold() {
  // Bounded: a client that reads fast must not stop everything else.
  constexpr std::size_t most_at_once = 64 * 1024;
  for (std::size_t written = 0; written < most_at_once && take_next_line();) {
    const ssize_t count = ::write(input_.get(), unwritten_.data(), unwritten_.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0 && errno == EAGAIN) break;
    if (count < 0) return stop_telling();
    written += static_cast<std::size_t>(count);
    unwritten_.erase(0, static_cast<std::size_t>(count));
  }
  if (unwritten_.empty() && untold_.empty())
    input_watch_.reset();
  else if (!input_watch_)
    input_watch_ = std::make_unique<Watch>(host_.loop(), input_.get(), UV_WRITABLE,
                                           [this](int) { write_untold(); });
}

/// It has closed its input.
void ClientProcess::stop_telling() {
  untold_.clear();
  unwritten_.clear();
  input_watch_.reset();
  input_.reset();
}

void ClientProcess::ask_memory(std::function<void(std::uint64_t bytes)> done) {
  host_.broker().memory(child_, [done = std::move(done),
                                 alive = std::weak_ptr(alive_)](const Reply<std::uint64_t>& reply) {
    if (!alive.expired()) done(reply.value.value_or(0));
  });
}

void ClientProcess::signal(int number) {
  if (child_ != 0) host_.broker().signal(child_, number);
}

}  // namespace halfopen::io
