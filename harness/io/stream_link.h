// The stream link: a TCP relay on the loopback interface, for places without namespaces. It cannot
// lose bytes, so losses become the delays that TCP's retransmissions would have cost.
#pragma once

#include <map>

#include "io/end_mark.h"
#include "io/link.h"
#include "io/loop/acceptor.h"
#include "io/relay.h"
#include "link/stream_delay.h"
#include "run/inside.h"
#include "trace/recorder.h"

namespace halfopen::io {

struct StreamLinkSetup {
  Loop& loop;
  trace::Recorder& recorder;
  const link::Link& settings;
  std::uint64_t seed = 0;
  std::uint16_t server_port = 0;  ///< Where the fake server listens, on loopback.
  run::Inside& inside;
};

/// What all connections together may have on their way.
inline constexpr std::size_t most_queued = std::size_t{64} * 1024 * 1024;

class StreamLink final : public Link {
 public:
  explicit StreamLink(StreamLinkSetup setup);

  /// The loopback port that the client connects to.
  [[nodiscard]] std::uint16_t port() const { return port_; }

  void change(const link::Change& change) override;
  /// It has no states.
  [[nodiscard]] bool swallows(link::Direction /*direction*/) const override { return false; }
  /// At once: scenarios that ask for it need the packet link.
  void vanish(int attempt, std::uint64_t offset) override;
  void mark_end(int attempt, const trace::EndVisible& end, std::uint64_t offset) override;
  [[nodiscard]] int attempt_of(const std::string& peer) const override;
  bool close_some(std::size_t most) override;
  [[nodiscard]] std::array<trace::LinkSummary, 2> summaries() const override;

 private:
  struct Connection {
    std::unique_ptr<Relay> relay;
    EndMark end;
    std::array<std::uint64_t, 2> positions{};
    std::array<int, 2> ordinals{};
  };
  struct Counts {
    std::uint64_t units = 0;
    std::uint64_t bytes = 0;
    std::uint64_t lost = 0;
  };

  void accepted(Descriptor client, const std::string& peer);
  void relay(int attempt, Descriptor client);
  Relay::Hooks hooks_for(int attempt);
  Passage passage(link::Direction direction, int attempt);
  Time decide(link::Direction direction, int attempt, std::size_t size, Time now);
  [[nodiscard]] trace::LinkSummary summary(link::Direction direction) const;

  StreamLinkSetup setup_;
  std::array<link::Settings, 2> settings_;
  std::array<link::StreamPipeline, 2> pipelines_;
  std::array<Counts, 2> counts_;
  std::uint16_t port_ = 0;
  std::shared_ptr<Queued> queued_ =
      std::make_shared<Queued>(Queued{0, most_queued});  ///< In all relays.
  std::map<int, Connection> connections_;
  std::map<std::string, int> attempts_by_peer_;
  Acceptor acceptor_;
};

}  // namespace halfopen::io
