// What `halfopen doctor` has found out about a machine, by trying.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/processors.h"
#include "io/net/broker.h"
#include "io/net/probe.h"

namespace halfopen::cli {

/// A program that shipped clients or the tests start.
struct ProgramFound {
  std::string name;     ///< What it is looked for by, and what the findings call it.
  std::string path;     ///< "" where it is not on the PATH.
  std::string version;  ///< What it said when it was asked; "" where it did not say, or has none.
  std::string problem;  ///< Why it did not say it, or "".
  bool snap = false;    ///< It is one of Ubuntu's snaps, which do not start in network namespaces.
};

/// A shipped client.
struct ClientFound {
  std::string name;
  std::vector<std::string> missing;  ///< Programs that it needs.
  std::string install;  ///< The command that is to install it, in `directory`; "": it is installed.
  std::string installed;  ///< What is there once that has been done, as Client::installed has it.
  std::string directory;
  bool writable = true;  ///< Whether we may write to the folder above it.
  std::string problem;   ///< What is wrong with its client.toml, or "".
};

/// What there is of /dev/net/tun.
enum class TunFile { none, forbidden, usable };

struct Findings {
  std::string system;  ///< "Linux 6.1.0 x86_64, Debian GNU/Linux 12 (bookworm)"
  io::Abilities abilities;
  TunFile tun_file = TunFile::usable;
  std::optional<io::Setting> setting;  ///< The one that forbids namespaces to those without rights.
  std::string container;               ///< What we are in, or "".
  bool seccomp = false;                ///< A filter looks at our system calls.
  std::string no_stream_link;          ///< Why there is no stream link, or "".
  std::vector<std::string> name_services;  ///< Folders with sockets that look up names.
  std::vector<ProgramFound> programs;
  std::vector<ClientFound> clients;
  std::uint64_t open_files = 0;  ///< The limit, raised as far as it goes.
  int runs_by_files = 0;         ///< So many light clients fit under it.
  Processors processors;
  std::uint64_t memory = 0;            ///< Bytes that there are, for all or for the control group.
  std::uint64_t available_memory = 0;  ///< Those of them that can still be had.
};

/// Tries it all; takes a second or two, as programs are asked for their versions. Must be called
/// before the first thread, like Broker. Throws Error where not even a broker can be started.
[[nodiscard]] Findings look_around();

}  // namespace halfopen::cli
