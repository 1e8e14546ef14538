// The other end of a reference connection, for tests: a correct server in memory, virtual time,
// and a record of what the client sent and reported.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "reference/connection.h"
#include "ws/answer.h"
#include "ws/frame.h"
#include "ws/request.h"

namespace reference {

using halfopen::Bytes;
using halfopen::ByteView;

class FarSide {
 public:
  explicit FarSide(const std::string& policy = "good",
                   const std::vector<std::string>& protocols = {})
      : policy_(policies().at(policy)),
        client(policy_, parse_url("ws://server.test/"), "", now, {}, {}, {}, protocols) {}

  /// TCP is established and the client's request is read.
  FarSide& establish() {
    client.tcp_established(now);
    const Bytes request = take_output();
    reader_.feed(request);
    return *this;
  }
  [[nodiscard]] const halfopen::ws::Request& request() const { return reader_.request(); }
  [[nodiscard]] halfopen::ws::Answer correct_answer() const {
    return halfopen::ws::correct_answer(reader_.request().header("Sec-WebSocket-Key"), "");
  }
  FarSide& answer(const halfopen::ws::Answer& answer) {
    return send(halfopen::as_bytes(serialise(answer)));
  }
  FarSide& open() { return establish().answer(correct_answer()); }

  FarSide& send(ByteView bytes) {
    client.received(bytes, now);
    settle();
    return *this;
  }
  FarSide& send_text(std::string_view text) {
    return send(halfopen::ws::frame(halfopen::ws::Opcode::text, halfopen::as_bytes(text)));
  }
  FarSide& finish() {
    client.peer_finished(now);
    settle();
    return *this;
  }
  /// Lets time pass, stopping wherever the client has something to do.
  FarSide& pass(Duration duration) {
    const Time end = now + duration;
    while (client.due() && *client.due() <= end) {
      now = *client.due();
      client.tick(now);
      settle();
    }
    now = end;
    return *this;
  }

  /// What the client reported so far: "open", "message hi", "error", "close 1006", in order.
  [[nodiscard]] std::vector<std::string> take_reports() { return std::exchange(reports_, {}); }
  /// Frames that the client sent so far: "pong alive?", "close 1000".
  [[nodiscard]] std::vector<std::string> take_frames() { return std::exchange(frames_, {}); }
  [[nodiscard]] Bytes take_output() { return std::exchange(client.output(), {}); }
  void settle();

 private:
  const Policy& policy_;
  halfopen::ws::RequestReader reader_;
  std::vector<std::string> reports_;
  std::vector<std::string> frames_;
  halfopen::ws::Receiver receiver_{
      halfopen::ws::Role::server,
      {{}, [this](const halfopen::ws::Message& message) { record(message); }}};

  void record(const halfopen::ws::Message& message);

 public:
  Time now{};
  Connection client;
};

}  // namespace reference
