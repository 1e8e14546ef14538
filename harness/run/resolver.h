// The resolver of a run: what it answers, by the `dns` faults of the attempts. It does no I/O.
#pragma once

#include <string>

#include "base/time.h"
#include "dns/message.h"
#include "faults/resolution.h"
#include "link/address.h"
#include "scenario/scenario.h"
#include "trace/event.h"

namespace halfopen::run {

/// The addresses that the server's name may lead to. At `nowhere6` all packets vanish.
struct Places {
  link::Address usual4{};
  link::Address usual6{};
  link::Address other4{};
  link::Address other6{};
  link::Address nowhere6{};

  [[nodiscard]] bool is_other(const link::Address& address) const {
    return address == other4 || address == other6;
  }
};

/// What the resolver does about one query.
struct ResolverReply {
  /// What the client can see of the attempt's end in it.
  enum class End { none, failed, silence };

  Bytes bytes;  ///< Empty: nothing is said.
  Duration delay{};
  int attempt = 0;  ///< 0: of none.
  End end = End::none;
  int code = 0;
  trace::NameAsked noted;
};

class Resolver {
 public:
  Resolver(const scenario::Server& server, const Places& places)
      : server_(server), places_(places) {}

  /// The server's name, or a variant of it from a search list.
  [[nodiscard]] bool is_server(const dns::Query& query) const;

  /// Answers a query for the server's name, in an attempt whose look-ups go like that.
  [[nodiscard]] ResolverReply answer(const dns::Query& query, dns::Transport transport,
                                     const faults::Resolution& resolution) const;
  /// Any other name does not exist; and what is no query is said to be none.
  [[nodiscard]] static ResolverReply answer_other(const dns::Query& query,
                                                  dns::Transport transport);
  [[nodiscard]] static ResolverReply answer_unreadable(ByteView message, dns::Transport transport);

 private:
  [[nodiscard]] dns::Answer make_answer(const dns::Query& query, dns::Transport transport,
                                        const faults::Resolution& resolution) const;
  [[nodiscard]] std::vector<link::Address> addresses(std::uint16_t type,
                                                     const faults::Resolution& resolution) const;

  const scenario::Server& server_;
  const Places& places_;
};

}  // namespace halfopen::run
