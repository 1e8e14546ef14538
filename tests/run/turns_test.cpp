// Thousands of connections: what happens on one costs no more for the others, and what is due on
// all of them at once is done in turns.
#include <ctime>

#include "play.h"

using namespace halfopen;
using namespace halfopen::run;

namespace {

/// The processor's time that this thread has had.
double seconds_worked() {
  timespec time{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

}  // namespace

TEST_CASE("what happens on one connection costs no more beside thousands of others") {
  const auto cost_beside = [](int others) {
    Play play("");
    play.outside.keep_bytes = false;
    for (int i = 0; i < others; ++i) play.open();
    play.open();
    const Bytes ping = client_frame(ws::Opcode::ping, "p");
    const double before = seconds_worked();
    for (int i = 0; i < 5000; ++i) play.sends(ping);
    return seconds_worked() - before;
  };
  const double alone = cost_beside(0);
  const double beside_many = cost_beside(4000);
  INFO(alone << " s alone, " << beside_many << " s beside 4,000");
  CHECK(beside_many < 6 * alone);
}

TEST_CASE("thousands whose time comes at once have it in turns, and all of them have it") {
  Play play("[[attempt]]\ntimes = \"rest\"\nsteps = [{ wait = \"1s\" }, { send = \"hello\" }]\n");
  for (int i = 0; i < 2000; ++i) play.open();
  const auto greeted = [&] {
    int count = 0;
    for (int attempt = 1; attempt <= 2000; ++attempt)
      if (play.heard(attempt).size() > 1) ++count;
    return count;
  };
  play.now = 1s;
  play.world.tick(Time(1s));
  CHECK(greeted() > 0);
  CHECK(greeted() < 300);
  CHECK(play.world.deadline() <= Time(1s));
  play.until(1s);
  CHECK(greeted() == 2000);
}
