// The server's own door on the stream link, where the client is pointed at a proxy: whoever comes
// here went past the proxy, is written down, and is let go again.
#pragma once

#include <functional>
#include <string>

#include "io/loop/acceptor.h"

namespace halfopen::io {

class PassedBy {
 public:
  /// `came` is called for each connection, with its peer.
  PassedBy(Loop& loop, Descriptor listener, std::function<void(const std::string& peer)> came);

 private:
  std::function<void(const std::string& peer)> came_;
  Acceptor acceptor_;
};

}  // namespace halfopen::io
