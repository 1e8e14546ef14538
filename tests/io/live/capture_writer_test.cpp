// Files that are written aside, and the key log.
#include "io/capture_writer.h"

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "io/key_log_file.h"

using namespace halfopen;
using namespace halfopen::io;
using Catch::Matchers::Contains;

namespace {

namespace fs = std::filesystem;

/// A folder of its own, gone with the test.
struct Folder {
  std::string path = (fs::temp_directory_path() / "halfopen-captures-XXXXXX").string();
  Folder() { REQUIRE(::mkdtemp(path.data()) != nullptr); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() { fs::remove_all(path); }
  [[nodiscard]] std::string operator/(const std::string& name) const { return path + "/" + name; }
};

std::string contents(const std::string& file) {
  std::ostringstream text;
  text << std::ifstream(file, std::ios::binary).rdbuf();
  return text.str();
}

Bytes bytes(std::string_view text) { return {text.begin(), text.end()}; }

}  // namespace

TEST_CASE("files are written in pieces, each with what comes in front of and behind them") {
  const Folder folder;
  CaptureWriter writer;
  const auto one = writer.begin(folder / "one");
  const auto other = writer.begin(folder / "other");
  CHECK(writer.append(one, bytes("b")));
  CHECK(writer.append(other, bytes("x")));
  CHECK(writer.append(one, bytes("c")));
  writer.wait();
  CHECK(fs::is_empty(folder.path));
  writer.finish(one, bytes("a"), bytes("d"));
  writer.finish(other, {}, {});
  writer.wait();
  CHECK(contents(folder / "one") == "abcd");
  CHECK(contents(folder / "other") == "x");
  CHECK_FALSE(writer.problem());
}

TEST_CASE("a writer that goes has written all that it was given") {
  const Folder folder;
  {
    CaptureWriter writer;
    writer.finish(writer.begin(folder / "file"), bytes("all"), {});
  }
  CHECK(contents(folder / "file") == "all");
}

TEST_CASE("what waits to be written is bounded, but for the ends of files") {
  const Folder folder;
  CaptureWriter writer(3);
  const auto file = writer.begin(folder / "file");
  CHECK_FALSE(writer.append(file, bytes("four")));
  CHECK(writer.append(file, bytes("two")));
  writer.finish(file, bytes("head"), bytes("tail"));
  writer.wait();
  CHECK(contents(folder / "file") == "headtwotail");
}

TEST_CASE("of files that cannot be written the first is told of, and others are") {
  const Folder folder;
  std::ofstream(folder / "file") << "";
  CaptureWriter writer;
  const auto bad = writer.begin(folder / "file/inside");
  CHECK(writer.append(bad, bytes("x")));
  CHECK(writer.append(bad, bytes("y")));
  writer.finish(bad, {}, {});
  writer.finish(writer.begin(folder / "good"), bytes("z"), {});
  writer.wait();
  REQUIRE(writer.problem());
  CHECK_THAT(writer.problem()->what(),
             Contains("write `" + folder.path + "/file/inside`: its folder cannot be made"));
  CHECK(contents(folder / "good") == "z");
}

TEST_CASE("a key log is added to, and is nobody else's to read") {
  const Folder folder;
  KeyLogFile(folder / "keys").add("CLIENT_RANDOM a b");
  KeyLogFile(folder / "keys").add("CLIENT_RANDOM c d");
  CHECK(contents(folder / "keys") == "CLIENT_RANDOM a b\nCLIENT_RANDOM c d\n");
  const bool secret =
      (fs::status(folder / "keys").permissions() & fs::perms::others_all) == fs::perms::none;
  CHECK(secret);
}

TEST_CASE("a key log that cannot be written is given up, and says why") {
  const Folder folder;
  CHECK_FALSE(KeyLogFile("").problem());
  KeyLogFile nowhere(folder / "no/keys");
  REQUIRE(nowhere.problem());
  CHECK_THAT(nowhere.problem()->what(), Contains("(SSLKEYLOGFILE): No such file or directory"));
  KeyLogFile full("/dev/full");
  CHECK_FALSE(full.problem());
  full.add("CLIENT_RANDOM a b");
  REQUIRE(full.problem());
  CHECK_THAT(full.problem()->what(), Contains("No space left on device"));
  full.add("CLIENT_RANDOM a b");
}
