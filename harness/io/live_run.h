// One live run: the world, the link, the fake server and the client of one scenario, from start to
// trace.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "io/client_launch.h"
#include "io/client_process.h"
#include "io/driver.h"
#include "io/fake_server.h"
#include "io/host.h"
#include "io/link.h"
#include "io/name_server.h"
#include "io/page_server.h"
#include "io/passed_by.h"
#include "io/temporary_folder.h"
#include "run/world.h"
#include "scenario/client.h"
#include "scenario/scenario.h"
#include "trace/recorder.h"

namespace halfopen::io {

enum class LinkKind { packet, stream };

struct RunRequest {
  const scenario::Scenario* scenario = nullptr;  ///< Must outlive the run.
  const scenario::Client* client = nullptr;      ///< Must outlive the run.
  LinkKind link = LinkKind::packet;
  trace::Header header;  ///< Complete.
  Trust trust{};
};

/// The name that pages are served at. Where the server's own name is looked up, it is another one
/// that every client knows: a page must come before the faults do.
[[nodiscard]] std::string page_host(const scenario::Scenario& scenario);

class LiveRun final : private run::Outside, private ClientNetwork, private Driver::Run {
 public:
  struct Hooks {
    /// The client has made its first attempt or has ended: its start no longer costs much.
    std::function<void()> started;
    /// Called once, at the end. The run may be destroyed after the call, not in it.
    std::function<void(trace::Trace trace)> done;
  };

  LiveRun(Host& host, RunRequest request, Hooks hooks);
  ~LiveRun() override;
  LiveRun(LiveRun&&) = delete;

  /// Ends the run early ("interrupted").
  void interrupt();
  /// Attempts so far, for progress displays.
  [[nodiscard]] int attempts() const { return core_ ? core_->attempts() : 0; }
  /// Until when it lasts at most; none before its client has started.
  [[nodiscard]] std::optional<Time> latest_end() const;

 private:
  void open_world();
  void open_packet_link(World world);
  void open_stream_link();
  std::function<void(Reply<bool>)> or_fail();
  void begin_trace();
  void pass_by(Descriptor listener);
  void serve(Descriptor listener, std::string authority);
  void serve_page(Descriptor listener, const Whereabouts& where);
  void serve_names();
  void start_client();
  void client_exited(const Exit& exit);
  void with_client(std::function<void()> act);
  void ask_memory(std::function<void()> then);
  void stop(trace::Ended why);
  void count_drops(trace::Ended why);
  void end_trace(trace::Ended why);
  void fail(const std::string& why);
  void not_started(const std::string& why);
  void over();
  [[nodiscard]] bool wants_page() const;
  [[nodiscard]] std::string page_html() const;

  void write(int attempt, ByteView bytes) override;
  void write_apart(int attempt, ByteView bytes) override;
  void finish(int attempt) override;
  void reset(int attempt) override;
  void vanish(int attempt) override;
  void ignore(int attempt) override;
  void read_at_most(int attempt, std::optional<std::uint64_t> bytes) override;
  void hold_reading(int attempt, bool held) override;
  [[nodiscard]] std::size_t unsent() const override;
  void note_waiting(int attempt) override;
  void note_memory() override;
  void mark_end(int attempt, const trace::EndVisible& end) override;
  void change_link(const link::Change& change) override;
  [[nodiscard]] bool is_cut_off() const override;
  void tell(const scenario::Tell& tell) override;
  void freeze(bool frozen) override;

  void switch_device(bool up) override;
  void readdress() override;

  void began() override;
  void decided(trace::Ended why) override { stop(why); }

  Host& host_;
  RunRequest request_;
  Hooks hooks_;
  trace::Recorder recorder_;
  std::optional<TemporaryFolder> client_folder_;  ///< The client's TMPDIR.
  std::shared_ptr<crypto::Identities> identities_;
  Driver driver_;
  std::unique_ptr<run::World> core_;
  std::optional<World> world_;
  std::unique_ptr<Link> link_;
  std::unique_ptr<FakeServer> server_;
  std::unique_ptr<PassedBy> passed_by_;
  std::unique_ptr<PageServer> page_server_;
  std::unique_ptr<NameServer> name_server_;
  std::unique_ptr<ClientProcess> client_;
  std::vector<std::function<void()>> for_client_;  ///< What waits for it to have started.
  SpawnRequest launch_;
  Timer later_;
  Timer kill_;
  int lag_listener_ = 0;
  bool started_ = false;
  bool stopping_ = false;
  bool trace_ended_ = false;
  bool exited_ = false;
  /// Answers of the broker that come after this run has gone must not reach it.
  std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

}  // namespace halfopen::io
