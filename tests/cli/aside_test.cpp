// What is done on another thread, and what comes of it on the loop.
#include "cli/aside.h"

#include <atomic>
#include <catch2/catch.hpp>
#include <stdexcept>
#include <thread>
#include <vector>

using namespace halfopen;
using namespace halfopen::cli;

TEST_CASE("work is done aside, and its results come back to the loop in order") {
  io::Loop loop;
  Aside aside(loop);
  const auto here = std::this_thread::get_id();
  std::vector<int> done;
  bool worked_here = false;
  bool called_back_elsewhere = false;
  for (int i = 0; i < 10; ++i)
    aside.put([&] { worked_here = worked_here || std::this_thread::get_id() == here; },
              [&, i] {
                called_back_elsewhere = called_back_elsewhere || std::this_thread::get_id() != here;
                done.push_back(i);
                if (i == 9) loop.stop();
              });
  loop.run();
  CHECK(done == std::vector{0, 1, 2, 3, 4, 5, 6, 7, 8, 9});
  CHECK_FALSE(worked_here);
  CHECK_FALSE(called_back_elsewhere);
}

TEST_CASE("the loop goes on while work is done aside") {
  io::Loop loop;
  Aside aside(loop);
  std::atomic<bool> loop_ran = false;
  // Ends only because the timer fires meanwhile.
  aside.put([&] { loop_ran.wait(false); }, [&] { loop.stop(); });
  loop.at(io::now(), [&] {
    loop_ran = true;
    loop_ran.notify_all();
  });
  loop.run();
  CHECK(loop_ran);
}

TEST_CASE("what is left when the loop has ended can be waited for") {
  io::Loop loop;
  Aside aside(loop);
  int done = 0;
  for (int i = 0; i < 3; ++i) aside.put([] {}, [&] { ++done; });
  aside.wait();
  CHECK(done == 3);
}

TEST_CASE("what is still to be done is weighed, until the loop is told that it is done") {
  io::Loop loop;
  Aside aside(loop);
  std::atomic<bool> go_on = false;
  std::vector<std::size_t> left;
  aside.put([&] { go_on.wait(false); }, [&] { left.push_back(aside.bytes_waiting()); }, 100);
  aside.put([] {}, [&] { left.push_back(aside.bytes_waiting()); }, 20);
  CHECK(aside.bytes_waiting() == 120);
  go_on = true;
  go_on.notify_all();
  aside.wait();
  CHECK(left == std::vector<std::size_t>{20, 0});
}

TEST_CASE("what goes wrong aside is not lost") {
  io::Loop loop;
  Aside aside(loop);
  aside.put([] { throw std::runtime_error("no room"); }, [] {});
  CHECK_THROWS_WITH(aside.wait(), "no room");
}
