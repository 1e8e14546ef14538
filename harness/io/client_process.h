// A running client: its output line by line, its input, its end.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <string>

#include "io/host.h"
#include "run/inside.h"
#include "trace/event.h"

namespace halfopen::io {

class ClientProcess {
 public:
  /// `inside` hears what it prints; `ended` is called when it has ended, and all that it printed
  /// has been read.
  ClientProcess(Host& host, Child child, run::Inside& inside,
                std::function<void(const Exit&)> ended);
  ClientProcess(ClientProcess&&) = delete;
  ~ClientProcess();

  /// Writes `line(1)` to `line(times)` to its standard input, each made when its turn comes and the
  /// client has read what came before. False if it does not read what it is told.
  bool tell(std::function<std::string(int nth)> line, int times = 1);
  /// So many tellings have not gone out whole, because the client does not read.
  [[nodiscard]] std::size_t untold() const { return untold_.size() + (unwritten_.empty() ? 0 : 1); }
  /// The most memory that its processes have had, in bytes; 0 if that is not known. `done` is not
  /// called once this is gone.
  void ask_memory(std::function<void(std::uint64_t bytes)> done);
  void signal(int number);

  /// Longer lines are cut into pieces of this size.
  static constexpr std::size_t longest_line = 64 * 1024;
  /// What may wait to be told.
  static constexpr std::size_t most_untold = 1000;

 private:
  /// One of its output pipes.
  struct Pipe {
    trace::Stream stream;
    Descriptor descriptor;
    std::string partial;
    std::unique_ptr<Watch> watch;
  };

  bool read(Pipe& pipe);
  void read_last_words(Exit exit, int reads_left);
  struct Untold {
    std::function<std::string(int)> line;
    int nth = 1;
    int times = 1;
  };

  void write_untold();
  bool take_next_line();
  void stop_telling();
  void take(Pipe& pipe, std::string_view text);

  Host& host_;
  run::Inside& inside_;
  std::function<void(const Exit&)> ended_;
  int child_;
  Descriptor input_;
  std::deque<Untold> untold_;
  std::string unwritten_;               ///< Of the line whose turn it is.
  std::unique_ptr<Watch> input_watch_;  ///< While something waits.
  Pipe output_;
  Pipe errors_;
  std::unique_ptr<Timer> next_turn_;  ///< Once it has ended, and what it printed is not read yet.
  std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

}  // namespace halfopen::io
