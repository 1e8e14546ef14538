// What --client means.
#include "cli/clients.h"

#include <catch2/catch.hpp>

using namespace halfopen;

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
