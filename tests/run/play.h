// A whole run in virtual time: the real loader and the real core, a link without delay, and a
// client that does what the test says.
#pragma once

#include <catch2/catch.hpp>
#include <set>
#include <string>
#include <vector>

#include "fake_outside.h"
#include "run/world.h"
#include "ws/opcode.h"

namespace halfopen::run {

using namespace std::chrono_literals;
using Lines = std::vector<std::string>;

/// The upgrade request that every test client sends, unless it is the request that matters.
inline constexpr const char* upgrade =
    "GET / HTTP/1.1\r\nHost: server.test\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";

/// A masked frame, as clients send them.
Bytes client_frame(ws::Opcode opcode, std::string_view payload, bool fin = true);
Bytes client_close(int code, std::string_view reason = "");

/// One attempt with those steps, as Play takes it: the first step is in line 4.
std::string steps(const std::string& list);

/// The whole text of a scenario.
struct Story {
  std::string text;
};

class Play {
 public:
  explicit Play(const Story& story, bool client_reports = false,
                std::shared_ptr<crypto::Identities> identities = nullptr);
  /// `toml`: a scenario without its `about`, so that its first line has number 2. Unless it has an
  /// [expect] table it expects nothing.
  explicit Play(const std::string& toml, bool client_reports = false,
                std::shared_ptr<crypto::Identities> identities = nullptr);

  /// Moves the time on to `at` after the start, and ticks at every deadline on the way.
  void until(Duration at);
  /// The same until the run is over; says why it is.
  std::string until_over();
  /// Why the run is over, as the trace has it; "" while it is not.
  [[nodiscard]] std::string why_over() const;

  // What the client does, now. Everything is about the newest attempt unless it is named.
  int connect();               ///< A SYN, and the server accepts.
  int knock();                 ///< A SYN only; the network answers at once.
  int open();                  ///< connect() and a correct request.
  void sends(ByteView bytes);  ///< Bytes that arrive together.
  void sends(std::string_view bytes) { sends(as_bytes(bytes)); }
  void says(std::string_view text);  ///< One text message.
  void closes(int code);             ///< A Close frame with that code.
  void ends();                       ///< FIN.
  void resets();                     ///< RST.
  void reports(const std::string& event, int code = 0);
  void exits(int code = 0);

  void late(Duration by) { world.halfopen_was_late(time(), by); }  ///< The machine is busy.

  /// What the newest attempt heard so far: the status line, then one line per frame, such as
  /// "text hello" or "close 1000 bye".
  [[nodiscard]] Lines heard() const { return heard(world.attempts()); }
  [[nodiscard]] Lines heard(int attempt) const;
  /// The trace, a JSON line for each event whose name is in `names` (all, if it is empty). The
  /// client is left out: there is only one.
  [[nodiscard]] Lines trace(const std::set<std::string>& names = {}) const;
  /// The names of the events of that attempt in short: "opened", "step-passed 0".
  [[nodiscard]] Lines steps() const { return trace({"step-begins", "step-passed", "step-failed"}); }
  [[nodiscard]] Lines violations() const { return trace({"violation"}); }

  scenario::Scenario scenario;
  trace::Recorder recorder;
  FakeOutside outside;
  World world;
  Duration now{};
  bool delivers = true;  ///< What is marked reaches the client; else it stays on its way.

 private:
  [[nodiscard]] Time time() const { return Time(now); }
  void deliver_ends();
  void client_left(trace::End how);

  std::size_t delivered_marks_ = 0;
  std::set<int> left_;
};

}  // namespace halfopen::run
