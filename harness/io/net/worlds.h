// The broker's worlds: their namespaces, and a netlink socket into each.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <deque>
#include <map>

#include "io/net/errand.h"
#include "io/net/netlink.h"
#include "io/net/outbox.h"
#include "io/net/poll_loop.h"
#include "io/net/side.h"
#include "io/net/world_maker.h"

namespace halfopen::io {

class Worlds {
 public:
  Worlds(PollLoop& loop, Outbox& outbox, const Access& access)
      : loop_(loop), outbox_(outbox), access_(access) {}

  /// Answers the request once the world is made, or cannot be.
  void make(std::uint64_t request, const WorldRequest& asked);
  void end(int world) { worlds_.erase(world); }

  // These throw Error for a world that does not exist, or if the kernel refuses.
  [[nodiscard]] int client_namespace(int world);
  void switch_device(int world, bool up);
  void readdress(int world);
  [[nodiscard]] DeviceDrops device_drops(int world);

  /// Ends the making of worlds that are not ready.
  void end_all();

 private:
  struct Entry {
    Descriptor client_namespace;
    Descriptor server_namespace;
    Netlink client;
    Netlink server;
    Side client_side = io::client_side();  ///< With the addresses that it has now.
    bool client_up = true;
  };

  struct Waiting {
    std::uint64_t request = 0;
    WorldRequest asked;
  };

  void make_next();
  void start_making(const Waiting& next);
  void made(int answer);
  [[nodiscard]] Message keep(Message made);
  [[nodiscard]] Entry& entry_of(int world);

  struct Making {
    std::uint64_t request = 0;
    Errand errand;
  };

  PollLoop& loop_;
  Outbox& outbox_;
  Access access_;
  std::deque<Waiting> waiting_;
  std::map<int, Making> making_;  ///< By the errand's descriptor.
  std::map<int, Entry> worlds_;
  int last_ = 0;
};

}  // namespace halfopen::io
