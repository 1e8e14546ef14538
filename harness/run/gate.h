// What stands at the door of an attempt whose port fault accepts the connection and does not serve
// it: it greets, swallows what comes, takes its leave, and ends the connection in its time.
#pragma once

#include <optional>

#include "base/time.h"
#include "faults/fault.h"

namespace halfopen::run {

class Gate {
 public:
  Gate(faults::Reception reception, Time accepted);

  /// So many bytes of the client's came.
  void received(std::size_t bytes, Time now);

  /// What is to be done now.
  struct Due {
    bool strikes = false;            ///< The fault shows for the first time.
    Bytes says;                      ///< To be put on the wire as it is.
    std::optional<faults::Act> end;  ///< How the connection ends.
  };
  [[nodiscard]] Due due(Time now);
  /// When due() is to be called; none while bytes are waited for, or where nothing more comes.
  [[nodiscard]] std::optional<Time> deadline() const;

 private:
  faults::Reception reception_;
  std::optional<Time> begins_;
  std::optional<Time> ends_;
  std::int64_t received_ = 0;
  bool struck_ = false;
};

}  // namespace halfopen::run
