// The look-ups of one client: which attempt they belong to, and what they are told.
//
// An attempt whose table has a `dns` fault begins with the first query of its look-up, because
// there may never be a SYN. The first SYN that follows belongs to it, unless the look-up has failed
// by then. All other attempts begin with their SYN.
#pragma once

#include <optional>
#include <string>

#include "run/attempts.h"
#include "run/host.h"
#include "run/look_up.h"

namespace halfopen::run {

class LookUps {
 public:
  LookUps(const Context& context, const Host& host, Attempts& attempts)
      : context_(context), host_(host), attempts_(attempts) {}

  /// A query has come: what is answered.
  ResolverReply asked(Time now, const std::string& peer, dns::Transport transport,
                      ByteView message);
  /// A TCP connection to the resolver has come: how it is refused; none if it is not.
  std::optional<ResolverReply> refuses_tcp(Time now);
  /// The client said that its attempt has failed: whatever comes is the next look-up.
  void close() { newest_.close(); }

 private:
  void begin(Time now, const std::string& peer);
  void note(Time now, const ResolverReply& reply);

  const Context& context_;
  const Host& host_;
  Attempts& attempts_;
  LookUp newest_;
  int attempt_ = 0;                ///< The attempt that it began; 0: none.
  faults::Resolution resolution_;  ///< How its queries are answered.
};

}  // namespace halfopen::run
