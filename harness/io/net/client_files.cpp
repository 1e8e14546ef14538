#include "io/net/client_files.h"

#include <sys/mount.h>
#include <unistd.h>

#include <cerrno>
#include <sstream>

#include "base/error.h"
#include "io/net/broker.h"
#include "io/net/text_file.h"

namespace halfopen::io {
namespace {

/// A file of /etc shows `text` from now on. A machine without that file (some have no
/// nsswitch.conf) does without.
void cover(const std::string& path, const std::string& scratch, const std::string& text) {
  if (::access(path.c_str(), F_OK) != 0) return;
  write_file(scratch, text, true);
  check_system("mount over " + path,
               ::mount(scratch.c_str(), path.c_str(), nullptr, MS_BIND, nullptr));
}

/// A container may forbid a new /proc; then the client sees the broker's, with other process ids.
void mount_own_proc() {
  const int result = ::mount("proc", "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, nullptr);
  if (result != 0 && errno != EPERM) throw_errno("mount /proc");
}

}  // namespace

std::string hosts_file(const HostLines& hosts) {
  std::string text =
      "127.0.0.1 localhost\n"
      "::1 localhost ip6-localhost ip6-loopback\n";
  for (const auto& [name, addresses] : hosts) {
    for (const std::string& address : addresses) {
      text.append(address).append(" ").append(name).append("\n");
    }
  }
  return text;
}

std::string resolver_file() {
  return std::string("nameserver ") + server_address + "\noptions timeout:2 attempts:1\n";
}

std::string name_switch_file(const std::string& original) {
  std::string text;
  std::istringstream lines(original);
  for (std::string line; std::getline(lines, line);) {
    if (line.rfind("hosts:", 0) != 0) text.append(line + "\n");
  }
  return text + "hosts: files dns\n";
}

void mount_client_files(const HostLines& hosts) {
  check_system("make mounts private", ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr));
  const std::string name_switch =
      name_switch_file(read_file("/etc/nsswitch.conf").value_or(std::string()));
  // The files need a file system to be on. It goes over /proc, which exists everywhere and gets a
  // new mount anyway; what is bound elsewhere keeps it alive after it is unmounted.
  check_system("mount a scratch file system",
               ::mount("tmpfs", "/proc", "tmpfs", MS_NOSUID | MS_NODEV, "mode=755"));
  cover("/etc/hosts", "/proc/hosts", hosts_file(hosts));
  cover("/etc/resolv.conf", "/proc/resolv.conf", resolver_file());
  cover("/etc/nsswitch.conf", "/proc/nsswitch.conf", name_switch);
  check_system("unmount a scratch file system", ::umount2("/proc", MNT_DETACH));
  mount_own_proc();
}

}  // namespace halfopen::io
