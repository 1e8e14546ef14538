#include "io/net/client_files.h"

#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <filesystem>
#include <sstream>

#include "base/error.h"
#include "io/net/broker.h"
#include "io/net/text_file.h"

namespace halfopen::io {
namespace {

namespace fs = std::filesystem;

/// Where services that look up names for the machine's programs have their sockets: nscd (glibc
/// asks it before anything else), sssd, systemd-resolved, systemd-machined, what answers over
/// D-Bus, avahi (mDNS), nslcd (LDAP), winbind (WINS). They stand in the machine's network, not in
/// the client's.
constexpr std::array name_services{"/run/nscd",
                                   "/run/unscd",
                                   "/var/lib/sss/pipes",
                                   "/run/systemd/resolve",
                                   "/run/systemd/machine",
                                   "/run/dbus",
                                   "/run/avahi-daemon",
                                   "/run/nslcd",
                                   "/run/samba/winbindd",
                                   "/var/run/nscd",
                                   "/var/run/unscd",
                                   "/var/run/systemd/resolve",
                                   "/var/run/dbus",
                                   "/var/run/avahi-daemon",
                                   "/var/run/nslcd",
                                   "/var/run/samba/winbindd"};

/// Each of the folders that there are is an empty one from now on.
void hide_name_services(const std::string& scratch) {
  int hidden = 0;
  for (const std::string& folder : name_services_here()) {
    const fs::path empty = fs::path(scratch) / std::to_string(++hidden);
    check_system("make an empty folder", ::mkdir(empty.c_str(), 0755));
    check_system("hide a name service",
                 ::mount(empty.c_str(), folder.c_str(), nullptr, MS_BIND, nullptr));
  }
}

/// A file of /etc, and where it really is: /etc/resolv.conf often is a link into a folder of
/// systemd-resolved, which is hidden then.
struct EtcFile {
  explicit EtcFile(const std::string& name) : path(name) {
    std::error_code failed;
    target = fs::canonical(path, failed).string();
  }
  std::string path;
  std::string target;  ///< "" where there is none.
};

/// The file shows `text` from now on. A machine without it (some have no nsswitch.conf) does
/// without.
void cover(const EtcFile& file, const std::string& scratch, const std::string& text) {
  if (file.target.empty()) return;
  if (::access(file.target.c_str(), F_OK) != 0) {
    // It has been hidden: what is there now is ours.
    fs::create_directories(fs::path(file.target).parent_path());
    return write_file(file.target, text, true);
  }
  write_file(scratch, text, true);
  check_system("mount over " + file.path,
               ::mount(scratch.c_str(), file.path.c_str(), nullptr, MS_BIND, nullptr));
}

/// A container may forbid a new /proc; then the client sees the broker's, with other process ids.
void mount_own_proc() {
  const int result = ::mount("proc", "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, nullptr);
  if (result != 0 && errno != EPERM) throw_errno("mount /proc");
}

}  // namespace

// Those of /var/run are mostly those of /run.
std::vector<std::string> name_services_here() {
  std::vector<std::string> folders;
  for (const char* folder : name_services) {
    std::error_code failed;
    const fs::path real = fs::canonical(folder, failed);
    if (failed || !fs::is_directory(real, failed)) continue;
    if (std::find(folders.begin(), folders.end(), real.string()) == folders.end())
      folders.push_back(real.string());
  }
  return folders;
}

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
  const EtcFile hosts_of_client("/etc/hosts");
  const EtcFile resolver("/etc/resolv.conf");
  const EtcFile names("/etc/nsswitch.conf");
  hide_name_services("/proc");
  cover(hosts_of_client, "/proc/hosts", hosts_file(hosts));
  cover(resolver, "/proc/resolv.conf", resolver_file());
  cover(names, "/proc/nsswitch.conf", name_switch);
  check_system("unmount a scratch file system", ::umount2("/proc", MNT_DETACH));
  mount_own_proc();
}

}  // namespace halfopen::io
