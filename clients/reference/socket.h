// A non-blocking TCP connection by plain system calls.
#pragma once

#include <optional>
#include <string>

#include "base/bytes.h"
#include "base/descriptor.h"
#include "look_up.h"

namespace reference {

class Socket {
 public:
  /// Starts to connect. Throws halfopen::Error.
  explicit Socket(const Target& target);

  [[nodiscard]] int number() const { return descriptor_.get(); }

  /// Once writable for the first time: the errno that says why the connection was not established,
  /// or 0.
  [[nodiscard]] int finish_connecting() const;

  struct Read {
    halfopen::Bytes bytes;
    bool finished = false;             ///< The peer's FIN.
    std::optional<std::string> error;  ///< TCP is over.
    bool reset = false;                ///< By an RST.
  };
  [[nodiscard]] Read read();
  /// All that ever came from the peer came in one TCP segment.
  [[nodiscard]] bool has_one_segment() const;

  /// Writes what it can and removes it from `bytes`. Errors show at the next read.
  void write(halfopen::Bytes& bytes);
  /// Sends a FIN, once.
  void finish();

 private:
  halfopen::Descriptor descriptor_;
  bool finished_ = false;
};

}  // namespace reference
