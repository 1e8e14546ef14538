// The broker itself: the server loop of the forked process.
#pragma once

#include <sys/resource.h>
#include <sys/types.h>

#include "io/net/broker.h"

namespace halfopen::io {

struct BrokerProcess {
  int channel = -1;  ///< To halfopen.
  int closer = -1;   ///< Where halfopen sends descriptors whose closing takes long.
  pid_t parent = 0;  ///< halfopen.
  rlimit file_limit{};
  BrokerOptions options;
};

/// Sends {"abilities": …}, serves requests until halfopen is gone, and then ends everything.
void run_broker(const BrokerProcess& broker);

}  // namespace halfopen::io
