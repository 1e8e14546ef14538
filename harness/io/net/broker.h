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
#include "io/net/device.h"

namespace halfopen::io {

/// What this machine lets us do; found out by trying, once, at the start.
struct Abilities {
  bool root = false;
  bool namespaces = false;  ///< Network, mount and PID namespaces, as root or in a user namespace.
  bool tun = false;         ///< /dev/net/tun can be opened and used in them.
  bool veth = false;        ///< veth pairs with packet sockets work (used where tun does not).
  std::string why_not;      ///< Why there is no packet link, or "".
  std::string why_no_tun;   ///< Why TUN devices do not work, where that was tried; or "".
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

/// The client's in another network, to which it may move.
inline constexpr const char* other_client_address = "203.0.113.10";
inline constexpr const char* other_client_address6 = "2001:db8:4::10";

/// The server's second addresses, in worlds with names.
inline constexpr const char* other_server_address = "198.51.100.21";
inline constexpr const char* other_server_address6 = "2001:db8:2::21";
/// Nobody is there, in any world.
inline constexpr const char* nowhere_address6 = "2001:db8:3::30";

struct WorldRequest {
  std::vector<std::uint16_t> ports;   ///< Listening sockets in the server's namespace, each on both
                                      ///< address families (one dual-stack socket).
  std::map<std::string, int> kernel;  ///< Names below /proc/sys/net/ipv4/ for the client's side.
  bool names = false;  ///< Sockets for a resolver, and a second address for the server.
};

struct World {
  int id = 0;
  Device client;  ///< The client's side of the link.
  Device server;
  /// Answers what the client's sockets hold (socket_diagnosis.h); none where the kernel does not.
  Descriptor diagnosis;
  std::vector<Descriptor> listeners;  ///< In the order of WorldRequest::ports; non-blocking.
  /// Port 53 of the server, where WorldRequest::names asks for it; non-blocking.
  Descriptor names_udp;
  Descriptor names_tcp;
};

struct SpawnRequest {
  int world = 0;  ///< 0: no namespaces (stream link).
  std::vector<std::string> command;
  std::vector<std::pair<std::string, std::string>> environment;  ///< The whole of it.
  std::string directory;
  /// Where it is root in a world it keeps CAP_NET_RAW, and so can capture the packets of its own
  /// network (tcpdump, dumpcap).
  bool may_capture = false;
  /// Lines for /etc/hosts inside a world: name → addresses. Ignored without a world.
  std::vector<std::pair<std::string, std::vector<std::string>>> hosts;
};

struct Child {
  int id = 0;        ///< The broker's number for it; not a process id.
  Descriptor input;  ///< Its standard input, output and error; non-blocking.
  Descriptor output;
  Descriptor errors;
};

struct Exit {
  int child = 0;
  int code = -1;  ///< -1 where a signal ended it.
  int signal = 0;
  /// A helper of halfopen above it has died, and took it along: nothing is known about the command.
  bool lost = false;
};

/// Packets that the kernel could not put into a device's queue, or not put out of it.
struct DeviceDrops {
  std::uint64_t client = 0;
  std::uint64_t server = 0;
};

/// The answer to a request: the value, or why there is none ("attempt: reason").
template <class T>
struct Reply {
  std::optional<T> value;
  std::string problem;
};

/// What the broker may use of what the machine has. All of it, but in tests and for --link stream.
struct BrokerOptions {
  bool namespaces = true;  ///< false: behave as on a machine without them.
  bool tun = true;         ///< false: veth pairs even where TUN devices work.
};

/// halfopen's end of the broker. Requests return at once; answers come through readable().
/// Not thread-safe; lives on the loop's thread.
class Broker {
 public:
  /// Forks the broker. Must be called before the first thread and before any loop exists. Throws
  /// Error if not even that works. Abilities are probed by the broker, in some ten milliseconds,
  /// and known when this returns. Raises this process's limit of open files as far as it goes;
  /// clients get the old one, if it is enough (raise_file_limit).
  explicit Broker(const BrokerOptions& options = {});
  /// Ends everything, and waits until it is gone. Requests that are under way are not answered.
  ~Broker();
  Broker(const Broker&) = delete;
  Broker& operator=(const Broker&) = delete;

  [[nodiscard]] const Abilities& abilities() const;

  void make_world(const WorldRequest& request, std::function<void(Reply<World>)> done);
  /// Ends all that runs in the world and forgets it. Close its descriptors first (close_later).
  void end_world(int world);
  /// Switches the client's device off, or on again: browsers fire `offline` and `online`. Open
  /// connections survive. (A cable that is pulled is set_carrier in device.h.)
  void switch_device(int world, bool up, std::function<void(Reply<bool>)> done);
  /// Gives the client's device another address in place of the one that it has, of each family.
  void readdress(int world, std::function<void(Reply<bool>)> done);
  /// The most memory that the child's processes have had, together, in bytes.
  void memory(int child, std::function<void(Reply<std::uint64_t>)> done);
  /// Packets that the world's two devices dropped because halfopen did not read them soon enough.
  /// Not 0: the run cannot be judged, but for what a device drops that is down or has no carrier.
  /// See also take_unread_drops.
  void device_drops(int world, std::function<void(Reply<DeviceDrops>)> done);
  /// Closes a descriptor in another process: closing a TUN device blocks for about 30 ms. Stop
  /// polling it first.
  void close_later(Descriptor descriptor);
  /// Starts a command. Its program is looked up in the PATH of the given environment.
  void spawn(const SpawnRequest& request, std::function<void(Reply<Child>)> done);
  /// Sends a signal to all of the child's processes.
  void signal(int child, int number);

  /// Called for each child whose command ended, once its descendants are gone, too. Its pipes can
  /// still be read to their end. The status is the command's own.
  std::function<void(const Exit&)> on_exit;

  /// Poll this for reading, and call readable() when it is: that is where answers and ends of
  /// children come from. If the broker itself dies, all requests fail and all children are lost.
  [[nodiscard]] int descriptor() const;
  /// Whether the broker is there.
  [[nodiscard]] bool alive() const;
  void readable();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace halfopen::io
