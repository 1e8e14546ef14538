// The closer: a process that does nothing but close descriptors. Closing a TUN device blocks for
// about 30 ms; here it blocks nobody.
#pragma once

#include "base/descriptor.h"

namespace halfopen::io {

/// Serves a channel until its other end is gone.
void run_closer(int channel);

/// Passes the descriptor to the closer. The caller's copy is closed, which is quick, since it is
/// not the last one.
void close_through(int channel, Descriptor descriptor);

}  // namespace halfopen::io
