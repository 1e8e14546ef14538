// One live run: the world, the host, the client and the core of one scenario, from start to trace.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "io/client_launch.h"
#include "io/driver.h"
#include "io/host.h"
#include "io/live_host.h"
#include "io/live_outside.h"
#include "io/live_subject.h"
#include "io/live_world.h"
#include "run/world.h"
#include "scenario/client.h"
#include "scenario/scenario.h"
#include "trace/recorder.h"

namespace halfopen::io {

enum class LinkKind { packet, stream };

/// The capture that is wanted of a run on the packet link.
struct CaptureRequest {
  std::string file;  ///< "": none.
  /// What is said of an event beside the packet that is nearest to it; "": nothing.
  std::function<std::string(const trace::Event&)> comment;
};

struct RunRequest {
  const scenario::Scenario* scenario = nullptr;  ///< Must outlive the run.
  const scenario::Client* client = nullptr;      ///< Must outlive the run.
  LinkKind link = LinkKind::packet;
  trace::Header header;  ///< Complete.
  Trust trust{};
  CaptureRequest capture{};
};

class LiveRun final : private Driver::Run, private LiveWorld::Run, private LiveSubject::Run {
 public:
  struct Hooks {
    /// The client has made its first attempt or has ended: its start no longer costs much.
    std::function<void()> started;
    /// Called once, at the end. The run may be destroyed after the call, not in it; see
    /// close_some().
    std::function<void(trace::Trace trace)> done;
  };

  LiveRun(Host& host, RunRequest request, Hooks hooks);
  ~LiveRun() override;
  LiveRun(LiveRun&&) = delete;

  /// Ends the run early ("interrupted").
  void interrupt();
  /// After `done`: closes some of its connections, as many as one turn of the loop may. False once
  /// there are none: then it takes little time to destroy it.
  bool close_some();
  /// Attempts so far, for progress displays.
  [[nodiscard]] int attempts() const { return core_ ? core_->attempts() : 0; }
  /// Until when it lasts at most; none before its client has started.
  [[nodiscard]] std::optional<Time> latest_end() const;

 private:
  void open();
  void try_to(void (LiveRun::*step)());
  void open_in_namespaces();
  void open_on_loopback();
  void begin_trace();
  void begin_capture(Duration wall_clock);
  void note_secret(std::string_view line);
  void complete(Whereabouts& where);
  void serve(Descriptor listener, const Whereabouts& where);
  [[nodiscard]] bool wants_page() const;
  [[nodiscard]] std::string page_html() const;
  void break_off(trace::Broken broken);
  void stop(trace::Ended why);
  void end_trace(trace::Ended why);
  void over();

  void began() override;
  void decided(trace::Ended why) override { stop(why); }
  void client_started() override { driver_.settle(); }
  void client_ended(const Exit& exit) override;
  void client_left_behind() override { over(); }
  void not_started(const std::string& why) override;
  void fail(const std::string& why) override;

  Host& host_;
  RunRequest request_;
  Hooks hooks_;
  std::unique_ptr<CaptureFile> capture_;  ///< Outlives what it is told by.
  trace::Recorder recorder_;
  Driver driver_;
  std::unique_ptr<run::World> core_;
  LiveWorld world_;
  LiveHost live_host_;
  LiveSubject subject_;
  LiveOutside outside_;
  Timer later_;
  int lag_listener_ = 0;
  bool started_ = false;
  bool stopping_ = false;
  bool trace_ended_ = false;
};

}  // namespace halfopen::io
