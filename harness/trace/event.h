// The events of a run. The trace is the only truth: the judge and every report see these (and the
// scenario) and nothing else. Each type is plain data with its description beside it; write.cpp and
// read.cpp follow that for JSON lines, one key per member.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/time.h"
#include "trace/attempt_events.h"
#include "trace/client_events.h"
#include "trace/run_events.h"
#include "trace/step_events.h"
#include "trace/world_events.h"

namespace halfopen::trace {

using Body = Joined<AttemptEvents, StepEvents, WorldEvents, ClientEvents, RunEvents>::Variant;

struct Event {
  Duration at{};    ///< Since the start of the run.
  int attempt = 0;  ///< From 1; 0 where the event belongs to no attempt.
  int line = 0;     ///< Line of the scenario (or of its parts) that made it happen; 0 for none.
  Body body;
  int client = 0;  ///< The subject that it is about, from 1; 0: about none, or an older trace.
};

/// Describes the run, so that a trace can be read and judged on its own.
struct Header {
  int format = 3;                    ///< Another whenever older traces cannot be read any more.
  std::string version;               ///< halfopen's.
  std::vector<std::string> command;  ///< halfopen's own command line.
  std::string scenario;              ///< Its name.
  std::string scenario_file;         ///< Its path as given.
  std::string scenario_text;         ///< The whole file.
  /// What it includes, as path and text. An event's line is counted through all of them.
  std::vector<std::pair<std::string, std::string>> scenario_parts;
  /// Values from outside for its variables, by name.
  std::vector<std::pair<std::string, std::string>> scenario_set;
  std::string scenario_hash;            ///< SHA-256 of all that, hexadecimal.
  std::string client;                   ///< Its name.
  std::string client_given;             ///< As --client had it, so that the run can be repeated.
  std::vector<std::string> client_can;  ///< "reports", "obeys", "page", …
  std::uint64_t seed = 0;
  std::string link;      ///< "packet" or "stream"
  std::string link_why;  ///< Why `auto` took it, or "asked for".
  std::string machine;   ///< What it can do: "root, tun", "user namespaces, veth", …
  std::string started;   ///< Wall-clock time, ISO 8601, UTC: events count from it.
};

HALFOPEN_EVENT(Header, "trace", HALFOPEN_M(format), HALFOPEN_M(version), HALFOPEN_M(command),
               HALFOPEN_M(scenario), HALFOPEN_M(scenario_file), HALFOPEN_M(scenario_text),
               HALFOPEN_M(scenario_parts), HALFOPEN_M(scenario_set), HALFOPEN_M(scenario_hash),
               HALFOPEN_M(client), HALFOPEN_M(client_given), HALFOPEN_M(client_can),
               HALFOPEN_M(seed), HALFOPEN_M(link), HALFOPEN_M(link_why), HALFOPEN_M(machine),
               HALFOPEN_M(started))

struct Trace {
  Header header;
  std::vector<Event> events;  ///< In the order in which they happened.
};

}  // namespace halfopen::trace
