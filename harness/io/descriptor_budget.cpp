#include "io/descriptor_budget.h"

#include <sys/resource.h>

#include <algorithm>

#include "base/error.h"

namespace halfopen::io {

int runs_within(unsigned long long open_files) {
  constexpr unsigned long long plenty = 1'000'000;
  if (open_files < descriptors_of_halfopen) return 0;
  return static_cast<int>((std::min(open_files, plenty) - descriptors_of_halfopen) /
                          descriptors_of_run);
}

int runs_within_limit() {
  rlimit limit{};
  check_system("read the limit of open files", ::getrlimit(RLIMIT_NOFILE, &limit));
  return runs_within(limit.rlim_cur);
}

}  // namespace halfopen::io
