// What a client.toml says of its client, and halfopen goes by.
#include <catch2/catch.hpp>

#include "support/program.h"
#include "support/scratch.h"

using namespace halfopen::e2e;
using Catch::Matchers::Contains;

namespace {

/// The client runs to its end, and that well.
std::string exits_well(const std::string& more) {
  return "about = \"A test.\"\n[expect]\nattempts = 0\nclient = { exit = 0" + more +
         " }\nwithin = \"20s\"\n";
}

std::string client_toml(const std::string& command, const std::string& more) {
  return "name = \"mine\"\nabout = \"A test.\"\ncommand = " + command + "\n" + more;
}

}  // namespace

TEST_CASE("weight: clients that take all the room there is run one after the other") {
  const Scratch scratch;
  scratch.write("a.toml", exits_well(""));
  scratch.write("b.toml", exits_well(""));
  // Whoever finds the folder there is not alone.
  const std::string alone =
      "mkdir " + scratch.path("room") + " || exit 9; sleep 0.5; rmdir " + scratch.path("room");
  scratch.write("client.toml", client_toml("[\"sh\", \"-c\", \"" + alone + "\"]", "weight = 3\n"));
  const Ended ended =
      run_halfopen({"run", scratch.path("a.toml"), scratch.path("b.toml"), "--client",
                    scratch.path("client.toml"), "--link", "stream", "--jobs", "3"});
  INFO(ended.whole());
  CHECK(ended.code == 0);
  CHECK_THAT(ended.out, Contains("2 runs: 2 pass\n"));
}

TEST_CASE("a client finds its page in its command and in its environment") {
  const Scratch scratch;
  const std::string place = GENERATE("sys.argv[1]", "os.environ['HALFOPEN_PAGE']");
  const std::string fetches =
      "import os, sys, urllib.request as r; print(r.urlopen(" + place + ").read().decode())";
  scratch.write("client.toml",
                client_toml("[\"" + python + "\", \"-c\", \"" + fetches + "\", \"{page}\"]",
                            "can = [\"page\"]\n"));
  const std::string scenario =
      scratch.write("story.toml", exits_well(", output = \"^the page of ws://.*/\"") +
                                      "[page]\nhtml = \"the page of {url}\\n\"\n");
  const Ended ended = run_halfopen({"run", scenario, "--client", scratch.path("client.toml")});
  INFO(ended.whole());
  CHECK(ended.code == 0);
  CHECK_THAT(ended.out, Contains("✓ pass"));
}

TEST_CASE("a page of the scenario's reports what it prints, and nobody has promised that it does") {
  const Scratch scratch;
  // What a browser prints beside the page, before or after it.
  const std::string prints = GENERATE("", "print(json.dumps({'event': 'open'}), flush=True); ");
  const std::string browses =
      "import json, os, time, urllib.request as r; r.urlopen(os.environ['HALFOPEN_PAGE']).read(); "
      "print(json.dumps({'event': 'network'}), flush=True); " +
      prints + "time.sleep(0.5)";
  scratch.write("client.toml", client_toml("[\"" + python + "\", \"-c\", \"" + browses + "\"]",
                                           "can = [\"page\", \"reports\"]\n"));
  const std::string scenario =
      scratch.write("story.toml", exits_well(", open = { count = 1 }") +
                                      "[page]\nhtml = \"<script>…</script>\"\n");
  const Ended ended = run_halfopen({"run", scenario, "--client", scratch.path("client.toml")});
  INFO(ended.whole());
  CHECK(ended.code == 0);
  const std::string unseen = "not judged  client.open";
  CHECK((ended.out.find(unseen) != std::string::npos) == prints.empty());
}
