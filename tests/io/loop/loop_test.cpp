// Timers, watches and signals. Only order, content and "never early" are asserted: a busy machine
// may make anything late.
#include "io/loop/loop.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/signals.h"
#include "io/loop/interruption.h"
#include "wait.h"

using namespace halfopen;
using namespace halfopen::io;
using namespace halfopen::io::testing;
using namespace std::chrono_literals;

namespace {

struct Pipe {
  Descriptor out;
  Descriptor in;
  Pipe() {
    int ends[2];
    check_system("make a pipe", ::pipe(ends));
    out = Descriptor(ends[0]);
    in = Descriptor(ends[1]);
  }
  void fill() const { REQUIRE(::write(in.get(), "x", 1) == 1); }
  void drain() const {
    char byte = 0;
    REQUIRE(::read(out.get(), &byte, 1) == 1);
  }
};

}  // namespace

TEST_CASE("timers fire in the order of their times, and never early") {
  Loop loop;
  const Time start = now();
  std::vector<int> order;
  bool early = false;
  // 7 and 40 have no common divisor: the times are set out of order.
  for (int i = 0; i < 40; ++i) {
    const int place = i * 7 % 40;
    const Time due = start + place * 313us;
    loop.at(due, [&, place, due] {
      early = early || now() < due;
      order.push_back(place);
    });
  }
  REQUIRE(run_until(loop, [&] { return order.size() == 40; }));
  CHECK(!early);
  CHECK(std::is_sorted(order.begin(), order.end()));
}

TEST_CASE("timers of the same time fire in the order in which they were set") {
  Loop loop;
  const Time due = now() + 1ms;
  std::string order;
  for (const char name : {'a', 'b', 'c', 'd'}) loop.at(due, [&, name] { order += name; });
  REQUIRE(run_until(loop, [&] { return order.size() == 4; }));
  CHECK(order == "abcd");
}

TEST_CASE("a time in the past fires soon, even the oldest one there is") {
  Loop loop;
  int fired = 0;
  loop.at(Time{}, [&] { ++fired; });
  loop.at(now() - 1h, [&] { ++fired; });
  REQUIRE(run_until(loop, [&] { return fired == 2; }));
}

TEST_CASE("a cancelled timer does not fire, not even when another one of its time cancels it") {
  Loop loop;
  std::string fired;
  const Time due = now() + 1ms;
  TimerId second{};
  loop.at(due, [&] {
    fired += "1";
    loop.cancel(second);
  });
  second = loop.at(due, [&] { fired += "2"; });
  const TimerId first = loop.at(now(), [&] { fired += "0"; });
  loop.cancel(first);
  loop.at(due + 1ms, [&] { fired += "3"; });
  REQUIRE(run_until(loop, [&] { return fired.ends_with('3'); }));
  CHECK(fired == "13");
  loop.cancel(second);  // harmless
}

TEST_CASE("an earlier timer that is set later comes first, and its cancelling delays nothing") {
  Loop loop;
  std::string fired;
  loop.at(now() + 5ms, [&] { fired += "late"; });
  loop.at(now() + 1ms, [&] { fired += "early "; });
  loop.cancel(loop.at(now() + 500us, [&] { fired += "never "; }));
  REQUIRE(run_until(loop, [&] { return fired.ends_with("late"); }));
  CHECK(fired == "early late");
}

TEST_CASE("a timer may set another one, and itself again") {
  Loop loop;
  int count = 0;
  Timer timer(loop);
  const std::function<void()> again = [&] {
    if (++count < 50) timer.set(now(), again);
  };
  timer.set(now(), again);
  REQUIRE(run_until(loop, [&] { return count == 50; }));
}

TEST_CASE("a Timer that goes, or is set anew, does not fire as it was") {
  Loop loop;
  std::string fired;
  Timer kept(loop);
  kept.set(now(), [&] { fired += "old "; });
  kept.set(now() + 2ms, [&] { fired += "new"; });
  {
    Timer gone(loop);
    gone.set(now(), [&] { fired += "gone "; });
  }
  REQUIRE(run_until(loop, [&] { return !fired.empty(); }));
  CHECK(fired == "new");
}

TEST_CASE("a loop that was kept busy says how late it was") {
  Loop loop;
  std::vector<Duration> late;
  loop.on_late(2ms, [&](Duration by) { late.push_back(by); });
  bool done = false;
  loop.at(now(), [&] {
    const Time due = now() + 1ms;
    loop.at(due, [&] { done = true; });
    while (now() < due + 6ms) {
    }
  });
  REQUIRE(run_until(loop, [&] { return done; }));
  REQUIRE(!late.empty());
  CHECK(late.back() >= 6ms);
}

TEST_CASE("a loop counts time once in which it was late, however many timers were due") {
  Loop loop;
  Duration late{};
  loop.on_late(2ms, [&](Duration by) { late += by; });
  const Time start = now();
  int fired = 0;
  loop.at(start, [&] {
    const Time due = now() + 1ms;
    for (int i = 0; i < 20; ++i) loop.at(due + i * 100us, [&] { ++fired; });
    while (now() < due + 10ms) {
    }
  });
  REQUIRE(run_until(loop, [&] { return fired == 20; }));
  CHECK(late >= 10ms);
  CHECK(late <= now() - start);
}

TEST_CASE("run goes on until stop") {
  Loop loop;
  int fired = 0;
  loop.at(now(), [&] { ++fired; });
  loop.at(now() + 2ms, [&] {
    ++fired;
    loop.stop();
  });
  loop.run();
  CHECK(fired == 2);
}

TEST_CASE("a watch calls back while its descriptor is ready, and pauses when told to") {
  Loop loop;
  const Pipe pipe;
  int calls = 0;
  Watch watch(loop, pipe.out.get(), UV_READABLE, [&](int events) {
    CHECK(events == UV_READABLE);
    ++calls;
    pipe.drain();
  });
  run_a_while(loop);
  CHECK(calls == 0);
  pipe.fill();
  REQUIRE(run_until(loop, [&] { return calls == 1; }));
  watch.change(0);
  pipe.fill();
  run_a_while(loop);
  CHECK(calls == 1);
  watch.change(UV_READABLE);
  REQUIRE(run_until(loop, [&] { return calls == 2; }));
}

TEST_CASE("a watch may destroy itself, and its callback lives on until it returns") {
  Loop loop;
  const Pipe pipe;
  std::string said;
  std::unique_ptr<Watch> watch;
  const std::string words = "still here, and longer than any small string is";
  watch = std::make_unique<Watch>(loop, pipe.out.get(), UV_READABLE, [&said, &watch, words](int) {
    watch.reset();
    said += words;
  });
  pipe.fill();
  REQUIRE(run_until(loop, [&] { return !said.empty(); }));
  run_a_while(loop);
  CHECK(said == words);
}

TEST_CASE("a failing libuv call says what was attempted, and why it failed") {
  CHECK(check_uv("jump", 7) == 7);
  CHECK_THROWS_WITH(check_uv("jump", UV_EINVAL), "jump: invalid argument");
  Loop loop;
  CHECK_THROWS_AS(Watch(loop, 9999, UV_READABLE, [](int) {}), Error);
}

TEST_CASE("the first signal calls back instead of doing what it would do") {
  const int number = GENERATE(SIGINT, SIGTERM, SIGHUP);
  Loop loop;
  int caught = 0;
  const Interruption interruption(loop, 5, [&] { ++caught; });
  ::raise(number);
  REQUIRE(run_until(loop, [&] { return caught == 1; }));
}

TEST_CASE("lateness is said before anything that came in the meantime") {
  Loop loop;
  std::string said;
  loop.on_late(2ms, [&](Duration) { said += "late "; });
  std::array<int, 2> ends{};
  REQUIRE(pipe(ends.data()) == 0);
  const Descriptor from(ends[0]);
  const Descriptor to(ends[1]);
  const Watch watch(loop, from.get(), UV_READABLE, [&](int) {
    said += "read ";
    loop.stop();
  });
  loop.at(now() + 1ms, [] {});
  loop.at(now(), [&] {
    REQUIRE(write(to.get(), "x", 1) == 1);
    const Time until = now() + 10ms;
    while (now() < until) continue;
  });
  loop.run();
  CHECK(said == "late read ");
}

TEST_CASE("a second signal ends the process at once, even if the loop does not turn") {
  const int second = GENERATE(SIGINT, SIGTERM, SIGHUP);
  const bool still_there = GENERATE(true, false);
  const pid_t process = ::fork();
  if (process == 0) {
    Loop loop;
    auto interruption = std::make_unique<Interruption>(loop, 5, [] {});
    ::raise(SIGTERM);
    if (!still_there) interruption.reset();
    ::raise(second);
    ::_exit(0);
  }
  int status = 0;
  REQUIRE(::waitpid(process, &status, 0) == process);
  REQUIRE(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == 5);
}

TEST_CASE(
    "a stray signal is taken for a first one, however often it comes, and never for a second") {
  for (const int number : strays()) {
    Loop loop;
    int caught = 0;
    {
      const Interruption interruption(loop, 5, [&] { ++caught; });
      ::raise(number);
      ::raise(number);
      REQUIRE(run_until(loop, [&] { return caught == 1; }));
      ::raise(SIGTERM);
    }
    ::raise(number);  // and ends nobody afterwards
    CHECK(caught == 1);
    for (const int each : orders_to_end()) ::signal(each, SIG_DFL);
    for (const int each : strays()) ::signal(each, SIG_DFL);
  }
}

TEST_CASE("a SIGHUP, or a stray signal, that the caller ignores stays ignored") {
  const int number = GENERATE(SIGHUP, SIGALRM, SIGUSR1);
  ::signal(number, SIG_IGN);
  {
    Loop loop;
    bool caught = false;
    const Interruption interruption(loop, 5, [&] { caught = true; });
    ::raise(number);
    run_a_while(loop);
    CHECK_FALSE(caught);
  }
  ::signal(number, SIG_DFL);
}

TEST_CASE("without a signal, everything is as it was afterwards") {
  struct sigaction before {};
  struct sigaction after {};
  ::sigaction(SIGTERM, nullptr, &before);
  {
    Loop loop;
    const Interruption interruption(loop, 5, [] {});
  }
  ::sigaction(SIGTERM, nullptr, &after);
  CHECK(after.sa_handler == before.sa_handler);
}

TEST_CASE("a timer that is set again and again for now lets others go on") {
  Loop loop;
  const Pipe pipe;
  pipe.fill();
  int fired = 0;
  std::optional<int> fired_before;
  std::function<void()> again = [&] {
    if (++fired < 1000) loop.at(Time{}, again);
  };
  loop.at(Time{}, again);
  const Watch watch(loop, pipe.out.get(), UV_READABLE, [&](int) {
    pipe.drain();
    fired_before = fired;
  });
  REQUIRE(run_until(loop, [&] { return fired == 1000; }));
  REQUIRE(fired_before);
  CHECK(*fired_before < 10);
}
