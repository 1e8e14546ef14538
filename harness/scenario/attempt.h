// What becomes of each attempt, and how the world changes meanwhile.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/diagnostic.h"
#include "base/time.h"
#include "faults/fault.h"
#include "link/settings.h"
#include "scenario/message.h"
#include "scenario/placed.h"
#include "scenario/reply.h"
#include "scenario/step.h"

namespace halfopen::scenario {

/// A token without which nobody gets in: `handshake = { auth = … }`.
struct Auth {
  enum class Where { header, query, subprotocol, message };
  std::string token;
  Where where = Where::header;
  /// Of the header, the query parameter or the JSON field. In "Authorization" the token stands
  /// behind "Bearer".
  std::string name;
  int status = 401;  ///< Without the token.
  // Where::message: the connection opens, and is closed without it.
  int code = 1008;
  Duration within = std::chrono::seconds(5);  ///< From the opening to the first message.
};

/// How the opening handshake is answered. All left out: correctly.
struct Handshake {
  std::optional<faults::Use> fault;
  std::optional<int> status;          ///< Another status than 101.
  std::optional<std::string> reason;  ///< Reason phrase; else the standard one.
  std::vector<std::pair<std::string, std::string>> headers;  ///< Set after all else; "" removes.
  std::string body;
  std::optional<std::string> raw;  ///< Sent instead of an HTTP answer.
  Duration delay{};
  Duration drip{};
  bool never = false;  ///< The request is read and never answered.
  /// Subprotocol to choose, if the client offers it; "": none. Left out: the first that it offers.
  std::optional<std::string> protocol;
  std::optional<Auth> auth;
  std::vector<std::string> origins;  ///< If any: requests with another Origin get 403.
  double chance = 1;                 ///< Whether all of this holds; else it is answered correctly.
  Place place;
};

/// A fault of the layer `proxy`, and where it is named.
using ProxyFault = std::optional<Placed<faults::Use>>;

/// A fault of the layer `tls`, and where it is named.
using Tls = std::optional<Placed<faults::Use>>;

/// One [[attempt]] table. `times` consecutive attempts behave like it; none: all that are left.
struct Attempt {
  std::optional<int> times = 1;
  std::optional<faults::Use> dns;   ///< None: the name resolves as it should.
  std::optional<faults::Use> port;  ///< A fault of the port; none: open.
  ProxyFault proxy;
  Tls tls;
  Handshake handshake;
  std::vector<Step> steps;
  /// Whether the steps were written down; without them an open attempt echoes.
  bool has_steps = false;
  std::vector<Reply> replies;  ///< Its own, which come before those of the scenario.
  Place place;
};

/// The world changes by the clock: `[[at]]`.
struct At {
  Duration time{};
  std::optional<link::Change> link;
  std::optional<Tell> tell;
  /// Stops (SIGSTOP) the client, or lets it go on (SIGCONT).
  std::optional<bool> freeze;
  Place place;
};

/// The world reacts to what the client reports: `[[when]]`.
struct When {
  std::string event;
  int nth = 1;
  std::optional<link::Change> link;
  std::optional<Tell> tell;
  Place place;
};

}  // namespace halfopen::scenario
