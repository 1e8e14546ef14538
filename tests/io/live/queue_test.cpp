// Due queues, lateness and the mark of an attempt's end.
#include <catch2/catch.hpp>
#include <string>

#include "io/due_queue.h"
#include "io/end_mark.h"
#include "io/loop/wait.h"

using namespace halfopen;
using namespace halfopen::io;
using namespace halfopen::io::testing;
using namespace std::chrono_literals;

TEST_CASE("what is due at once arrives within the call, unless something waits in front of it") {
  Loop loop;
  std::string arrived;
  DueQueue<char> queue(loop, [&](char& c) { arrived += c; });
  const Time time = now();
  queue.put(time, time, 'a');
  CHECK(arrived == "a");
  queue.put(time + 1ms, time, 'c');
  queue.put(time, time, 'b');
  CHECK(arrived == "a");
  CHECK(queue.size() == 2);
  REQUIRE(run_until(loop, [&] { return arrived.size() == 3; }));
  CHECK(arrived == "abc");
}

TEST_CASE("things arrive by their times, equal times in the order of putting, never early") {
  Loop loop;
  std::vector<std::pair<Time, int>> arrived;
  const Time time = now();
  DueQueue<std::pair<Time, int>> queue(loop, [&](std::pair<Time, int>& each) {
    CHECK(now() >= each.first);
    arrived.push_back(each);
  });
  for (int i = 0; i < 200; ++i) {
    const Time due = time + 1ms + (i * 7 % 20) * 100us;
    queue.put(due, time, {due, i});
  }
  REQUIRE(run_until(loop, [&] { return arrived.size() == 200; }));
  CHECK(std::is_sorted(arrived.begin(), arrived.end()));
  CHECK(queue.lateness().longest() >= queue.lateness().quantile(0.5));
}

TEST_CASE("a queue that is cleared, or goes, delivers nothing more") {
  Loop loop;
  int arrived = 0;
  bool over = false;
  DueQueue<int> cleared(loop, [&](int&) { ++arrived; });
  cleared.put(now() + 1ms, now(), 1);
  cleared.clear();
  {
    DueQueue<int> gone(loop, [&](int&) { ++arrived; });
    gone.put(now() + 1ms, now(), 1);
  }
  loop.at(now() + 3ms, [&] { over = true; });
  REQUIRE(run_until(loop, [&] { return over; }));
  CHECK(arrived == 0);
}

TEST_CASE("a queue that is held delivers nothing, then all that is due, in order") {
  Loop loop;
  std::string arrived;
  bool waited = false;
  DueQueue<char> queue(loop, [&](char& c) { arrived += c; });
  queue.put(now() + 1ms, now(), 'b');
  queue.hold(true);
  queue.put(now() - 1ms, now(), 'a');
  loop.at(now() + 5ms, [&] { waited = true; });
  REQUIRE(run_until(loop, [&] { return waited; }));
  CHECK(arrived.empty());
  queue.hold(false);
  REQUIRE(run_until(loop, [&] { return arrived.size() == 2; }));
  CHECK(arrived == "ab");
}

TEST_CASE("what arrives may put more") {
  Loop loop;
  int arrived = 0;
  DueQueue<int>* itself = nullptr;
  DueQueue<int> queue(loop, [&](int& left) {
    ++arrived;
    if (left > 0) itself->put(now() + 10us, now(), left - 1);
  });
  itself = &queue;
  queue.put(now() + 1ms, now(), 50);
  REQUIRE(run_until(loop, [&] { return arrived == 51; }));
}

TEST_CASE("lateness knows its quantiles, and stays small") {
  Lateness lateness;
  CHECK(lateness.quantile(0.5) == 0ns);
  for (int i = 1000; i >= 0; --i) lateness.add(i * 1us);
  CHECK(lateness.quantile(0.5) == 500us);
  CHECK(lateness.quantile(0.99) == 990us);
  CHECK(lateness.quantile(1) == 1000us);
  for (int i = 0; i < 100'000; ++i) lateness.add(1us);
  lateness.add(9ms);
  CHECK(lateness.longest() == 9ms);
  CHECK(lateness.quantile(1) == 1000us);
}

TEST_CASE("the end of an attempt is visible once everything in front of it is delivered") {
  EndMark mark;
  CHECK(!mark.reached(1'000'000));
  SECTION("a Close frame: with its last byte") {
    mark.set({trace::End::close, 1012}, 100);
    CHECK(!mark.reached(99));
    CHECK(mark.reached(100));
    CHECK(!mark.reached(101));  // once
    CHECK(mark.end().code == 1012);
  }
  SECTION("a FIN: one behind the last byte") {
    mark.set({trace::End::fin, 0}, 100);
    CHECK(!mark.reached(100));
    CHECK(mark.reached(101));
  }
  SECTION("an RST takes no place in the stream") {
    mark.set({trace::End::reset, 0}, 0);
    CHECK(!mark.reached(1'000'000));
    CHECK(mark.end().how == trace::End::reset);
  }
  SECTION("only the first mark counts") {
    mark.set({trace::End::refusal, 503}, 10);
    mark.set({trace::End::fin, 0}, 10);
    CHECK(mark.reached(10));
    CHECK(mark.end().how == trace::End::refusal);
    CHECK(mark.end().code == 503);
  }
}
