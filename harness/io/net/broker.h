// The broker: a single-threaded helper process, forked before any thread exists, that makes
// network namespaces and starts clients in them. When halfopen dies, however it dies, the broker
// sees its socket close, ends every client with all its descendants, and goes; the kernel then
// takes the namespaces and devices away.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/descriptor.h"

namespace halfopen::io {

/// What this machine lets us do; found out by trying, once, at the start.
struct Abilities {
  bool root = false;
  bool namespaces = false;  ///< Network, mount and PID namespaces, as root or in a user namespace.
  bool tun = false;         ///< /dev/net/tun can be opened and used in them.
  bool veth = false;        ///< veth pairs with packet sockets work (used where tun does not).
  std::string why_not;      ///< Why there is no packet link, or "".
  std::string remedy;       ///< What would help, one sentence, or "".

  [[nodiscard]] bool packet_link() const { return namespaces && (tun || veth); }
  /// "root, tun", "user namespaces, veth", "no namespaces"
  [[nodiscard]] std::string summary() const;
};

/// Addresses inside the worlds (documentation ranges, RFC 5737 and RFC 3849). Every world has the
/// same ones: its namespaces see nobody else.
inline constexpr const char* client_address = "192.0.2.10";
inline constexpr const char* server_address = "198.51.100.20";
inline constexpr const char* client_address6 = "2001:db8:1::10";
inline constexpr const char* server_address6 = "2001:db8:2::20";

struct WorldRequest {
  std::vector<std::uint16_t> ports;   ///< Listening sockets in the server's namespace, each on both
                                      ///< address families (one dual-stack socket).
  std::map<std::string, int> kernel;  ///< Names below /proc/sys/net/ipv4/ for the client's side.
};

/// One packet device, non-blocking. Reads and writes carry one IP packet each, behind
/// `header.size()` bytes that the reader skips and the writer puts in front (veth: Ethernet).
struct Device {
  Descriptor descriptor;
  std::vector<std::uint8_t> header4;  ///< In front of IPv4 packets that are written; may be empty.
  std::vector<std::uint8_t> header6;  ///< In front of IPv6 packets that are written; may be empty.
  bool is_socket = false;             ///< A packet socket (veth) and no TUN device.
};

struct World {
  int id = 0;
  Device client;  ///< The client's side of the link.
  Device server;
  std::vector<Descriptor> listeners;  ///< In the order of WorldRequest::ports; non-blocking.
};

struct SpawnRequest {
  int world = 0;  ///< 0: no namespaces (stream link).
  std::vector<std::string> command;
  std::vector<std::pair<std::string, std::string>> environment;  ///< The whole of it.
  std::string directory;
  /// Lines for /etc/hosts inside a world: name → addresses. Ignored without a world.
  std::vector<std::pair<std::string, std::vector<std::string>>> hosts;
};

struct Child {
  int id = 0;  ///< The broker's number for it; not a process id.
  Descriptor input;   ///< Its standard input, output and error; non-blocking.
  Descriptor output;
  Descriptor errors;
};

struct Exit {
  int child = 0;
  int code = -1;   ///< -1 where a signal ended it.
  int signal = 0;
};

/// The answer to a request: the value, or why there is none ("attempt: reason").
template <class T>
struct Reply {
  std::optional<T> value;
  std::string problem;
};

/// halfopen's end of the broker. Requests return at once; answers come through readable().
/// Not thread-safe; lives on the loop's thread.
class Broker {
 public:
  /// Forks the broker. Must be called before the first thread and before any loop exists. Throws
  /// Error if not even that works. Packet-link abilities are probed lazily by the broker and known
  /// when this returns.
  /// `allow_namespaces` false: behave as on a machine without them (for tests and --link stream).
  explicit Broker(bool allow_namespaces = true);
  ~Broker();
  Broker(Broker&&) = delete;

  [[nodiscard]] const Abilities& abilities() const;

  void make_world(const WorldRequest& request, std::function<void(Reply<World>)> done);
  /// Ends all that runs in the world and forgets it. Close its descriptors first.
  void end_world(int world);
  void spawn(const SpawnRequest& request, std::function<void(Reply<Child>)> done);
  /// Sends a signal to the child's whole process group (in a world: to all of its processes).
  void signal(int child, int number);

  /// Called for each child that ended, after its last descendant was told to go.
  std::function<void(const Exit&)> on_exit;

  /// Poll this for reading, and call readable() when it is.
  [[nodiscard]] int descriptor() const;
  void readable();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace halfopen::io
