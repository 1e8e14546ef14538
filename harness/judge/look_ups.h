// The look-ups of a run: which attempts use what one of them has found. A client may race all the
// addresses that it has learned at once (RFC 8305, sections 4 and 5).
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "trace/event.h"

namespace halfopen::judge {

/// How many addresses of each family.
struct Addresses {
  std::size_t ipv4 = 0;
  std::size_t ipv6 = 0;
};

struct LookUps {
  /// What each has found, in order. The first stands for what a client knows without any.
  std::vector<Addresses> found;
  struct Use {
    std::size_t look_up = 0;  ///< By index.
    /// The attempt began with it: its SYN's family is not known.
    bool began = false;
  };
  std::map<int, Use> used_by;  ///< By attempt.
};

/// `host`: the server's name. Other names are left out.
[[nodiscard]] LookUps look_ups(const trace::Trace& trace, const std::string& host);

}  // namespace halfopen::judge
