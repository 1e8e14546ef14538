#include "io/client_process.h"

#include <unistd.h>

#include <array>
#include <string_view>
#include <utility>

namespace halfopen::io {

ClientProcess::ClientProcess(Host& host, Child child, Hooks hooks)
    : host_(host),
      hooks_(std::move(hooks)),
      child_(child.id),
      input_(std::move(child.input)),
      output_{"stdout", std::move(child.output), "", nullptr},
      errors_{"stderr", std::move(child.errors), "", nullptr} {
  for (Pipe* pipe : {&output_, &errors_})
    pipe->watch = std::make_unique<Watch>(host.loop(), pipe->descriptor.get(), UV_READABLE,
                                          [this, pipe](int) { read(*pipe); });
  host_.when_exited(child_, [this, alive = std::weak_ptr(alive_)](const Exit& exit) {
    if (alive.expired()) return;
    // What it printed last may still be in the pipes.
    for (Pipe* pipe : {&output_, &errors_}) {
      if (pipe->watch) read(*pipe);
      if (!pipe->partial.empty()) hooks_.on_line(pipe->name, std::exchange(pipe->partial, ""));
      pipe->watch.reset();
    }
    child_ = 0;
    hooks_.on_exit(exit);
  });
}

ClientProcess::~ClientProcess() = default;

void ClientProcess::read(Pipe& pipe) {
  std::array<char, 16 * 1024> buffer;
  // Bounded: a client that prints without end must not stop everything else.
  for (int i = 0; i < 16; ++i) {
    const ssize_t count = ::read(pipe.descriptor.get(), buffer.data(), buffer.size());
    if (count == 0) pipe.watch.reset();
    if (count <= 0) return;
    take(pipe, {buffer.data(), static_cast<std::size_t>(count)});
  }
}

void ClientProcess::take(Pipe& pipe, std::string_view text) {
  for (const char c : text) {
    if (c != '\n') pipe.partial += c;
    if (c == '\n' || pipe.partial.size() >= longest_line)
      hooks_.on_line(pipe.name, std::exchange(pipe.partial, ""));
  }
}

bool ClientProcess::tell(const std::string& line) {
  const std::string whole = line + "\n";
  // A pipe takes up to PIPE_BUF bytes whole or not at all (pipe(7)).
  return ::write(input_.get(), whole.data(), whole.size()) == static_cast<ssize_t>(whole.size());
}

void ClientProcess::signal(int number) {
  if (child_ != 0) host_.broker().signal(child_, number);
}

}  // namespace halfopen::io
