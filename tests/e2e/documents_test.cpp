// The built manual pages and completions, before those who read them.
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <sstream>

#include "support/places.h"
#include "support/program.h"
#include "support/scratch.h"
#include "support/skip.h"

using namespace halfopen;
using namespace halfopen::e2e;
using Catch::Matchers::Contains;

namespace {

const std::string share = tests::in_build("share");
const std::string bash_file = share + "/bash-completion/completions/halfopen";
const std::string zsh_file = share + "/zsh/site-functions/_halfopen";
const std::string fish_file = share + "/fish/vendor_completions.d/halfopen.fish";

/// Skips (support/skip.h) where there is no such program.
bool is_there(const std::string& program) {
  Start start;
  start.program = "/bin/sh";
  start.arguments = {"-c", "command -v " + program};
  if (run_program(start).code == 0) return true;
  tests::skip("there is no " + program + " here");
  return false;
}

Ended run_with(const std::string& program, std::vector<std::string> arguments) {
  Start start;
  start.program = program;
  start.arguments = std::move(arguments);
  const char* path = std::getenv("PATH");
  start.environment = {{"PATH", tests::in_build() + ":" + (path == nullptr ? "" : path)}};
  return run_program(start);
}

/// What bash makes of these words, the last of which is being typed; a line each.
std::string in_bash(const std::vector<std::string>& words) {
  std::vector<std::string> arguments{
      "-c",
      "source " + bash_file +
          "; COMP_WORDS=(\"$@\"); COMP_CWORD=$(($# - 1)); _halfopen \"$1\" \"${@: -1}\"; "
          "printf '%s\\n' \"${COMPREPLY[@]}\"",
      "bash", program_file};
  arguments.insert(arguments.end(), words.begin(), words.end());
  const Ended ended = run_with("bash", arguments);
  CHECK(ended.err.empty());
  return ended.out;
}

/// What fish completes after that text.
std::string in_fish(const std::string& text) {
  const Ended ended = run_with(
      "fish", {"--no-config", "-c", "source " + fish_file + "; complete -C '" + text + "'"});
  CHECK(ended.err.empty());
  return ended.out;
}

bool has_line(const std::string& text, const std::string& line) {
  std::istringstream lines(text);
  for (std::string one; std::getline(lines, one);)
    if (one == line) return true;
  return false;
}

}  // namespace

TEST_CASE("mandoc finds nothing wrong with the manual pages") {
  if (!is_there("mandoc")) return;
  int pages = 0;
  for (const auto& page : std::filesystem::directory_iterator(share + "/man/man1")) {
    ++pages;
    const Ended ended = run_with("mandoc", {"-T", "lint", "-W", "warning", page.path().string()});
    INFO(page.path() << "\n" << ended.whole());
    CHECK(ended.code == 0);
    CHECK(ended.out.empty());
  }
  CHECK(pages > 5);
}

TEST_CASE("a manual page reads as it should") {
  if (!is_there("mandoc")) return;
  const Ended ended = run_with("mandoc", {"-T", "ascii", share + "/man/man1/halfopen-run.1"});
  CHECK(ended.code == 0);
  // Bold letters are struck twice.
  std::string text;
  for (const char c : ended.out)
    if (c == '\b')
      text.pop_back();
    else
      text += c;
  CHECK_THAT(text, Contains("halfopen run [options] [scenarios ...]"));
  CHECK_THAT(text, Contains("--trace-dir FOLDER"));
}

TEST_CASE("bash completes commands, options and their words") {
  CHECK(run_with("bash", {"-n", bash_file}).code == 0);
  CHECK(in_bash({"ru"}) == "run\n");
  CHECK(in_bash({"run", "--lin"}) == "--link\n");
  CHECK(in_bash({"run", "--link", ""}) == "packet\nstream\nauto\n");
  CHECK(in_bash({"run", "--link", "=", "st"}) == "stream\n");
}

TEST_CASE("bash completes names of scenarios, clients, variants and faults") {
  CHECK(has_line(in_bash({"run", "drops/res"}), "drops/reset"));
  CHECK(has_line(in_bash({"explain", "drops/half"}), "drops/half-open"));
  CHECK(in_bash({"run", "-c", "artic"}) == "article\n");
  CHECK(has_line(in_bash({"run", "-c", "reference", "@", "no-de"}), "no-delay"));
  CHECK(has_line(in_bash({"run", "--client", "=", "reference", "@", "no-de"}), "no-delay"));
  CHECK(has_line(in_bash({"faults", "wrong-up"}), "wrong-upgrade"));
  CHECK(has_line(in_bash({"run", "harn"}), "harness"));
}

TEST_CASE("bash takes no file's name for a command") {
  const Scratch scratch;
  scratch.write("scenarios/$(touch struck).toml", "");
  Start start;
  start.program = "bash";
  start.directory = scratch.path();
  start.arguments = {"-c", "source " + bash_file +
                               "; COMP_WORDS=(halfopen run ''); COMP_CWORD=2; _halfopen " +
                               program_file + "; printf '%s\\n' \"${COMPREPLY[@]}\""};
  const Ended ended = run_program(start);
  INFO(ended.whole());
  CHECK(has_line(ended.out, "$(touch struck)"));
  CHECK_FALSE(std::filesystem::exists(scratch.path("struck")));
}

TEST_CASE("zsh completes a scenario's name as it is typed") {
  if (!is_there("zsh")) return;
  CHECK(run_with("zsh", {"-n", zsh_file}).code == 0);
  const Scratch scratch;
  // zsh completes at a terminal only: one that it makes itself (zshmodules(1), zpty).
  const std::string typing =
      "zmodload zsh/zpty; zpty -b shell 'zsh -f -i'; "
      "zpty -w shell 'PS1=; fpath=(" +
      share +
      "/zsh/site-functions $fpath); "
      "autoload -U compinit; compinit -u -d " +
      scratch.path("dump") +
      "; echo READY'; "
      "zpty -r shell seen '*READY*READY*'; "
      "zpty -wn shell $'halfopen run drops/half\\t'; "
      "zpty -r shell seen '*half-open*'; print -r -- $seen";
  const Ended ended = run_with("zsh", {"-f", "-c", typing});
  INFO(ended.whole());
  CHECK_THAT(ended.out, Contains("drops/half-open"));
}

TEST_CASE("fish completes commands, options, words and names") {
  if (!is_there("fish")) return;
  CHECK(run_with("fish", {"--no-execute", fish_file}).code == 0);
  CHECK_THAT(in_fish("halfopen ru"), Catch::StartsWith("run\t"));
  CHECK_THAT(in_fish("halfopen run --link "), Contains("packet\t") && Contains("stream\t"));
  CHECK_THAT(in_fish("halfopen run -c artic"), Contains("article"));
  CHECK(has_line(in_fish("halfopen run drops/res"), "drops/reset"));
}
