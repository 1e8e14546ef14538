// A running client: its output line by line, its input, its end.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <string>

#include "io/host.h"

namespace halfopen::io {

class ClientProcess {
 public:
  struct Hooks {
    /// A line of its output, without the newline. `stream`: "stdout" or "stderr".
    std::function<void(const char* stream, const std::string& line)> on_line;
    /// It ended, and all that it printed has been read.
    std::function<void(const Exit&)> on_exit;
  };

  ClientProcess(Host& host, Child child, Hooks hooks);
  ClientProcess(ClientProcess&&) = delete;
  ~ClientProcess();

  /// Writes a line to its standard input; false if it does not read what it is told.
  bool tell(const std::string& line);
  void signal(int number);

  /// Longer lines are cut into pieces of this size.
  static constexpr std::size_t longest_line = 64 * 1024;

 private:
  /// One of its output pipes.
  struct Pipe {
    const char* name;
    Descriptor descriptor;
    std::string partial;
    std::unique_ptr<Watch> watch;
  };

  void read(Pipe& pipe);
  void take(Pipe& pipe, std::string_view text);

  Host& host_;
  Hooks hooks_;
  int child_;
  Descriptor input_;
  Pipe output_;
  Pipe errors_;
  std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

}  // namespace halfopen::io
