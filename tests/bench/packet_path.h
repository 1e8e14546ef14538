// A world with a packet link, or a plain copier of packets, and nothing else: no scenario, no fake
// server. Both ends are real kernel TCP.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "bench/job.h"
#include "io/client_process.h"
#include "io/host.h"
#include "io/packet_link.h"
#include "support/quiet_inside.h"

namespace halfopen::bench {

/// Null where this machine has no packet link: then why is printed as a remark.
[[nodiscard]] std::unique_ptr<io::Host> packet_host();

class PacketPath final : private tests::QuietInside, private io::ClientNetwork {
 public:
  static constexpr std::uint16_t port = 8080;

  /// Returns when the world is there. Without settings there is no link in the middle, but a
  /// process that only reads from one device and writes to the other.
  PacketPath(io::Host& host, const std::optional<link::Link>& settings);
  PacketPath(PacketPath&&) = delete;
  ~PacketPath() override;

  /// A listener on `port` in the server's namespace.
  [[nodiscard]] int listener() const { return world_.listeners[0].get(); }
  /// Leaves the port to somebody else in the server's namespace.
  void stop_listening() { world_.listeners.clear(); }
  /// Starts a command in the client's namespace.
  void start(std::vector<std::string> command);
  /// Starts `halfopen-bench client WHAT ADDRESS PORT …` there.
  void start_client(const std::string& what, const std::vector<std::string>& more = {});
  /// Waits until the command that was started has ended; what it printed.
  [[nodiscard]] std::string output();
  /// Of the link.
  [[nodiscard]] std::array<trace::LinkSummary, 2> summaries() const { return link_->summaries(); }

 private:
  void open(const link::Link& settings);
  void client_printed(Time now, trace::Stream stream, const std::string& line) override;
  void switch_device(bool /*up*/) override {}
  void readdress() override {}

  io::Host& host_;
  trace::Recorder recorder_;
  io::World world_;
  std::unique_ptr<io::PacketLink> link_;
  std::unique_ptr<Job> copier_;
  std::unique_ptr<io::ClientProcess> client_;
  std::string printed_;
  std::string problem_;
  bool ended_ = false;
};

}  // namespace halfopen::bench
