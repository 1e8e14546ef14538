// The packet link: real IP packets between two network namespaces, through the seeded pipeline.
// It sees every SYN, so it counts attempts exactly, and it answers for the network where a port is
// closed, filtered or unreachable.
#pragma once

#include "io/capture_file.h"
#include "io/due_queue.h"
#include "io/link.h"
#include "io/net/broker.h"
#include "io/packet_flow.h"
#include "link/middlebox.h"
#include "link/pipeline.h"
#include "run/inside.h"
#include "trace/recorder.h"

namespace halfopen::io {

struct PacketLinkSetup {
  Loop& loop;
  trace::Recorder& recorder;
  const link::Link& settings;
  std::uint64_t seed = 0;
  std::uint16_t port = 0;  ///< The fake server's; connections to other ports are no attempts.
  /// Where the client is pointed at a proxy: the port of the server itself, which refuses.
  std::uint16_t passed_by = 0;
  run::Inside& inside;
  ClientNetwork& client_network;
  CaptureFile* capture = nullptr;  ///< May be null; must outlive the link.
};

class PacketLink final : public Link {
 public:
  /// The devices stay the caller's.
  PacketLink(PacketLinkSetup setup, const Device& client, const Device& server);

  void change(const link::Change& change) override;
  void vanish(int attempt, std::uint64_t offset) override;
  void mark_end(int attempt, const trace::EndVisible& end, std::uint64_t offset) override;
  [[nodiscard]] bool swallows(link::Direction direction) const override;
  [[nodiscard]] int attempt_of(const std::string& peer) const override;
  [[nodiscard]] run::By ended_by(int attempt) const override;
  [[nodiscard]] std::array<trace::LinkSummary, 2> summaries() const override;

 private:
  using Flow = PacketFlow;
  /// A packet under way.
  struct Unit {
    Bytes packet;
    std::optional<link::Segment> segment;
    std::shared_ptr<Flow> flow;  ///< Null: belongs to no attempt.
    bool corrupt = false;
    std::uint64_t flip = 0;
  };
  /// One direction.
  struct Lane {
    Lane(Loop& loop, link::Direction which, const Device& from, const Device& onto,
         link::Pipeline stages, std::function<void(Unit&)> arrive);
    link::Direction direction;
    const Device& source;
    const Device& target;
    link::Pipeline pipeline;
    DueQueue<Unit> queue;
    std::size_t under_way = 0;  ///< Bytes.
    std::uint64_t units = 0;
    std::uint64_t bytes = 0;
    std::uint64_t lost = 0;
  };

  void enter_state(link::State state);
  bool leave(const Lane& lane, ByteView packet);
  static void put(Lane& lane, Time due, Time now, Unit unit);
  void drain(Lane& lane);
  void enter(Lane& lane, ByteView packet);
  void turn_back(const link::Segment& segment);
  bool refused(const std::optional<link::Segment>& segment);
  void send(Lane& lane, ByteView packet, const link::Segment& segment,
            const std::shared_ptr<Flow>& flow);
  void arrive(Lane& lane, Unit& unit);
  void answer_for_network(const Unit& unit);
  bool turned_away(Lane& lane, ByteView packet, const link::Segment& segment,
                   const link::Identity& identity, const std::shared_ptr<Flow>& flow);
  void answer(const Lane& lane, trace::Control kind, const Bytes& packet,
              const std::shared_ptr<Flow>& flow);
  void too_large(Flow& flow);
  void watch_window(const Lane& lane, const link::Segment& segment, Flow& flow);
  void watch_idle(const Flow& flow);
  void forget_idle();
  void delivered_to_client(const Unit& unit);
  void note(const Lane& lane, const link::Segment& segment, const link::Identity& identity,
            const Flow& flow, trace::Fate fate);
  [[nodiscard]] trace::LinkSummary summary(const Lane& lane) const;

  PacketLinkSetup setup_;
  const Device& client_;
  link::State state_ = link::State::up;
  link::Middlebox middlebox_;
  PacketFlows flows_;
  Lane up_;
  Lane down_;
  Timer idle_timer_;
  std::optional<Time> next_idle_;  ///< When the timer fires.
  Watch client_watch_;
  Watch server_watch_;
};

}  // namespace halfopen::io
