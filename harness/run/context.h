// What every part of the core works with.
#pragma once

#include <memory>

#include "run/held.h"
#include "run/outside.h"
#include "scenario/scenario.h"
#include "trace/recorder.h"

namespace halfopen::run {

/// From so much on it is no lateness of halfopen's but a standstill: what should have happened in
/// it happens so much later.
inline constexpr Duration stall = std::chrono::seconds(1);

struct Context {
  const scenario::Scenario& scenario;
  trace::Recorder& recorder;
  Outside& outside;
  /// Whether the client is known to print events: its client.toml says so.
  bool client_reports = false;
  /// Whether it is known to say when it gives up: of a bare command, its user has said so.
  bool client_says_gave_up = false;
  /// Whether it begins by fetching a page, as browsers do.
  bool client_fetches_page = false;
  /// Whether it is a command or a page without a client.toml, which may turn out to report.
  bool client_is_bare = false;
  /// The link as the scenario has made it by now.
  std::shared_ptr<link::Link> link = std::make_shared<link::Link>(scenario.link);
  /// What the connections of the run hold together.
  std::shared_ptr<Held> held = std::make_shared<Held>();
};

}  // namespace halfopen::run
