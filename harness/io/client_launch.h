// How a client is started: its placeholders filled in, its environment.
#pragma once

#include <cstdint>
#include <string>

#include "io/net/broker.h"
#include "scenario/client.h"

namespace halfopen::io {

/// What a client is let have of halfopen's own.
struct Trust {
  bool clean_environment = false;  ///< Of its environment only what programs cannot do without.
  bool may_capture = false;        ///< See SpawnRequest.
};

/// Where a client finds what it is to use.
struct Whereabouts {
  std::string url;
  std::string host;
  std::uint16_t port = 0;
  std::string proxy;      ///< "http://proxy.test:3128"; "" where there is none.
  std::string no_proxy;   ///< A host that is reached without it, or "".
  std::string protocols;  ///< "chat.v1,chat.v2": subprotocols to offer; "" for none.
  std::string page;       ///< "" where no page is served.
  std::string ca;         ///< PEM file.
  std::string temporary;  ///< A folder that is emptied and removed after the run.
  std::uint64_t seed = 0;
  Trust trust{};
};

/// The request to the broker, without a world. Placeholders in the command: {url}, {host}, {port},
/// {proxy}, {protocols}, {page}, {ca}, {seed}, and {bin}, the folder of the program halfopen.
/// Anything else in braces stays as it is.
[[nodiscard]] SpawnRequest launch(const scenario::Client& client, const Whereabouts& where);

/// Replaces each "{name}" in the text.
[[nodiscard]] std::string fill(std::string text, const Whereabouts& where);

}  // namespace halfopen::io
