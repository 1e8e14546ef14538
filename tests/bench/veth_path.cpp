#include "bench/veth_path.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sched.h>
#include <unistd.h>

#include <string>
#include <vector>

#include "base/error.h"
#include "bench/job.h"

namespace halfopen::bench {
namespace {

Descriptor own_namespace() {
  return Descriptor(check_system("open this process's network namespace",
                                 open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC)));
}

Descriptor new_namespace() {
  check_system("make a network namespace", unshare(CLONE_NEWNET));
  return own_namespace();
}

void enter(const Descriptor& space) {
  check_system("enter a network namespace", setns(space.get(), CLONE_NEWNET));
}

void ip_in(const Descriptor& space, std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "ip");
  Job ip([&]() -> std::string {
    enter(space);
    become_quietly(arguments);
  });
  while (ip.running()) usleep(1000);
  if (ip.exit_code() != 0)
    throw Error("run `" + fmt::format("{}", fmt::join(arguments, " ")) + "`",
                fmt::format("exit code {}", ip.exit_code()));
}

void configure(const Descriptor& space, const std::string& address) {
  ip_in(space, {"address", "add", address + "/24", "dev", "veth"});
  ip_in(space, {"link", "set", "veth", "up"});
}

}  // namespace

VethPath::VethPath() {
  const Descriptor home = own_namespace();
  client_ = new_namespace();
  server_ = new_namespace();
  enter(home);
  ip_in(client_, {"link", "add", "veth", "type", "veth", "peer", "name", "veth", "netns",
                  fmt::format("/proc/{}/fd/{}", getpid(), server_.get())});
  configure(client_, "198.51.100.10");
  configure(server_, server_address);
}

void VethPath::enter_client() const { enter(client_); }
void VethPath::enter_server() const { enter(server_); }

}  // namespace halfopen::bench
