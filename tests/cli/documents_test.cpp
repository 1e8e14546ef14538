// Manual pages and completions are made of what the command line says of itself.
#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>

#include "cli/commands.h"
#include "cli/completion.h"
#include "cli/manual.h"
#include "support/places.h"

using namespace halfopen;
using namespace halfopen::cli;
using Catch::Matchers::Contains;

namespace {

/// A command line with one option of each kind.
struct Example {
  CommandLine line{"halfopen: an example - 'quoted'"};
  std::vector<std::string> scenarios;
  std::vector<std::string> clients;
  std::string link = "auto";
  std::string file;
  std::string folder;
  int number = 0;
  bool flag = false;

  Example() {
    Command play = line.add("play", "plays [it]: isn't that fine");
    play.add_option("scenarios", scenarios, "Which ones").takes(value::scenario);
    play.add_option("-c,--client", clients, ".starts with a dot")
        .one_a_time()
        .takes(value::client)
        .required();
    play.add_option("--link", link, "the link").one_of({"packet", "stream"}).shows_default();
    play.add_option("--out", file, "a \\ in it").takes(value::file);
    play.add_option("--dir", folder, "A folder").takes(value::folder);
    play.add_option("-j", number, "How many").between(0, 9);
    play.add_flag("--fast", flag, "Faster");
    line.add_hidden("secret", "Not for users");
  }
};

const OptionDescription& option(const CommandDescription& command, const std::string& name) {
  const auto found = std::ranges::find_if(command.options, [&](const OptionDescription& one) {
    return std::ranges::find(one.names, name) != one.names.end();
  });
  REQUIRE(found != command.options.end());
  return *found;
}

bool has_line(const std::string& text, const std::string& line) {
  return text.find("\n" + line + "\n") != std::string::npos;
}

}  // namespace

TEST_CASE("documents: the command line describes itself") {
  const Example example;
  const CommandDescription program = example.line.describe();
  CHECK(program.name == "halfopen");
  REQUIRE(program.commands.size() == 1);  // without the hidden one
  const CommandDescription& play = program.commands[0];
  CHECK(option(play, "scenarios").argument);
  CHECK(option(play, "scenarios").repeats);
  CHECK(option(play, "--client").names == std::vector<std::string>{"-c", "--client"});
  CHECK(option(play, "--client").value == "CLIENT");
  CHECK(option(play, "--client").required);
  CHECK(option(play, "--link").words == std::vector<std::string>{"packet", "stream"});
  CHECK(option(play, "--link").otherwise == "auto");
  CHECK(option(play, "-j").limits == "INT in [0 - 9]");
  CHECK(option(play, "--fast").value.empty());
}

TEST_CASE("documents: a manual page for the program and each command") {
  const Example example;
  const auto pages = manual(example.line.describe(), "2026-11-28");
  REQUIRE(pages.size() == 2);
  CHECK(pages[0].name == "halfopen");
  CHECK(pages[1].name == "halfopen-play");
  CHECK(pages[0].text.starts_with(".TH HALFOPEN 1 \"2026-11-28\" \"halfopen " HALFOPEN_VERSION
                                  "\" \"halfopen\"\n.SH NAME\nhalfopen \\- an example \\- "));
  CHECK(has_line(pages[0].text, "\\fBhalfopen\\-play\\fR(1)"));
  CHECK_THAT(pages[0].text, !Contains("secret"));
  const std::string& page = pages[1].text;
  CHECK(has_line(page,
                 "\\fBhalfopen play\\fR [\\fIoptions\\fR] [\\fIscenarios\\fR ...] "
                 "\\fB\\-c\\fR, \\fB\\-\\-client\\fR \\fICLIENT\\fR ..."));
  CHECK(has_line(page, "\\&.starts with a dot."));  // else roff would take it for a macro
  CHECK(has_line(page, "A \\e in it."));
  CHECK(has_line(page, "One of packet, stream."));
  CHECK(has_line(page, "Without it: auto."));
}

TEST_CASE("documents: the manual has the exit codes of docs/RUNS.md") {
  const Example example;
  const std::string page = manual(example.line.describe(), "2026-11-28")[0].text;
  std::ifstream file(tests::in_tree("docs/RUNS.md"));
  int codes = 0;
  for (std::string line; std::getline(file, line);) {
    if (line.size() < 5 || !line.starts_with("| ") || line[2] < '0' || line[2] > '9') continue;
    if (line.substr(3, 2) != " |") continue;
    ++codes;
    CHECK(has_line(page, std::string(1, line[2])));
  }
  CHECK(codes == 6);
}

TEST_CASE("documents: what bash completes") {
  const Example example;
  const std::string text = bash_completion(example.line.describe());
  CHECK(has_line(text, "        -c | --client) _halfopen_value clients; return ;;"));
  CHECK(has_line(text, "        --link) _halfopen_value words packet stream; return ;;"));
  CHECK(has_line(text, "        --out) _halfopen_value files; return ;;"));
  CHECK(has_line(text, "        -j) _halfopen_value nothing; return ;;"));
  CHECK(has_line(text, "      arguments=(scenarios)"));
  CHECK_THAT(text, !Contains("--fast) _halfopen") && !Contains("secret"));
}

TEST_CASE("documents: what zsh completes") {
  const Example example;
  const std::string text = zsh_completion(example.line.describe());
  CHECK(has_line(text, "    'play:plays \\[it\\]\\: isn'\\''t that fine'"));
  CHECK_THAT(text, Contains("'*--client=[.starts with a dot]:CLIENT:_halfopen_clients'"));
  CHECK_THAT(text, Contains("'(--link)--link=[the link]:TEXT:(packet stream)'"));
  CHECK_THAT(text, Contains("'(--fast)--fast[Faster]'"));
  CHECK_THAT(text, Contains("'*:scenarios:_halfopen_scenarios'"));
}

TEST_CASE("documents: what fish completes") {
  const Example example;
  const std::string text = fish_completion(example.line.describe());
  CHECK(has_line(text,
                 "complete -c halfopen -n __fish_use_subcommand -a play -d 'plays [it]: "
                 "isn\\'t that fine'"));
  CHECK(has_line(text,
                 "complete -c halfopen -n '__fish_seen_subcommand_from play' -s c -l client -r -F "
                 "-a '(__halfopen_names clients)' -d '.starts with a dot'"));
  CHECK(has_line(text,
                 "complete -c halfopen -n '__fish_seen_subcommand_from play' -F -a "
                 "'(__halfopen_names scenarios)'"));
  CHECK(has_line(text,
                 "complete -c halfopen -n '__fish_seen_subcommand_from play' -l out -r -F "
                 "-d 'a \\\\ in it'"));
}
