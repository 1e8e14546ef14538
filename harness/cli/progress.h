// Live progress of a batch: a line for each run that ends, and on a terminal a status line below
// them that says what is still going on and for how long at most.
#pragma once

#include <memory>
#include <string>

#include "io/host.h"
#include "io/schedule.h"

namespace halfopen::cli {

class Progress {
 public:
  /// `total`: runs in the batch. `lines` false: only the status line, which is shown only if
  /// standard error is a terminal.
  Progress(io::Host& host, const io::Schedule& schedule, std::size_t total, bool lines);
  ~Progress();
  Progress(Progress&&) = delete;

  /// A run has ended.
  void line(const std::string& text);

 private:
  void refresh();
  void clear();

  const io::Schedule& schedule_;
  std::size_t total_;
  bool lines_;
  bool terminal_;
  bool shown_ = false;
  io::Timer timer_;
};

}  // namespace halfopen::cli
