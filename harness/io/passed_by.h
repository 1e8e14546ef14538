// The server's own door on the stream link, where the client is pointed at a proxy: whoever comes
// here went past the proxy, is written down, and is let go again.
#pragma once

#include "io/loop/acceptor.h"
#include "run/inside.h"

namespace halfopen::io {

class PassedBy {
 public:
  PassedBy(Loop& loop, Descriptor listener, run::Inside& inside);

 private:
  Acceptor acceptor_;
};

}  // namespace halfopen::io
