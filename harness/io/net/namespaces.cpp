#include "io/net/namespaces.h"

#include <fcntl.h>
#include <sched.h>
#include <unistd.h>

#include <cerrno>
#include <string>

#include "base/error.h"
#include "io/net/text_file.h"

namespace halfopen::io {
namespace {

std::string map_to_itself(unsigned id) {
  return std::to_string(id) + " " + std::to_string(id) + " 1\n";
}

}  // namespace

void enter_new_user_namespace() {
  const unsigned user = ::geteuid();
  const unsigned group = ::getegid();
  check_system("make a user namespace", ::unshare(CLONE_NEWUSER));
  // The kernel asks an unprivileged process to give up setgroups before it may map a group.
  write_file("/proc/self/setgroups", "deny");
  write_file("/proc/self/uid_map", map_to_itself(user));
  write_file("/proc/self/gid_map", map_to_itself(group));
}

Descriptor enter_new_network_namespace() {
  check_system("make a network namespace", ::unshare(CLONE_NEWNET));
  return current_namespace("net");
}

Descriptor current_namespace(const char* kind) {
  const std::string path = std::string("/proc/self/ns/") + kind;
  return Descriptor(check_system("open " + path, ::open(path.c_str(), O_RDONLY | O_CLOEXEC)));
}

void enter_user_namespace(int descriptor) {
  check_system("enter a user namespace", ::setns(descriptor, CLONE_NEWUSER));
}

void enter_network_namespace(int descriptor) {
  check_system("enter a network namespace", ::setns(descriptor, CLONE_NEWNET));
}

}  // namespace halfopen::io
