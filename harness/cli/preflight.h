// What can be said before a run: which link it takes, and why it could not be carried out here.
#pragma once

#include <optional>
#include <string>

#include "cli/batch.h"
#include "io/live_run.h"
#include "io/net/broker.h"
#include "trace/event.h"

namespace halfopen::cli {

struct LinkTaken {
  io::LinkKind kind = io::LinkKind::packet;
  std::string why;
};

[[nodiscard]] LinkTaken take_link(LinkChoice choice, const io::Abilities& abilities);

/// Why this client cannot go through this scenario over this link on this machine, and what would
/// help; none if it can.
[[nodiscard]] std::optional<trace::Unsupported> unsupported(const Pair& pair, const LinkTaken& link,
                                                            const io::Abilities& abilities);

[[nodiscard]] trace::Header make_header(const Pair& pair, const LinkTaken& link,
                                        const io::Abilities& abilities,
                                        const BatchOptions& options);

}  // namespace halfopen::cli
