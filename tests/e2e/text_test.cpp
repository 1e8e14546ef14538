// Text from others never reaches a terminal as anything but text, whichever command prints it.
#include <catch2/catch.hpp>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "support/program.h"
#include "support/scratch.h"

using namespace halfopen::e2e;

namespace {

/// What a terminal obeys, what turns the order of characters, what separates lines; each between
/// letters that show where it was.
const std::vector<std::string> hostile{
    "\x1b[2J",              // ECMA-48: clear the screen
    "\x07",                 // bell
    "\r",                   // back to the line's start
    "\x7f",                 // DEL
    "\u009b2J",             // C1: the same as ESC [
    "\u009d0;title\u009c",  // C1: operating system command
    "\u0085",               // C1: next line
    "\u202e",
    "\u202a",  // bidirectional overrides and embeddings
    "\u2066",
    "\u2069",  // bidirectional isolates
    "\u200e",
    "\u200f",
    "\u061c",  // bidirectional marks
    "\u2028",
    "\u2029",  // line and paragraph separators
    "\ufeff",  // nothing to be seen
};

std::string all_of_it() {
  std::string text = "a";
  for (const std::string& one : hostile) text += one + "z";
  return text;
}

/// For a TOML string: RFC 8259 escapes where TOML wants them.
std::string in_toml(const std::string& text) {
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7f)
      out += std::string("\\u00") + "0123456789abcdef"[byte >> 4U] + "0123456789abcdef"[byte & 15U];
    else
      out += c;
  }
  return out;
}

/// Its first character is what does the harm.
std::string first_character(const std::string& text) {
  const auto lead = static_cast<unsigned char>(text[0]);
  return text.substr(0, lead < 0x80 ? 1 : lead < 0xe0 ? 2 : 3);
}

/// "" or what came out as it went in, and where.
std::string leaks(const Ended& ended) {
  for (const std::string& text : {ended.out, ended.err})
    for (const std::string& one : hostile)
      if (const std::size_t at = text.find(first_character(one)); at != std::string::npos)
        return "leaks near: " + text.substr(at < 60 ? 0 : at - 60, 80);
  return "";
}

/// A folder of scenarios, clients and files with mistakes, all of them named and described so.
class Furnished {
 public:
  Furnished() {
    const std::string text = in_toml(all_of_it());
    const std::string name = all_of_it();
    const std::string scenario = "about = \"" + text + "\"\ntags = [\"" + text +
                                 "\"]\n[[attempt]]\nsteps = [{ expect = \"" + text +
                                 "\", within = \"300ms\" }]\n"
                                 "[expect]\nattempts = 1\nsettle = \"100ms\"\nwithin = \"10s\"\n";
    scratch_.write("scenarios/" + name + ".toml", scenario);
    scratch_.write("scenarios/other.toml", scenario);
    scratch_.write("bad/" + name + ".toml", "about = \"x\" # " + name + "\n" + name + " = 1\n");
    scratch_.write("bad/other.toml", "about = \"x\"\n\"" + text + "\" = 1\n");
    scratch_.write("client/client.toml", client(text));
    scratch_.write("bad-client/client.toml", client(text) + "\"" + text + "\" = 1\n");
    scratch_.write("client/expected.toml",
                   "\"other\" = { verdict = \"pass\", why = \"" + text + "\" }\n");
  }

  [[nodiscard]] Ended run(std::vector<std::string> arguments) const {
    Start start;
    start.directory = scratch_.path();
    start.arguments = std::move(arguments);
    return run_program(start);
  }
  [[nodiscard]] std::vector<std::string> traces() const {
    std::vector<std::string> files;
    for (const auto& entry : std::filesystem::directory_iterator(scratch_.path("traces")))
      files.push_back(entry.path());
    return files;
  }

 private:
  static std::string client(const std::string& text) {
    return "name = \"" + text + "\"\nabout = \"" + text + "\"\ncommand = [\"" + python + "\", \"" +
           source_folder + "/tests/e2e/clients/chatter.py\", \"{url}\", \"" + text +
           "\"]\n[variants]\n\"v\" = { about = \"" + text + "\", arguments = [\"" + text +
           "\"] }\n";
  }
  Scratch scratch_;
};

}  // namespace

TEST_CASE("hostile text is only text, in every command that prints") {
  const Furnished folder;
  const std::string name = all_of_it();
  const std::vector<std::vector<std::string>> commands{
      {"run", "other", "--client", "client", "--link", "stream", "--trace-dir", "traces"},
      {"run", "--client", "client", "--client", "client@v", "--link", "stream", "--verbose"},
      {"run", "--client", "client", "--link", "stream", "--expected"},
      {"run", name, "--client", "client", "--link", "stream", "--quiet"},
      {"run", "other", "--client", "bad-client"},
      {"run", "other", "--client", "client@" + name},
      {"run", "other", "--client", name + "/x"},
      {"run", name + "x", "--client", "client"},
      {"run", "bad", "--client", "client"},
      {"mutants", "--client", "client", "--only", "v", "--link", "stream"},
      {"list"},
      {"list", "bad"},
      {"explain", "scenarios"},
      {"explain", "bad"},
      {"check", "scenarios", "bad", "bad-client", "client"},
      {"check", name},
      {"faults", "--page"},
      {"faults", name},
      {"judge", name},
      {"why", name},
      {"run", "other", "--client", "client", "--link", "stream", "--list"},
      {"run", "other", "--client", "client", "--filter", name},
      {"run", "other", "--client", "client", "--filter", "other or " + name, "--list"},
      {"run", "other", "--client", "client", "--tag", name + name},
      {name},
      {"run", "--" + name},
  };
  for (const std::vector<std::string>& command : commands) {
    const Ended ended = folder.run(command);
    INFO(ended.whole());
    CHECK(leaks(ended) == "");
    CHECK(ended.signal == 0);
    CHECK(ended.code != 5);
    CHECK(!(ended.out + ended.err).empty());
  }
  std::vector<std::string> judge{"judge"};
  for (const std::string& trace : folder.traces()) judge.push_back(trace);
  REQUIRE(judge.size() > 1);
  CHECK(leaks(folder.run(judge)) == "");
  for (const std::string& trace : folder.traces()) CHECK(leaks(folder.run({"why", trace})) == "");
  CHECK(leaks(folder.run({"why", "traces"})) == "");
  judge.emplace_back("--json");
  const Ended as_json = folder.run(judge);
  CHECK(leaks(as_json) == "");
  CHECK(nlohmann::json::accept(as_json.out));
}
