// Whether we are in a container, as far as it shows.
#pragma once

#include <string>

namespace halfopen::io {

/// "docker", "podman", "kubernetes" or what else the machine says of itself; "" if nothing shows.
[[nodiscard]] std::string container_kind();

/// Whether a seccomp filter looks at this process's system calls (seccomp(2)). Docker's default
/// filter forbids unshare.
[[nodiscard]] bool has_seccomp_filter();

}  // namespace halfopen::io
