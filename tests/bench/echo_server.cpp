#include "bench/echo_server.h"

#include <unistd.h>

#include <memory>

#include "io/driver.h"
#include "io/fake_server.h"
#include "run/world.h"

namespace halfopen::bench {
namespace {

/// What io::LiveRun does around the core and the fake server, without link and client: each
/// connection is an attempt.
class EchoServer final : private run::Outside, private io::Link, private io::Driver::Run {
 public:
  explicit EchoServer(int listener)
      : recorder_({}, io::now()),
        world_({lasting_, recorder_, *this}, {}, io::now()),
        driver_(loop_, *this),
        server_(loop_, Descriptor(dup(listener)), driver_, *this) {
    driver_.drive(world_);
  }
  void run() { loop_.run(); }

 private:
  void write(int attempt, ByteView bytes) override { server_.write(attempt, bytes); }
  void finish(int attempt) override { server_.finish(attempt); }
  void reset(int attempt) override { server_.reset(attempt); }
  void vanish(int /*attempt*/) override {}
  void ignore(int attempt) override { server_.ignore(attempt); }
  void read_at_most(int /*attempt*/, std::optional<std::uint64_t> /*bytes*/) override {}
  void hold_reading(int attempt, bool held) override { server_.hold_reading(attempt, held); }
  [[nodiscard]] std::size_t unsent() const override { return server_.unsent(); }
  void note_waiting(int /*attempt*/) override {}
  void mark_end(int /*attempt*/, const trace::EndVisible& /*end*/) override {}
  void change_link(const link::Change& /*change*/) override {}
  [[nodiscard]] bool is_cut_off() const override { return false; }
  void tell(const scenario::Tell& /*tell*/) override {}
  void freeze(bool /*frozen*/) override {}
  void note_memory() override {}

  void change(const link::Change& /*change*/) override {}
  [[nodiscard]] bool swallows(link::Direction /*direction*/) const override { return false; }
  void vanish(int /*attempt*/, std::uint64_t /*offset*/) override {}
  void mark_end(int /*attempt*/, const trace::EndVisible& /*end*/,
                std::uint64_t /*offset*/) override {}
  [[nodiscard]] int attempt_of(const std::string& peer) const override {
    return driver_.begin_attempt(io::now(), peer, {}).attempt;
  }
  [[nodiscard]] std::array<trace::LinkSummary, 2> summaries() const override { return {}; }

  void began() override {}
  void decided(trace::Ended /*why*/) override {}

  /// The default scenario, which echoes, expected to last longer than any measurement.
  static scenario::Scenario lasting() {
    scenario::Scenario scenario;
    scenario.expect.attempts = {{1'000'000, 1'000'000}, {}};
    scenario.expect.within.value = std::chrono::hours(1);
    return scenario;
  }

  const scenario::Scenario lasting_ = lasting();
  io::Loop loop_;
  trace::Recorder recorder_;
  run::World world_;
  mutable io::Driver driver_;
  io::FakeServer server_;
};

}  // namespace

std::string serve_echo(int listener) {
  EchoServer(listener).run();
  return "";
}

}  // namespace halfopen::bench
