// The resolver's sockets: queries by UDP and TCP go to the session, its replies go back when they
// are due.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>

#include "io/loop/acceptor.h"
#include "io/loop/datagrams.h"
#include "io/loop/stream.h"
#include "run/resolver.h"

namespace halfopen::io {

class NameServer {
 public:
  struct Hooks {
    std::function<run::ResolverReply(const std::string& peer, dns::Transport, ByteView)> asked;
    /// The reply has been sent, or there is none.
    std::function<void(const run::ResolverReply&)> answered;
  };

  NameServer(Loop& loop, Descriptor udp, Descriptor tcp, Hooks hooks);
  ~NameServer();

 private:
  class Visit;

  void received(const Peer& peer, ByteView message);
  void visited(Descriptor socket, const std::string& peer);
  void leave(int visit);
  /// Calls `send` with the reply's bytes once it is due.
  void deliver(const run::ResolverReply& reply, std::function<void(ByteView)> send);

  Loop& loop_;
  Hooks hooks_;
  Datagrams udp_;
  std::map<int, std::shared_ptr<Visit>> visits_;
  int next_visit_ = 0;
  std::size_t waiting_ = 0;  ///< Replies that are not due yet.
  Acceptor tcp_;
  /// What is still on a timer must not reach a server that has gone.
  std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

}  // namespace halfopen::io
