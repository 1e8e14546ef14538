#include "bench/echo_server.h"

#include <unistd.h>

#include <memory>

#include "io/fake_server.h"
#include "run/session.h"

namespace halfopen::bench {
namespace {

/// What io::LiveRun does between the session and the fake server, without link and client.
class EchoServer final : private run::Outside {
 public:
  explicit EchoServer(int listener)
      : recorder_({}, io::now()),
        session_({lasting_, recorder_, *this, nullptr, false}, io::now()),
        deadline_(loop_),
        server_(loop_, Descriptor(dup(listener)), session_,
                {[this](const std::string& peer) {
                   return session_.begin_attempt(io::now(), peer).attempt;
                 },
                 [](int) { return run::By::client; }, [this] { settle(); },
                 [](const std::string&) {}}) {}
  void run() { loop_.run(); }

 private:
  void settle() {
    deadline_.set(session_.deadline(), [this] {
      session_.tick(io::now());
      settle();
    });
  }

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
  run::Session session_;
  io::Timer deadline_;
  io::FakeServer server_;
};

}  // namespace

std::string serve_echo(int listener) {
  EchoServer(listener).run();
  return "";
}

}  // namespace halfopen::bench
