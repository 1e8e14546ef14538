#include "io/net/container.h"

#include <unistd.h>

#include <cstdlib>
#include <optional>

#include "io/net/text_file.h"

namespace halfopen::io {

std::string container_kind() {
  if (std::getenv("KUBERNETES_SERVICE_HOST") != nullptr) return "kubernetes";
  if (::access("/run/.containerenv", F_OK) == 0) return "podman";
  if (::access("/.dockerenv", F_OK) == 0) return "docker";
  // systemd writes there what the container's manager told it.
  const std::string told = read_file("/run/systemd/container").value_or("");
  return told.substr(0, told.find('\n'));
}

bool has_seccomp_filter() {
  constexpr const char* filtered = "\nSeccomp:\t2";
  return read_file("/proc/self/status").value_or("").find(filtered) != std::string::npos;
}

}  // namespace halfopen::io
