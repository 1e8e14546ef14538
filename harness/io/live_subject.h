// The client of a live run as a process: how it is started, told, and ended.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "io/client_launch.h"
#include "io/client_process.h"
#include "io/temporary_folder.h"
#include "scenario/client.h"
#include "trace/recorder.h"

namespace halfopen::io {

class LiveSubject {
 public:
  class Run {
   public:
    virtual ~Run() = default;
    virtual void client_started() = 0;
    virtual void not_started(const std::string& why) = 0;
    /// It has started, or so much time has passed that it counts as started.
    virtual void began() = 0;
    /// It has ended, and all that it printed has been read.
    virtual void client_ended(const Exit& exit) = 0;
    /// It is left behind: not even SIGKILL has ended it.
    virtual void client_left_behind() = 0;
  };

  /// All must outlive it. `number`: as events have it. `inside` hears what it prints.
  LiveSubject(Host& host, const scenario::Client& client, int number, trace::Recorder& recorder,
              run::Inside& inside, Run& run);
  LiveSubject(LiveSubject&&) = delete;

  /// Fills in where it finds everything, and how it is started. `where` gets the client's own
  /// folder.
  void prepare(Whereabouts& where);
  /// In that world, with these lines in its /etc/hosts.
  void place(int world, std::vector<std::pair<std::string, std::vector<std::string>>> hosts);
  void start();

  void tell(const scenario::Tell& tell);
  void freeze(bool frozen);
  /// Writes down its memory, if it has started and not ended, and calls back.
  void note_memory(std::function<void()> noted);
  /// The same, as soon as it has started.
  void note_memory();
  /// Writes down what it did not read of what it was told.
  void note_untold(Time now);

  [[nodiscard]] bool runs() const { return process_ && !ended_; }
  /// It is not waited for any more, for now.
  void stop_waiting() { timer_.cancel(); }
  /// SIGTERM, and SIGKILL if it does not go.
  void end();

 private:
  void started(Child child);
  void record(Time now, trace::Body body);
  void with_process(std::function<void()> act);

  Host& host_;
  const scenario::Client& client_;
  int number_;
  trace::Recorder& recorder_;
  run::Inside& inside_;
  Run& run_;
  std::optional<TemporaryFolder> folder_;  ///< Its TMPDIR.
  SpawnRequest launch_;
  std::unique_ptr<ClientProcess> process_;
  std::vector<std::function<void()>> for_process_;  ///< What waits for it to have started.
  Timer timer_;
  bool ended_ = false;
  /// Answers of the broker that come after this has gone must not reach it.
  std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

}  // namespace halfopen::io
