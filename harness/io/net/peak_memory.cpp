#include "io/net/peak_memory.h"

#include <cstdlib>
#include <string>

#include "io/net/text_file.h"

namespace halfopen::io {

std::uint64_t peak_memory_of(pid_t process) {
  constexpr std::string_view key = "VmHWM:";
  constexpr std::uint64_t unit = 1024;
  const auto status = read_file("/proc/" + std::to_string(process) + "/status");
  const auto at = status ? status->find(key) : std::string::npos;
  if (at == std::string::npos) return 0;
  return std::strtoull(status->c_str() + at + key.size(), nullptr, 10) * unit;
}

}  // namespace halfopen::io
