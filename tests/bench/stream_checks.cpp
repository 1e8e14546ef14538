// The checks that Toxiproxy has for itself, on the stream link.
#include <fmt/format.h>

#include <cmath>
#include <memory>

#include "base/error.h"
#include "base/random.h"
#include "bench/job.h"
#include "bench/sections.h"
#include "bench/table.h"
#include "bench/tcp.h"
#include "io/stream_link.h"
#include "support/quiet_inside.h"

namespace halfopen::bench {
namespace {

using namespace std::chrono_literals;

/// Stream links on this thread, each in front of the one before, the first one in front of a
/// server.
class Links {
 public:
  Links(std::vector<link::Link> settings, std::uint16_t server_port)
      : settings_(std::move(settings)), recorder_({}, io::now()) {
    for (const link::Link& each : settings_) {
      const std::uint16_t behind = links_.empty() ? server_port : links_.back()->port();
      links_.push_back(std::make_unique<io::StreamLink>(
          io::StreamLinkSetup{loop_, recorder_, each, 1, behind, inside_}));
    }
  }
  [[nodiscard]] io::Loop& loop() { return loop_; }
  [[nodiscard]] io::StreamLink& front() { return *links_.back(); }

 private:
  std::vector<link::Link> settings_;
  io::Loop loop_;
  trace::Recorder recorder_;
  tests::QuietInside inside_;
  std::vector<std::unique_ptr<io::StreamLink>> links_;
};

link::Link up(Duration delay) {
  link::Link settings;
  settings.up.delay = delay;
  return settings;
}

struct Listener {
  std::uint16_t port = 0;
  Descriptor socket = io::listen_on_loopback(port);
};

void check_stacked_delays() {
  const Listener listener;
  const Job server([&]() -> std::string {
    echo(accept_one(listener.socket.get()).get());
    return "";
  });
  Links links({up(500ms), up(500ms)}, listener.port);
  Job client([&] {
    const Descriptor socket = connect_to({"127.0.0.1", links.front().port()});
    return std::to_string(round_trips(socket.get(), 1, 1, 0).front() / 1000);
  });
  const double ms = std::stod(client.result(links.loop()));
  row("two stacked delays of 500 ms", fmt::format("{:.2f} ms", ms), "1000 ± 10 ms",
      std::abs(ms - 1000) <= 10);
}

void check_rate() {
  constexpr std::size_t size = 480'000;
  const Listener listener;
  const Job server([&]() -> std::string {
    const Descriptor socket = accept_one(listener.socket.get());
    Bytes bytes(size);
    read_whole(socket.get(), bytes.data(), 1);
    write_whole(socket.get(), bytes.data(), bytes.size());
    read_whole(socket.get(), bytes.data(), 1);
    return "";
  });
  link::Link settings;
  settings.down.rate = 8e6;
  Links links({settings}, listener.port);
  Job client([&] {
    const Descriptor socket = connect_to({"127.0.0.1", links.front().port()});
    Bytes bytes(size);
    const double start = seconds_now();
    write_whole(socket.get(), bytes.data(), 1);
    read_whole(socket.get(), bytes.data(), bytes.size());
    return std::to_string((seconds_now() - start) * 1000);
  });
  const double ms = std::stod(client.result(links.loop()));
  row("480 KB at 1 MB/s", fmt::format("{:.2f} ms", ms), "480 ± 10 ms", std::abs(ms - 480) <= 10);
}

/// Another fault, or none: delay, jitter, loss, rate.
link::Change another(std::uint64_t nth) {
  Draws draws(mix({nth}));
  link::Settings settings;
  if (draws.chance(.5)) settings.delay = std::chrono::milliseconds(draws.bits() % 5);
  if (draws.chance(.5)) settings.jitter = std::chrono::milliseconds(draws.bits() % 3);
  if (draws.chance(.3)) settings.loss = link::Bernoulli{.0005};
  if (draws.chance(.3)) settings.rate = 20e6;
  link::Change change;
  change.up = change.down = settings;
  return change;
}

void check_order(bool quick) {
  const int writes = quick ? 5'000 : 65'535;
  const Listener listener;
  Job server([&] {
    const Descriptor socket = accept_one(listener.socket.get());
    int intact = 0;
    for (int i = 0; i < writes; ++i) {
      std::uint16_t number = 0;
      read_whole(socket.get(), &number, sizeof number);
      if (number == i) ++intact;
    }
    return std::to_string(intact);
  });
  Links links({link::Link{}}, listener.port);
  const Job client([&]() -> std::string {
    const Descriptor socket = connect_to({"127.0.0.1", links.front().port()});
    for (int i = 0; i < writes; ++i) {
      const auto number = static_cast<std::uint16_t>(i);
      write_whole(socket.get(), &number, sizeof number);
    }
    char nothing = 0;
    read_whole(socket.get(), &nothing, 1);  // stays connected until it is killed
    return "";
  });
  io::Timer changes(links.loop());
  std::uint64_t changed = 0;
  std::function<void()> change = [&] {
    links.front().change(another(++changed));
    changes.set(io::now() + 2ms, change);
  };
  change();
  const int intact = std::stoi(server.result(links.loop()));
  row(fmt::format("{} ordered writes of 2 B, {} changes of faults", writes, changed),
      fmt::format("{} intact", intact), "all", intact == writes);
}

void check_throughput(bool quick) {
  const Listener listener;
  Job sinks([&] {
    return std::to_string(sink(accept_one(listener.socket.get()).get(), .5, quick ? 1 : 4));
  });
  link::Link settings;
  settings.up.delay = settings.down.delay = 10ms;
  Links links({settings}, listener.port);
  const Job client([&]() -> std::string {
    send_without_end(connect_to({"127.0.0.1", links.front().port()}).get());
    return "";
  });
  const double bytes = std::stod(sinks.result(links.loop())) / 8;
  row("throughput under a delay of 10 ms each way", fmt::format("{:.0f} MB/s", bytes / 1e6),
      "≥ 100 MB/s", bytes >= 100e6);
}

}  // namespace

void measure_stream_link(bool quick) {
  heading("The stream link under Toxiproxy's own checks");
  check_stacked_delays();
  check_rate();
  check_order(quick);
  check_throughput(quick);
}

}  // namespace halfopen::bench
