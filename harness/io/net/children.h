// The broker's clients, from the request that starts one to the report of its end.
#pragma once

#include <sys/resource.h>
#include <sys/types.h>

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "io/net/client_start.h"
#include "io/net/outbox.h"
#include "io/net/poll_loop.h"

namespace halfopen::io {

class Children {
 public:
  Children(PollLoop& loop, Outbox& outbox, const rlimit& file_limit)
      : loop_(loop), outbox_(outbox), file_limit_(file_limit) {}

  /// Answers the request once the command runs, or cannot. Throws Error if that is known at once.
  void spawn(std::uint64_t request, const SpawnRequest& asked, const Room& room);
  void signal(int child, int number);
  /// The most memory that its processes have had, together, in bytes. Throws Error for one that
  /// has ended.
  [[nodiscard]] std::uint64_t memory(int child) const;
  /// Kills all clients of a world.
  void end_world(int world);
  /// To be told of every process that the broker reaped.
  void reaped(pid_t process);
  /// Tells every client to end.
  void end_all();
  [[nodiscard]] bool empty() const { return children_.empty(); }

 private:
  struct Entry {
    StartedClient client;
    std::uint64_t request = 0;
    int world = 0;
    std::string name;  ///< The command's first word, for messages.
    bool answered = false;
    bool starting = false;  ///< From now on only its command can end its init.
    bool started = false;
    bool has_init = false;  ///< client.process is the first of a PID namespace.
    bool killed = false;    ///< By us.
    std::optional<Exit> exit;
  };

  void kill(Entry& entry);
  void read_reports_of(int child);
  bool read_report_of(int child, Entry& entry);
  void stop_listening(Entry& entry);
  void take_report(int child, Entry& entry, const Received& report);
  void answer_started(int child, Entry& entry);
  void finish(int child, Entry& entry);

  PollLoop& loop_;
  Outbox& outbox_;
  rlimit file_limit_;
  std::map<int, Entry> children_;
  int last_ = 0;
};

}  // namespace halfopen::io
