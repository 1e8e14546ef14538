// The ways to a server's port whose throughput is compared: the stream link, and other relays.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/units.h"
#include "bench/job.h"

namespace halfopen::bench {

/// A relay that runs until this is destroyed, and what was measured of it.
struct Way {
  std::string name;
  std::uint16_t port = 0;  ///< On loopback; its bytes come out at the server's.
  Duration delay{};        ///< Each way.
  std::unique_ptr<Job> program{};
  std::vector<double> bits{};      ///< Per second, one each round.
  std::vector<double> added_us{};  ///< To a round trip, one each round.
  double gigabytes = 0;
  double processor_seconds = 0;
};

/// All of them run on the measured core (cores.h). The stream link, as a client gets it.
[[nodiscard]] Way own_link(std::uint16_t server_port, Duration delay);
[[nodiscard]] Way socat(std::uint16_t server_port);
/// With splice(2), so that no byte is copied to user space. Its configuration goes to `folder`.
[[nodiscard]] Way haproxy(std::uint16_t server_port, const std::string& folder);
/// None where there is no toxiproxy-server in the PATH. No Debian package has it.
[[nodiscard]] std::optional<Way> toxiproxy(std::uint16_t server_port, Duration delay,
                                           const std::string& folder);

}  // namespace halfopen::bench
