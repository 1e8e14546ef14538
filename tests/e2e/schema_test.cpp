// The JSON Schema that editors work by, in the judgement of an outsider: Python's jsonschema.
#include <catch2/catch.hpp>
#include <filesystem>
#include <set>

#include "support/program.h"
#include "support/scratch.h"
#include "support/skip.h"

using namespace halfopen::e2e;

namespace {

using Files = std::set<std::string>;

Files toml_files(const std::string& folder, const std::string& name = "") {
  Files files;
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(source_folder + "/" + folder))
    if (entry.path().extension() == ".toml" && (name.empty() || entry.path().filename() == name))
      files.insert(entry.path().string());
  return files;
}

/// Those of the files that the schema does not take. `options`: of `halfopen schema`.
Files refused(const Files& files, const std::vector<std::string>& options = {}) {
  const Scratch scratch;
  Start schema{.arguments = {"schema"}};
  schema.arguments.insert(schema.arguments.end(), options.begin(), options.end());
  const Ended printed = run_program(schema);
  REQUIRE(printed.code == 0);
  Start asked{.arguments = {source_folder + "/tests/e2e/clients/schema.py",
                            scratch.write("schema.json", printed.out)},
              .program = python};
  asked.arguments.insert(asked.arguments.end(), files.begin(), files.end());
  const Ended answer = run_program(asked);
  INFO(answer.whole());
  REQUIRE(answer.code == 0);
  Files found;
  for (const std::string& file : files) {
    const bool valid = answer.out.find("\nvalid " + file + "\n") != std::string::npos ||
                       answer.out.starts_with("valid " + file + "\n");
    const bool invalid = answer.out.find("invalid " + file + ": ") != std::string::npos;
    REQUIRE(valid != invalid);
    if (invalid) found.insert(file);
  }
  return found;
}

bool can_ask() {
  if (run_program({.arguments = {"-c", "import jsonschema, tomllib"}, .program = python}).code == 0)
    return true;
  halfopen::tests::skip("Python has no jsonschema here");
  return false;
}

}  // namespace

TEST_CASE("an editor's schema takes every shipped scenario and client") {
  if (!can_ask()) return;
  CHECK(refused(toml_files("scenarios")).empty());
  CHECK(refused(toml_files("clients", "client.toml"), {"--client"}).empty());
}

TEST_CASE("an editor's schema refuses what it can see is a mistake") {
  if (!can_ask()) return;
  const std::string folder = "tests/scenario/mistakes";
  const Files found = refused(toml_files(folder));
  for (const char* name : {"at-and-when",
                           "close-and-frame-faults",
                           "dates",
                           "dns",
                           "drop-faults",
                           "frames",
                           "handshakes",
                           "kernel",
                           "link-state",
                           "loss-models",
                           "middlebox",
                           "on",
                           "page",
                           "port-faults",
                           "profile",
                           "protocols",
                           "protocols-empty",
                           "requests-and-auth",
                           "step-values",
                           "step-words",
                           "times",
                           "tls",
                           "units",
                           "unknown-key",
                           "unknown-table",
                           "waive",
                           "wrong-types"}) {
    CAPTURE(name);
    CHECK(found.count(source_folder + "/" + folder + "/" + name + ".toml") == 1);
  }
  CHECK(refused(toml_files("scenarios"), {"--client"}).size() == toml_files("scenarios").size());
}
