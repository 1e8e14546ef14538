// The resolver's sockets: queries by UDP and TCP go to the core, its replies go back when they
// are due.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>

#include "io/loop/acceptor.h"
#include "io/loop/datagrams.h"
#include "io/loop/stream.h"
#include "run/inside.h"

namespace halfopen::io {

class NameServer {
 public:
  NameServer(Loop& loop, Descriptor udp, Descriptor tcp, run::Inside& inside);
  ~NameServer();

 private:
  class Visit;

  void received(const Peer& peer, ByteView message);
  void visited(Descriptor socket, const std::string& peer);
  void leave(int visit);
  /// Calls `send` with the reply's bytes once it is due.
  void deliver(const run::ResolverReply& reply, std::function<void(ByteView)> send);

  Loop& loop_;
  run::Inside& inside_;
  Datagrams udp_;
  std::map<int, std::shared_ptr<Visit>> visits_;
  int next_visit_ = 0;
  std::size_t waiting_ = 0;  ///< Replies that are not due yet.
  Acceptor tcp_;
  /// What is still on a timer must not reach a server that has gone.
  std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

}  // namespace halfopen::io
