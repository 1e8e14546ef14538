#include "bench/cores.h"

#include "base/error.h"

namespace halfopen::bench {
namespace {

cpu_set_t cores_now() {
  cpu_set_t set;
  check_system("ask for the cores", sched_getaffinity(0, sizeof set, &set));
  return set;
}

/// Those that this process had when it began: a container may have fewer than the machine.
const cpu_set_t all = cores_now();

cpu_set_t first_core() {
  unsigned core = 0;
  while (!CPU_ISSET(core, &all)) ++core;
  cpu_set_t first;
  CPU_ZERO(&first);
  CPU_SET(core, &first);
  return first;
}

}  // namespace

Pinned::Pinned(Cores cores) : before_(cores_now()) {
  if (CPU_COUNT(&all) < 2) return;
  cpu_set_t set = first_core();
  if (cores == Cores::others) CPU_XOR(&set, &set, &all);
  check_system("move to a core", sched_setaffinity(0, sizeof set, &set));
}

Pinned::~Pinned() { sched_setaffinity(0, sizeof before_, &before_); }

}  // namespace halfopen::bench
