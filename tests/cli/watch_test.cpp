// `run --watch`: when it runs again, in virtual time; and which files it looks at.
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <deque>
#include <filesystem>
#include <fstream>

#include "cli/watch_loop.h"

using namespace halfopen;
using namespace halfopen::cli;

namespace {

namespace fs = std::filesystem;
using Names = std::vector<std::string>;
using std::chrono::milliseconds;

/// What happens around it is a list that it goes through; then somebody ends it.
class Played : public WatchWorld {
 public:
  struct Event {
    Duration after;
    Heard heard = Heard::change;
    Names written{};  ///< Files that are other ones from then on.
  };
  std::deque<Event> events;
  std::vector<Names> written_by_runs;  ///< While each of them is under way.
  std::vector<int> codes{0};           ///< Of each run; the last one's of all others.
  bool ends_in_run = false;

  std::size_t runs = 0;
  Names said;
  Time time{};

  int run() override {
    said.push_back("run");
    if (runs < written_by_runs.size())
      for (const std::string& name : written_by_runs[runs]) write(name);
    ++runs;
    return codes[std::min(runs, codes.size()) - 1];
  }
  [[nodiscard]] bool told_to_end() const override { return ends_in_run; }
  Snapshot look() override { return files_; }
  Heard listen(std::optional<Duration> at_most) override {
    const Duration wait = events.empty() ? forever : events.front().after;
    if (at_most && wait > *at_most) {
      time += *at_most;
      if (!events.empty()) events.front().after -= *at_most;
      return Heard::silence;
    }
    if (events.empty()) return Heard::end;
    const Event event = events.front();
    events.pop_front();
    time += event.after;
    for (const std::string& name : event.written) write(name);
    return event.heard;
  }
  [[nodiscard]] Time now() const override { return time; }
  void waits(int code) override { said.push_back("waits " + std::to_string(code)); }
  void runs_again(const std::string& why) override { said.push_back(why); }

 private:
  void write(const std::string& name) { ++files_[name].modified; }
  Snapshot files_;
};

/// A folder that is the current one, gone with the test.
class Here {
 public:
  Here() : before_(fs::current_path()) {
    REQUIRE(::mkdtemp(path_.data()) != nullptr);
    fs::current_path(path_);
  }
  Here(const Here&) = delete;
  Here& operator=(const Here&) = delete;
  ~Here() {
    fs::current_path(before_);
    fs::remove_all(path_);
  }

 private:
  std::string path_ = (fs::temp_directory_path() / "halfopen-watch-XXXXXX").string();
  fs::path before_;
};

void write(const std::string& name, const std::string& text = "") {
  if (const fs::path folder = fs::path(name).parent_path(); !folder.empty())
    fs::create_directories(folder);
  std::ofstream(name) << text;
}

Names names_in(const Snapshot& files) {
  Names names;
  for (const auto& [name, stamp] : files) names.push_back(name);
  return names;
}

}  // namespace

TEST_CASE("watch: a change makes it run again; the end is that of the last run") {
  Played world;
  world.codes = {1, 0};
  world.events = {{milliseconds(5000), Heard::change, {"a.toml"}}};
  CHECK(watch(world) == 0);
  CHECK(world.said == Names{"run", "waits 1", "changed: a.toml", "run", "waits 0"});
}

TEST_CASE("watch: what an editor does in several steps is one change") {
  Played world;
  world.events = {{milliseconds(5000), Heard::change, {"a.toml"}},
                  {milliseconds(40), Heard::change, {"a.toml", "a.toml~"}},
                  {milliseconds(99), Heard::change, {"b.toml"}}};
  CHECK(watch(world) == 0);
  CHECK(world.runs == 2);
  CHECK(world.said[2] == "changed: a.toml and 2 more");
  CHECK(world.time == Time(milliseconds(5000 + 40 + 99 + 100)));
}

TEST_CASE("watch: who writes without end is not waited for") {
  Played world;
  for (int i = 0; i < 50; ++i)
    world.events.push_back({milliseconds(50), Heard::change, {"a.toml"}});
  CHECK(watch(world) == 0);
  CHECK(world.runs == 4);  // after 1.05 s, then 2.1 s, and at the end
}

TEST_CASE("watch: what happens beside the files, or leaves them as they are, is no change") {
  Played world;
  world.events = {{milliseconds(100), Heard::change}, {milliseconds(300), Heard::silence}};
  CHECK(watch(world) == 0);
  CHECK(world.said == Names{"run", "waits 0"});
}

TEST_CASE("watch: a scenario that is written during a run is run; what clients write is not") {
  Played world;
  world.written_by_runs = {{"log.txt", "a.toml"}, {"log.txt"}};
  CHECK(watch(world) == 0);
  CHECK(world.said == Names{"run", "waits 0", "changed: a.toml", "run", "waits 0"});
}

TEST_CASE("watch: somebody wants it again, or wants it to end, at any time") {
  Played asked;
  asked.events = {{milliseconds(1), Heard::again}};
  CHECK(watch(asked) == 0);
  CHECK(asked.said == Names{"run", "waits 0", "", "run", "waits 0"});
  Played settling;
  settling.codes = {4};
  settling.events = {{milliseconds(1), Heard::change, {"a.toml"}}, {milliseconds(1), Heard::end}};
  CHECK(watch(settling) == 4);
  CHECK(settling.runs == 1);
  Played running;
  running.codes = {5};
  running.ends_in_run = true;
  CHECK(watch(running) == 5);
  CHECK(running.said == Names{"run"});
}

TEST_CASE("watched files: scenarios by file, folder and name, and *.toml only") {
  const Here here;
  for (const char* name : {"one.toml", "other.toml", "scenarios/a/b.toml", "scenarios/a/c.toml",
                           "scenarios/a/note.md", "scenarios/.git/x.toml", "more/d.toml"})
    write(name);
  CHECK(names_in(WatchedFiles({"one.toml", "a/b", "more"}, {}).look()) ==
        Names{"more/d.toml", "one.toml", "scenarios/a/b.toml"});
  CHECK(names_in(WatchedFiles({}, {}).look()) == Names{"scenarios/a/b.toml", "scenarios/a/c.toml"});
}

TEST_CASE("watched files: what a scenario includes, and the file of a run") {
  const Here here;
  write("parts/base.toml");
  write("story.toml", "about = \"A test.\"\ninclude = \"parts/base.toml\"\n");
  for (const char* named : {"story", "story.toml", "story@code=1000"})
    CHECK(names_in(WatchedFiles({named}, {}).look()) == Names{"parts/base.toml", "story.toml"});
}

TEST_CASE("watched files: a client's folder, and the files that a command names") {
  const Here here;
  for (const char* name :
       {"app/client.toml", "app/expected.toml", "app/src/main.js", "app/node_modules/x.js",
        "app/.cache", "clients/ws/client.toml", "lib/run.py", "app.js"})
    write(name);
  const Names app{"app/client.toml", "app/expected.toml", "app/src/main.js"};
  CHECK(names_in(WatchedFiles({"none"}, {"app"}).look()) == app);
  CHECK(names_in(WatchedFiles({"none"}, {"app/client.toml@slow"}).look()) == app);
  CHECK(names_in(WatchedFiles({"none"}, {"ws@fast"}).look()) == Names{"clients/ws/client.toml"});
  CHECK(names_in(WatchedFiles({"none"}, {"node app.js {url}"}).look()) == Names{"app.js"});
  CHECK(names_in(WatchedFiles({"none"}, {"cd lib && python3 run.py"}).look()) ==
        Names{"lib/run.py"});
}

TEST_CASE("watched files: written, replaced, new and gone ones have changed") {
  const Here here;
  write("s/a.toml", "1");
  write("s/b.toml", "1");
  const WatchedFiles files({"s"}, {});
  const Snapshot before = files.look();
  CHECK(changed(before, files.look()).empty());
  write("s/new.toml", "1");
  write("s/deep/er.toml", "1");
  write("s/b.toml", "22");
  CHECK(changed(before, files.look()) == Names{"s/b.toml", "s/deep/er.toml", "s/new.toml"});
  // As editors replace a file: another one of the same size, and as old.
  const Snapshot later = files.look();
  write("s/a.tmp", "2");
  fs::last_write_time("s/a.tmp", fs::last_write_time("s/a.toml"));
  fs::rename("s/a.tmp", "s/a.toml");
  fs::remove("s/new.toml");
  CHECK(changed(later, files.look()) == Names{"s/a.toml", "s/new.toml"});
}

TEST_CASE("watched files: the folders to hear of them, also of what is still to come") {
  const Here here;
  write("s/deep/a.toml");
  write("app.js");
  CHECK(WatchedFiles({"s"}, {"node app.js"}).folders() == Names{".", "s", "s/deep"});
  CHECK(WatchedFiles({"to-come/a.toml"}, {}).folders() == Names{"."});
  CHECK(WatchedFiles({"s/late.toml"}, {}).folders() == Names{"s"});
}
