// halfopen's fake server alone: a core that echoes, on a listener, without link or client.
#pragma once

#include <string>

namespace halfopen::bench {

/// Serves for ever. Run in a Job.
std::string serve_echo(int listener);

}  // namespace halfopen::bench
