// README.md and docs/*.md do what they say: each of their commands is carried out, and every
// relative link in any page leads to something.
//
// A command is a line that begins with `halfopen `, indented by four blanks or in a fenced block.
// Comments in front of a block say more about it:
//   <!-- file: NAME -->      the block is that file, and is written before what follows
//   <!-- exit: CODE -->      its commands end with that exit code instead of 0
//   <!-- not run: WHY -->    its commands are not carried out
// All pages but the tutorial find the files that the tutorial leaves behind.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cctype>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <set>
#include <sstream>

#include "support/machine.h"
#include "support/program.h"
#include "support/scratch.h"
#include "support/skip.h"

using namespace halfopen;
using namespace halfopen::e2e;

namespace fs = std::filesystem;

namespace {

const std::string tutorial = source_folder + "/docs/TUTORIAL.md";

/// One thing that a page has its reader do.
struct Deed {
  int line = 0;
  std::string file;     ///< The file to write, or "": a command.
  std::string text;     ///< What is in the file, or the command.
  int exit = 0;         ///< With which code the command ends.
  std::string not_run;  ///< Why it is not carried out; "": it is.
};

struct Page {
  std::vector<Deed> deeds;
  std::vector<std::string> spans;  ///< The commands within its sentences and tables.
  std::vector<std::string> links;
  std::set<std::string> anchors;  ///< Of its headings, as GitHub makes them.
};

std::vector<std::string> lines_of(const std::string& file) {
  std::ifstream in(file);
  REQUIRE(in);
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

/// "exit: 1" of "<!-- exit: 1 -->".
std::optional<std::string> remark_in(const std::string& line) {
  const std::string open = "<!-- ";
  const std::string close = " -->";
  if (!line.starts_with(open) || !line.ends_with(close)) return std::nullopt;
  return line.substr(open.size(), line.size() - open.size() - close.size());
}

std::optional<std::string> value_of(const std::string& remark, const std::string& key) {
  if (!remark.starts_with(key + ": ")) return std::nullopt;
  return remark.substr(key.size() + 2);
}

std::string anchor_of(const std::string& heading) {
  std::string anchor;
  for (const char c : heading.substr(heading.find_first_not_of("# "))) {
    if (c == ' ') anchor += '-';
    if (std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_')
      anchor += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return anchor;
}

/// Reads a page line by line.
class Reader {
 public:
  void read(const std::string& line) {
    ++number_;
    if (line.starts_with("```"))
      fence();
    else if (fenced_)
      in_fence(line);
    else
      outside(line);
  }

  Page page;

 private:
  void fence() {
    fenced_ = !fenced_;
    if (!fenced_) forget();
    if (!fenced_ || !next_.file.empty()) sentence_.clear();
    if (fenced_ && !next_.file.empty()) {
      page.deeds.push_back(next_);
      page.deeds.back().line = number_;
    }
  }

  void in_fence(const std::string& line) {
    if (next_.file.empty())
      command(line);
    else
      page.deeds.back().text += line + "\n";
  }

  void outside(const std::string& line) {
    if (const auto remark = remark_in(line)) return heed(*remark);
    if (line.starts_with("    ")) {
      indented_ = true;
      return command(line.substr(4));
    }
    if (line.empty()) {
      if (indented_) forget();
      return sentence_.clear();
    }
    if (line.starts_with("#")) page.anchors.insert(anchor_of(line));
    prose(line);
  }

  void heed(const std::string& remark) {
    if (const auto file = value_of(remark, "file")) next_.file = *file;
    if (const auto code = value_of(remark, "exit")) next_.exit = std::stoi(*code);
    if (const auto why = value_of(remark, "not run")) next_.not_run = *why;
  }

  void forget() {
    next_ = Deed{};
    indented_ = false;
  }

  void command(const std::string& line) {
    if (!line.starts_with("halfopen ")) return;
    page.deeds.push_back(next_);
    page.deeds.back().line = number_;
    page.deeds.back().text = line;
  }

  /// Splits off what stands between backquotes, which may go on in the next line, and finds the
  /// links in the rest.
  void prose(const std::string& line) {
    const bool table = line.starts_with("|");
    if (table) sentence_.clear();
    sentence_ += line + " ";
    std::string rest;
    std::size_t at = 0;
    while (true) {
      const std::size_t open = sentence_.find('`', at);
      const std::size_t close =
          open == std::string::npos ? std::string::npos : sentence_.find('`', open + 1);
      rest += sentence_.substr(at, open == std::string::npos ? open : open - at);
      if (close == std::string::npos) {
        find_links(rest);
        sentence_ = open == std::string::npos ? "" : sentence_.substr(open);
        return;
      }
      const std::string span = sentence_.substr(open + 1, close - open - 1);
      if (span.starts_with("halfopen ")) page.spans.push_back(span);
      at = close + 1;
    }
  }

  void find_links(const std::string& text) {
    for (std::size_t at = text.find("]("); at != std::string::npos; at = text.find("](", at + 1)) {
      const std::size_t end = text.find(')', at);
      if (end != std::string::npos) page.links.push_back(text.substr(at + 2, end - at - 2));
    }
  }

  int number_ = 0;
  bool fenced_ = false;
  bool indented_ = false;
  Deed next_;
  std::string sentence_;
};

Page read_page(const std::string& file) {
  Reader reader;
  for (const std::string& line : lines_of(file)) reader.read(line);
  return std::move(reader.page);
}

std::vector<std::string> documents() {
  std::vector<std::string> files;
  for (const auto& entry : fs::directory_iterator(source_folder + "/docs"))
    if (entry.path().extension() == ".md") files.push_back(entry.path().string());
  std::sort(files.begin(), files.end());
  files.push_back(source_folder + "/README.md");
  return files;
}

/// A folder in which a reader follows the pages: halfopen is on the path, and npm has installed ws.
class Desk {
 public:
  Desk() {
    fs::create_directory(scratch_.path("bin"));
    fs::create_symlink(program_file, scratch_.path("bin/halfopen"));
    fs::create_directory_symlink(source_folder + "/clients/node_modules",
                                 scratch_.path("node_modules"));
  }

  void write_files(const Page& page) {
    for (const Deed& deed : page.deeds)
      if (!deed.file.empty()) scratch_.write(deed.file, deed.text);
  }

  void follow(const std::string& name, const Page& page) {
    for (const Deed& deed : page.deeds) {
      INFO(name << ":" << deed.line << ": " << deed.text);
      if (!deed.file.empty())
        scratch_.write(deed.file, deed.text);
      else if (deed.not_run.empty())
        carry_out(deed);
    }
  }

 private:
  void carry_out(const Deed& deed) {
    const char* path = std::getenv("PATH");
    const Ended ended = run_program(
        {.arguments = {"-c", deed.text},
         .directory = scratch_.path(),
         .environment = {{"PATH", scratch_.path("bin") + ":" + (path == nullptr ? "" : path)}},
         .program = "/bin/sh"});
    INFO(ended.whole());
    CHECK(ended.code == deed.exit);
  }

  Scratch scratch_;
};

bool can_follow() {
  if (!has_packet_link()) return false;
  if (fs::exists(source_folder + "/clients/node_modules/ws")) return true;
  tests::skip("npm has not installed the clients' libraries here");
  return false;
}

/// The options that a subcommand has, as its help tells.
const std::string& help_of(const std::string& subcommand) {
  static std::map<std::string, std::string> known;
  const auto [at, is_new] = known.try_emplace(subcommand);
  if (is_new) {
    const Ended ended = run_halfopen({subcommand, "--help"});
    INFO("halfopen " << subcommand << " --help");
    CHECK(ended.out.find("Usage: halfopen " + subcommand) != std::string::npos);
    at->second = ended.out;
  }
  return at->second;
}

/// Holds a command that is not carried out to subcommands and options that there are.
void check_words(const std::string& command) {
  INFO(command);
  std::istringstream words(command);
  std::string word;
  std::string subcommand;
  words >> word >> subcommand;
  const std::string& help = help_of(subcommand);
  while (words >> word) {
    if (!word.starts_with("--")) continue;
    word.resize(word.find_first_of("=,;:.", 2) == std::string::npos
                    ? word.size()
                    : word.find_first_of("=,;:.", 2));
    INFO(word);
    CHECK(help.find(word) != std::string::npos);
  }
}

/// Every page of the project, none that was installed or built.
std::vector<std::string> all_pages() {
  std::vector<std::string> pages;
  for (auto at = fs::recursive_directory_iterator(source_folder);
       at != fs::recursive_directory_iterator(); ++at) {
    const std::string name = at->path().filename().string();
    if (at->is_directory() && (name.starts_with(".") || name == "build" || name == "node_modules"))
      at.disable_recursion_pending();
    else if (at->path().extension() == ".md")
      pages.push_back(at->path().string());
  }
  return pages;
}

void check_link(const std::string& page, const std::string& link) {
  INFO(page << " links to " << link);
  const std::size_t hash = std::min(link.find('#'), link.size());
  const fs::path target =
      hash == 0 ? fs::path(page) : fs::path(page).parent_path() / link.substr(0, hash);
  CHECK(fs::exists(target));
  if (hash == link.size() || target.extension() != ".md" || !fs::exists(target)) return;
  CHECK(read_page(target.string()).anchors.contains(link.substr(hash + 1)));
}

}  // namespace

TEST_CASE("the tutorial does what it says, from an empty folder to a scenario that passes") {
  if (!can_follow()) return;
  Desk desk;
  desk.follow("docs/TUTORIAL.md", read_page(tutorial));
}

TEST_CASE("every command of README.md and docs/ does what its page says") {
  if (!can_follow()) return;
  const Page learnt = read_page(tutorial);
  for (const std::string& file : documents()) {
    if (file == tutorial) continue;
    Desk desk;
    desk.write_files(learnt);
    desk.follow(fs::relative(file, source_folder).string(), read_page(file));
  }
}

TEST_CASE("most commands of README.md and docs/ are carried out, and the others exist") {
  std::size_t run = 0;
  std::size_t not_run = 0;
  for (const std::string& file : documents()) {
    const Page page = read_page(file);
    for (const std::string& span : page.spans) check_words(span);
    for (const Deed& deed : page.deeds) {
      if (!deed.file.empty()) continue;
      check_words(deed.text);
      ++(deed.not_run.empty() ? run : not_run);
    }
  }
  CAPTURE(run, not_run);
  CHECK(run >= 35);
  CHECK(not_run * 8 <= run);
}

TEST_CASE("every link of a page leads to something") {
  std::size_t links = 0;
  for (const std::string& page : all_pages()) {
    for (const std::string& link : read_page(page).links) {
      if (link.find("://") != std::string::npos || link.starts_with("mailto:")) continue;
      ++links;
      check_link(page, link);
    }
  }
  CHECK(links >= 50);
}
