// What the client does outside of its connections.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "trace/describe.h"
#include "trace/words.h"

namespace halfopen::trace {

struct ClientStarted {
  std::vector<std::string> command;
};
HALFOPEN_EVENT(ClientStarted, "client-started", HALFOPEN_M(command))

/// A JSON line that the client printed. `json` is that line, shortened; the members beside it are
/// what the judge reads from it.
struct ClientEvent {
  Report reported = Report::other;
  std::string name;  ///< Of `other`: "network", "offline" …
  std::string text;  ///< Of messages and errors.
  int code = 0;      ///< Of `close`.
  bool clean = false;
  std::string json;
};
HALFOPEN_EVENT(ClientEvent, "client-event", HALFOPEN_M(reported), HALFOPEN_M(name),
               HALFOPEN_M(text), HALFOPEN_M(code), HALFOPEN_M(clean), HALFOPEN_M(json))
/// What the client called it.
[[nodiscard]] inline std::string_view name_of(const ClientEvent& event) {
  return event.reported == Report::other ? std::string_view(event.name) : word(event.reported);
}

/// The client fetched its page: a browser is up and running.
struct PageServed {};
HALFOPEN_EVENT(PageServed, "page-served")

struct ClientLog {
  Stream stream = Stream::out;
  std::string text;
};
HALFOPEN_EVENT(ClientLog, "client-log", HALFOPEN_M(stream), HALFOPEN_M(text))

/// The most memory that the processes of the client have had (VmHWM in proc(5)), together: once
/// when its first connection has opened and once at the end, where the scenario speaks of it.
struct ClientMemory {
  std::uint64_t bytes = 0;
};
HALFOPEN_EVENT(ClientMemory, "client-memory", HALFOPEN_M(bytes))

struct ClientExited {
  int code = -1;   ///< The exit code, or -1 where a signal ended it.
  int signal = 0;  ///< The signal, or 0.
  bool by_us = false;
};
HALFOPEN_EVENT(ClientExited, "client-exited", HALFOPEN_M(code), HALFOPEN_M(signal),
               HALFOPEN_M(by_us))

using ClientEvents =
    Events<ClientStarted, ClientEvent, PageServed, ClientLog, ClientMemory, ClientExited>;

}  // namespace halfopen::trace
