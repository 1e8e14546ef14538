// Two network namespaces joined by a veth pair: what the kernel makes of a link by itself.
#pragma once

#include <cstdint>

#include "base/descriptor.h"

namespace halfopen::bench {

class VethPath {
 public:
  /// The server's address inside; nobody else is there (RFC 5737).
  static constexpr const char* server_address = "198.51.100.20";

  /// Needs root and the program `ip` (iproute2). Throws Error if it cannot be had.
  VethPath();

  /// Moves the calling process there, for good: call it in a job. Throws Error.
  void enter_client() const;
  void enter_server() const;

 private:
  Descriptor client_;
  Descriptor server_;
};

}  // namespace halfopen::bench
