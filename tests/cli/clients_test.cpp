// What --client means.
#include "cli/clients.h"

#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "cli/command_line.h"

using namespace halfopen;
namespace fs = std::filesystem;

TEST_CASE("a command is named by the program that it runs") {
  struct Named {
    const char* command;
    const char* name;
  };
  for (const Named& each : std::vector<Named>{
           {"node app.js {url}", "node"},
           {"/usr/bin/python3 client.py", "python3"},
           {"cd app && node app.js", "node"},
           {"cd 'my app' && npm start", "npm"},
           {"cd app; ./run.sh", "run.sh"},
           {"PORT=1 DEBUG=* node app.js", "node"},
           {"cd app && exec env A=b ./client --url={url}", "client"},
           {"\"/opt/my client/run\" {url}", "run"},
           {"GREETING='hello world' node app.js", "node"},
           {"(cd app && node app.js)", "node"},
           {"cd", "cd"},
           {"x=1", "x=1"},
       }) {
    INFO(each.command);
    CHECK(cli::find_client(each.command).name == each.name);
  }
}

TEST_CASE("a name alone is the client of that name below clients/, with its variant") {
  CHECK(cli::find_client("reference").given.ends_with("clients/reference/client.toml"));
  CHECK(cli::find_client("reference@no-delay").name == "reference@no-delay");
  CHECK(cli::find_client("no-such-client").name == "no-such-client");
}

TEST_CASE("a command takes the place of the shell that reads it, where it is a single program") {
  const auto line = [](const char* text) { return cli::find_client(text).command.back(); };
  CHECK(line("node app.js {url}") == "exec node app.js {url}");
  CHECK(line("PORT=1 node app.js {url}") == "exec env PORT=1 node app.js {url}");
  CHECK(line("exec node app.js {url}") == "exec node app.js {url}");
  CHECK(line("cd app && node app.js {url}") == "cd app && node app.js {url}");
}

TEST_CASE("what is neither a client nor a program, and nearly a client, is a slip") {
  CHECK_THROWS_WITH(
      cli::find_client("artcle"),
      Catch::Contains("there is neither a client nor a program `artcle`; did you mean "
                      "`article`?"));
  CHECK_THROWS_WITH(cli::find_client("referense@no-delay"), Catch::Contains("`reference`?"));
}

TEST_CASE("a slip in what a command can is said") {
  const scenario::Client client = cli::find_client("node app.js {url}");
  CHECK_THROWS_WITH(cli::with_abilities(client, {"protocol"}),
                    Catch::Contains("unknown ability `protocol`"));
  CHECK(cli::with_abilities(client, {"proxy", "log-out"}).can ==
        std::vector<std::string>{"reconnects", "proxy", "log-out"});
}

TEST_CASE("an expected.toml names scenarios that there are") {
  const std::string folder = "/tmp/halfopen-expected-" + std::to_string(::getpid());
  std::filesystem::create_directories(folder);
  std::ofstream(folder + "/expected.toml")
      << "\"drops/rest\" = { verdict = \"fail\", why = \"a slip\" }\n";
  scenario::Client client;
  client.directory = folder;
  CHECK_THROWS_WITH(cli::find_known_results(client, {"drops/reset", "drops/fin"}),
                    Catch::Contains("expected.toml:1:1: there is no scenario `drops/rest`; did you "
                                    "mean `drops/reset`?"));
  CHECK(cli::find_known_results(client, {"drops/rest"}).size() == 1);
  std::filesystem::remove_all(folder);
}

namespace {

/// A client's folder with an expected.toml beside its client.toml.
class Known {
 public:
  explicit Known(const std::string& text) {
    fs::create_directories(folder_);
    std::ofstream(folder_ / "expected.toml") << text;
    client_.directory = folder_.string();
  }
  Known(const Known&) = delete;
  ~Known() { fs::remove_all(folder_); }

  [[nodiscard]] scenario::KnownResults read() const {
    return cli::find_known_results(client_, {"drops/reset", "close/1000"});
  }

 private:
  fs::path folder_ = fs::temp_directory_path() / ("halfopen-known-" + std::to_string(getpid()));
  scenario::Client client_;
};

}  // namespace

TEST_CASE(
    "expected.toml: what is named there is a scenario, or the place and the remedy are told") {
  const std::string right = "\"drops/reset\" = { verdict = \"fail\", why = \"never retries\" }\n";
  CHECK(Known(right).read().at("drops/reset").why == "never retries");
  const Known wrong(right + "\"drops/rest\" = { verdict = \"fail\", why = \"never retries\" }\n");
  CHECK_THROWS_WITH(wrong.read(),
                    Catch::Contains("expected.toml:2:1: ") &&
                        Catch::Contains("there is no scenario `drops/rest`; did you mean "
                                        "`drops/reset`?"));
  CHECK_THROWS_AS(wrong.read(), cli::Misuse);
}

TEST_CASE("a client without a folder, or without an expected.toml, is expected to pass") {
  CHECK(cli::find_known_results(cli::find_client("node app.js {url}"), {}).empty());
}

namespace {

/// A client whose installation leaves a file, and writes down that it was done.
class Installable {
 public:
  Installable() {
    fs::create_directories(folder_);
    client.name = "mine";
    client.directory = folder_.string();
    client.install = {"sh", "-c", "echo done >> log; touch program"};
  }
  Installable(const Installable&) = delete;
  ~Installable() { fs::remove_all(folder_); }

  [[nodiscard]] std::string log() const {
    std::ifstream file(folder_ / "log");
    return {std::istreambuf_iterator<char>(file), {}};
  }
  void removes(const std::string& file) const { fs::remove(folder_ / file); }

  scenario::Client client;

 private:
  fs::path folder_ = fs::temp_directory_path() / ("halfopen-install-" + std::to_string(getpid()));
};

}  // namespace

TEST_CASE("a client is installed where what `installed` names is not there") {
  Installable mine;
  mine.client.installed = "program";
  REQUIRE(cli::install(mine.client));
  CHECK(mine.log() == "done\n");
  REQUIRE(cli::install(mine.client));
  CHECK(mine.log() == "done\n");
  mine.removes("program");
  REQUIRE(cli::install(mine.client));
  CHECK(mine.log() == "done\ndone\n");
}

TEST_CASE("a client that does not say what `installed` leaves is installed each time") {
  const Installable mine;
  REQUIRE(cli::install(mine.client));
  REQUIRE(cli::install(mine.client));
  CHECK(mine.log() == "done\ndone\n");
}
