#include "io/load_meter.h"

#include <algorithm>
#include <fstream>
#include <optional>
#include <utility>

namespace halfopen::io {
namespace {

/// Ticks of the first line of /proc/stat: user nice system idle iowait irq softirq steal.
struct Ticks {
  std::uint64_t idle = 0;
  std::uint64_t all = 0;
};

Ticks read_ticks() {
  std::ifstream stat("/proc/stat");
  std::string name;
  stat >> name;
  Ticks ticks;
  std::uint64_t value = 0;
  for (int field = 0; field < 8 && stat >> value; ++field) {
    ticks.all += value;
    if (field == 3 || field == 4) ticks.idle += value;
  }
  return ticks;
}

void read_memory(Load& load) {
  std::ifstream info("/proc/meminfo");
  std::string line;
  while (std::getline(info, line)) {
    const auto kib = [&](const char* name) -> std::optional<std::uint64_t> {
      if (!line.starts_with(name)) return std::nullopt;
      return std::strtoull(line.c_str() + line.find(':') + 1, nullptr, 10) * 1024;
    };
    if (const auto all = kib("MemTotal:")) load.all_memory = *all;
    if (const auto left = kib("MemAvailable:")) load.memory = *left;
  }
}

std::optional<std::uint64_t> number_in(const char* file) {
  std::ifstream in(file);
  std::uint64_t value = 0;
  if (in >> value) return value;
  return std::nullopt;
}

// In a container the limit of its group (cgroups(7), version 2) comes before that of the machine.
void heed_group(Load& load) {
  const auto most = number_in("/sys/fs/cgroup/memory.max");
  const auto used = number_in("/sys/fs/cgroup/memory.current");
  if (!most || !used) return;
  load.all_memory = std::min(load.all_memory, *most);
  load.memory = std::min(load.memory, *most - std::min(*most, *used));
}

}  // namespace

Load LoadMeter::measure(Duration late) {
  Load load;
  load.late = late;
  const Ticks ticks = read_ticks();
  const std::uint64_t idle = ticks.idle - std::exchange(idle_, ticks.idle);
  const std::uint64_t all = ticks.all - std::exchange(all_, ticks.all);
  if (all > 0) load.idle = static_cast<double>(idle) / static_cast<double>(all);
  read_memory(load);
  heed_group(load);
  return load;
}

}  // namespace halfopen::io
