// A relay between a client's socket and a server's, with delays that the test chooses.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "io/loop/wait.h"
#include "io/relay.h"

namespace halfopen::io::testing {

using ChunkDelay = std::function<Time(std::size_t size, Time now)>;

struct RelayFixture {
  NoSigpipe as_in_halfopen;
  Loop loop;
  Ends client = connected();  ///< near: the relay's; far: the test's.
  Ends server = connected();
  Heard at_client;
  Heard at_server;
  std::uint64_t delivered = 0;
  int resets_to_client = 0;
  std::vector<trace::End> left;
  bool over = false;
  std::shared_ptr<Queued> queued = std::make_shared<Queued>();
  std::unique_ptr<Relay> relay;

  /// `by_segment`: the delays are another one for each segment.
  explicit RelayFixture(const ChunkDelay& up = nullptr, const ChunkDelay& down = nullptr,
                        bool by_segment = true) {
    Relay::Hooks hooks;
    hooks.up = {up, [=] { return by_segment; }};
    hooks.down = {down, [=] { return by_segment; }};
    hooks.delivered_to_client = [this](std::uint64_t bytes) { delivered = bytes; };
    hooks.reset_to_client = [this] { ++resets_to_client; };
    hooks.client_left = [this](trace::End how) { left.push_back(how); };
    hooks.over = [this] { over = true; };
    relay = std::make_unique<Relay>(loop, std::move(client.near), std::move(server.near),
                                    std::move(hooks), queued);
  }

  /// Both far ends read all the time, until `done`.
  bool both_read(const std::function<bool()>& done) {
    const auto reader = [this](Ends& ends, Heard& heard) {
      auto watch = std::make_unique<std::unique_ptr<Watch>>();
      if (!ends.far || heard.ended || heard.failed) return watch;
      *watch = std::make_unique<Watch>(loop, ends.far.get(), UV_READABLE,
                                       [&ends, &heard, own = watch.get()](int) {
                                         hear(ends.far, heard);
                                         if (heard.ended || heard.failed) own->reset();
                                       });
      return watch;
    };
    const auto first = reader(client, at_client);
    const auto second = reader(server, at_server);
    return run_until(loop, done);
  }

  /// Writes without end, and nobody reads; returns what could be written before nothing went any
  /// more.
  std::string fill_up(Ends& from) {
    std::string block(1'000'000, '\0');
    for (std::size_t i = 0; i < block.size(); ++i) block[i] = static_cast<char>(i * 31 + i / 251);
    std::string sent;
    for (int idle = 0; idle < 5;) {
      const std::size_t taken = say(from.far, block);
      sent += block.substr(0, taken);
      idle = taken == 0 ? idle + 1 : 0;
      bool waited = false;
      loop.at(now() + std::chrono::milliseconds(2), [&] { waited = true; });
      run_until(loop, [&] { return waited; });
    }
    return sent;
  }

  /// Writes all of the text, while both sides read.
  bool say_all(Ends& from, std::string_view text) {
    while (!text.empty()) {
      text.remove_prefix(say(from.far, text));
      hear(client.far, at_client);
      hear(server.far, at_server);
      uv_run(loop.uv(), UV_RUN_NOWAIT);
    }
    return true;
  }
};

}  // namespace halfopen::io::testing
