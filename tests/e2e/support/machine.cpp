#include "support/machine.h"
#include "support/skip.h"

#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>

#include "io/net/broker.h"

namespace halfopen::e2e {
namespace {

namespace fs = std::filesystem;

/// In a user namespace of our own we may write its limit, which holds for all in it.
const std::string forbid =
    "echo 0 > /proc/sys/user/max_user_namespaces && "
    "exec setpriv --ambient-caps -all --inh-caps -all \"$@\"";

}  // namespace

bool has_packet_link() {
  const io::Broker broker{io::BrokerOptions{}};
  if (broker.abilities().packet_link()) return true;
  tests::skip("no packet link here: " + broker.abilities().why_not);
  return false;
}

Start readable_by_all(const Scratch& scratch) {
  const fs::path built = fs::path(program_file).parent_path();
  fs::create_directories(scratch.path("bin"));
  fs::create_directories(scratch.path("clients/reference"));
  for (const char* program : {"halfopen", "halfopen-reference"})
    fs::copy_file(built / program, scratch.path(std::string("bin/") + program));
  fs::copy_file(source_folder + "/clients/reference/client.toml",
                scratch.path("clients/reference/client.toml"));
  fs::copy(source_folder + "/scenarios", scratch.path("scenarios"), fs::copy_options::recursive);
  Start start;
  start.program = scratch.path("bin/halfopen");
  start.directory = scratch.path();
  return start;
}

std::vector<std::string> as_nobody() {
  if (::geteuid() != 0) return {};
  return {"setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"};
}

std::vector<std::string> without_namespaces() {
  std::vector<std::string> command{
      "unshare", "-U", "--map-user=1000", "--map-group=1000", "--keep-caps", "sh", "-c",
      forbid,    "sh"};
  Start attempt;
  attempt.through = command;
  attempt.program = "unshare";
  attempt.arguments = {"-U", "true"};
  const Ended ended = run_program(attempt);
  if (ended.code > 0 && ended.err.find("No space left") != std::string::npos) return command;
  tests::skip("user namespaces cannot be forbidden here: " + ended.whole());
  return {};
}

}  // namespace halfopen::e2e
