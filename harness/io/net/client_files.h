// The files by which a client in a world finds names: /etc/hosts, /etc/resolv.conf and
// /etc/nsswitch.conf and nothing else, and a /proc of its own.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace halfopen::io {

using HostLines = std::vector<std::pair<std::string, std::vector<std::string>>>;

/// The folders of this machine in which services that look up names may have their sockets (nscd,
/// sssd, systemd-resolved, …), without links in their paths. Clients in worlds see them empty.
[[nodiscard]] std::vector<std::string> name_services_here();

/// The text of /etc/hosts: the loopback names, then each name with its addresses.
[[nodiscard]] std::string hosts_file(const HostLines& hosts);

/// The text of /etc/resolv.conf: the one name server is the world's server. Where nothing listens
/// there, its kernel says so at once (ICMP), and names fail to resolve quickly. Each query is sent
/// once and waited for for 2 s, so that silence costs little and a repetition is a new look-up
/// (run/look_up.h).
[[nodiscard]] std::string resolver_file();

/// `original` (an nsswitch.conf, perhaps empty) with host names looked up in files, then by DNS.
[[nodiscard]] std::string name_switch_file(const std::string& original);

/// Mounts these files and /proc, and hides the sockets of services that would answer for names in
/// the machine's own network (nscd, sssd, systemd-resolved, …). The process must be the first of
/// its PID namespace, in a mount namespace of its own.
void mount_client_files(const HostLines& hosts);

}  // namespace halfopen::io
