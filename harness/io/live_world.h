// What lies around the client of a live run: its network namespaces, on the packet link, and the
// link between it and the server.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "io/capture_file.h"
#include "io/host.h"
#include "io/link.h"
#include "io/net/broker.h"
#include "run/inside.h"
#include "scenario/scenario.h"
#include "trace/recorder.h"

namespace halfopen::io {

class LiveWorld final : private ClientNetwork {
 public:
  class Run {
   public:
    virtual ~Run() = default;
    /// Something could not be done, and so the scenario was not played.
    virtual void fail(const std::string& why) = 0;
  };

  /// All must outlive it.
  LiveWorld(Host& host, const scenario::Scenario& scenario, trace::Recorder& recorder,
            run::Inside& inside, Run& run);
  ~LiveWorld() override;

  /// Asks for the namespaces, and calls back when they are there.
  void make_namespaces(std::function<void()> made);
  /// Null where there are none.
  [[nodiscard]] World* namespaces() { return world_ ? &*world_ : nullptr; }

  /// Between the namespaces.
  /// `capture` may be null; it must outlive this.
  void lay_packet_link(std::uint64_t seed, CaptureFile* capture);
  /// In front of that loopback port. Returns the one that the client connects to.
  std::uint16_t lay_stream_link(std::uint64_t seed, std::uint16_t server_port);
  /// Null before it was laid.
  [[nodiscard]] Link* link() const { return link_.get(); }
  void change(const link::Change& change);

  /// Writes down whether packets were lost that should not have been, and calls back.
  void count_drops(std::function<void()> counted);

 private:
  void switch_device(bool up) override;
  void readdress() override;
  std::function<void(Reply<bool>)> or_fail();
  void note_drops(const DeviceDrops& drops);

  Host& host_;
  const scenario::Scenario& scenario_;
  trace::Recorder& recorder_;
  run::Inside& inside_;
  Run& run_;
  std::optional<World> world_;
  std::unique_ptr<Link> link_;
  /// Answers of the broker that come after this has gone must not reach it.
  std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

}  // namespace halfopen::io
