// What an HTTP proxy between the client and the server does in one attempt, as plain data: the
// faults of the layer `proxy` change the default, which lets everything through.
#pragma once

#include <optional>
#include <string>

#include "faults/fault.h"

namespace halfopen::faults {

struct ProxyPlan {
  /// Where a proxy of that kind can stand.
  enum class Stands {
    anywhere,
    pointed_at,  ///< The client knows of it: `[server] proxy`.
    unseen,      ///< On the server's port, and the client does not know of it.
  };
  /// What it does with a request that it reads.
  enum class Does {
    pass,
    refuse,  ///< Answers with `refusal`.
    hang,    ///< Never answers.
    strip,   ///< Passes it on without its hop-by-hop fields.
  };
  /// What it makes of credentials; those that it wants are in `[server] proxy`.
  enum class Credentials {
    checked,
    checked_anew,  ///< The answer 407 ends the connection, so that they come by the next one.
    rejected,      ///< Whatever they are.
  };
  /// A portal that lets traffic through once somebody has logged in.
  struct Portal {
    std::string login;     ///< A GET of this path opens it …
    Duration opens_after;  ///< … and so does this time after its first answer; zero: only the GET.
  };
  /// The end of a connection that carries no bytes.
  struct Idle {
    Duration after{};
    Act::Kind end = Act::Kind::cut;
  };

  Stands stands = Stands::anywhere;
  Does does = Does::pass;
  ws::Answer refusal;
  Credentials credentials = Credentials::checked;
  std::optional<Portal> portal;
  std::optional<Idle> idle;

  /// Whether it has to understand what passes through it.
  [[nodiscard]] bool reads_requests() const { return does == Does::refuse || does == Does::strip; }
  /// Whether some connection gets through it.
  [[nodiscard]] bool lets_through() const;
};

/// The plan of that fault; for none, that of a proxy that lets everything through.
[[nodiscard]] ProxyPlan proxy_plan(const Use& use);

/// A whole answer of a proxy (or of a portal) with that status, behind which it ends the
/// connection.
[[nodiscard]] ws::Answer proxy_answer(int status, std::string body = {});

}  // namespace halfopen::faults
