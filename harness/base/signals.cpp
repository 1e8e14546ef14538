#include "base/signals.h"

#include <csignal>

namespace halfopen {

std::vector<int> orders_to_end() { return {SIGINT, SIGTERM, SIGHUP}; }

std::vector<int> strays() {
  std::vector<int> numbers{SIGXCPU, SIGALRM, SIGVTALRM, SIGPROF,  SIGUSR1,
                           SIGUSR2, SIGPOLL, SIGPWR,    SIGSTKFLT};
  for (int number = SIGRTMIN; number <= SIGRTMAX; ++number) numbers.push_back(number);
  return numbers;
}

void let_writes_beyond_limit_fail() { std::signal(SIGXFSZ, SIG_IGN); }

}  // namespace halfopen
