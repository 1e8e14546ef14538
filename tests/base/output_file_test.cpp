// Files that are whole or not there.
#include "base/output_file.h"

#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/error.h"

using namespace halfopen;
using Catch::Matchers::Contains;

namespace {

namespace fs = std::filesystem;

/// A folder of its own, gone with the test.
struct Folder {
  std::string path = (fs::temp_directory_path() / "halfopen-output-XXXXXX").string();
  Folder() { REQUIRE(::mkdtemp(path.data()) != nullptr); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() { fs::remove_all(path); }
  [[nodiscard]] std::string operator/(const std::string& name) const { return path + "/" + name; }
  [[nodiscard]] std::ptrdiff_t files() const {
    return std::distance(fs::directory_iterator(path), fs::directory_iterator());
  }
};

std::string contents(const std::string& file) {
  std::ostringstream text;
  text << std::ifstream(file, std::ios::binary).rdbuf();
  return text.str();
}

}  // namespace

TEST_CASE("an output file replaces the old one, and nothing else is left beside it") {
  const Folder folder;
  write_output(folder / "report.json", "old");
  ::chmod((folder / "report.json").c_str(), 0640);
  write_output(folder / "report.json", "new");
  CHECK(contents(folder / "report.json") == "new");
  CHECK((fs::status(folder / "report.json").permissions() & fs::perms::mask) == fs::perms(0640));
  CHECK(folder.files() == 1);
}

TEST_CASE("a reader that has the old file open keeps the whole old file") {
  const Folder folder;
  write_output(folder / "report.json", "old");
  std::ifstream reader(folder / "report.json");
  write_output(folder / "report.json", "n");
  std::ostringstream seen;
  seen << reader.rdbuf();
  CHECK(seen.str() == "old");
}

TEST_CASE("a new output file has the permissions that the umask leaves, and its folders") {
  const Folder folder;
  const mode_t before = ::umask(027);
  write_output(folder / "a/b/report.json", "text");
  ::umask(before);
  CHECK(contents(folder / "a/b/report.json") == "text");
  CHECK((fs::status(folder / "a/b/report.json").permissions() & fs::perms::mask) ==
        fs::perms(0640));
}

TEST_CASE("a symbolic link stays one") {
  const Folder folder;
  write_output(folder / "target", "old");
  fs::create_symlink("target", folder / "link");
  write_output(folder / "link", "new");
  CHECK(fs::is_symlink(folder / "link"));
  CHECK(contents(folder / "target") == "new");
}

TEST_CASE("a device is written to and not replaced") {
  CHECK_THROWS_WITH(write_output("/dev/full", "text"),
                    "write `/dev/full`: No space left on device");
  CHECK(fs::is_character_file("/dev/full"));
  CHECK_NOTHROW(check_output("/dev/full"));
}

TEST_CASE("a check leaves the file as it is, and none where there was none") {
  const Folder folder;
  write_output(folder / "old", "text");
  check_output(folder / "old");
  check_output(folder / "new");
  CHECK(contents(folder / "old") == "text");
  CHECK(folder.files() == 1);
}

TEST_CASE("what cannot be written is named, with the reason") {
  const Folder folder;
  const auto write =
      GENERATE(0, 1) == 0 ? check_output : [](const std::string& file) { write_output(file, "x"); };
  write_output(folder / "file", "");
  CHECK_THROWS_WITH(write(folder / "file/report"), Contains("its folder cannot be made"));
  CHECK_THROWS_WITH(write(folder.path), "write `" + folder.path + "`: Is a directory");
  const std::string long_name = folder / std::string(256, 'n');
  CHECK_THROWS_WITH(write(long_name), "write `" + long_name + "`: File name too long");
  CHECK(folder.files() == 1);
}

TEST_CASE("names of files are short, have no slash, and stay different") {
  CHECK(file_name("drops/reset.ws", ".jsonl") == "drops--reset.ws.jsonl");
  CHECK(file_name("a\nb", ".x") == "a_b.x");
  const std::string same(300, 'a');
  const std::string one = file_name(same + "1", ".jsonl");
  CHECK(one.size() == 255);
  CHECK(one.ends_with(".jsonl"));
  CHECK(one != file_name(same + "2", ".jsonl"));
  std::string umlauts;
  while (umlauts.size() < 300) umlauts += "ä";
  CHECK_THAT(file_name(umlauts, ".jsonl"), Contains("ä-"));
  CHECK(file_name("a" + umlauts, ".jsonl").size() <= 255);
}

TEST_CASE("a file that is written bit by bit is not there before it is whole") {
  const Folder folder;
  OutputSpool spool(folder / "deep/run.pcapng");
  spool.write(as_bytes("b"));
  spool.write(as_bytes("c"));
  CHECK(fs::is_empty(folder / "deep"));
  spool.take_name(as_bytes("a"), as_bytes("d"));
  CHECK(contents(folder / "deep/run.pcapng") == "abcd");
  CHECK(std::distance(fs::directory_iterator(folder / "deep"), fs::directory_iterator()) == 1);
}

TEST_CASE("a file that is written bit by bit and given up leaves the old one, and nothing else") {
  const Folder folder;
  write_output(folder / "run.pcapng", "old");
  {
    OutputSpool spool(folder / "run.pcapng");
    spool.write(as_bytes("new"));
  }
  CHECK(contents(folder / "run.pcapng") == "old");
  CHECK(folder.files() == 1);
  OutputSpool(folder / "run.pcapng").take_name(as_bytes("new"), {});
  CHECK(contents(folder / "run.pcapng") == "new");
}

TEST_CASE("a file that is written bit by bit on a full disk: what is wrong is told") {
  const Folder folder;
  fs::create_symlink("/dev/full", folder / "run.pcapng");
  OutputSpool spool(folder / "run.pcapng");
  spool.write(as_bytes("x"));
  CHECK_THROWS_WITH(spool.take_name({}, {}), Contains("run.pcapng`: No space left on device"));
}
