// The files for CI systems in harness/ci, carried out as they are written.
#include <catch2/catch.hpp>
#include <filesystem>
#include <sstream>

#include "support/machine.h"
#include "support/program.h"
#include "support/scratch.h"
#include "support/skip.h"

using namespace halfopen;
using namespace halfopen::e2e;
using Catch::Matchers::Contains;

namespace {

using Environment = std::vector<std::pair<std::string, std::string>>;

const std::string reference = source_folder + "/clients/reference";

/// A project with one scenario and, in its `bin`, halfopen.
void fill(const Scratch& scratch) {
  scratch.write("scenarios/one.toml", quick_scenario);
  scratch.write("scenarios/two.toml", quick_scenario);
  std::filesystem::create_directory(scratch.path("bin"));
  std::filesystem::create_symlink(program_file, scratch.path("bin/halfopen"));
}

Ended run_in(const Scratch& scratch, const std::string& program,
             const std::vector<std::string>& arguments, Environment environment) {
  const char* path = std::getenv("PATH");
  environment.emplace_back("PATH", scratch.path("bin") + ":" + (path == nullptr ? "" : path));
  environment.emplace_back("SCENARIOS", "scenarios");
  environment.emplace_back("CLIENT", reference);
  Start start;
  start.program = program;
  start.arguments = arguments;
  start.directory = scratch.path();
  start.environment = std::move(environment);
  return run_program(start);
}

/// The commands of a job in a YAML file: `path` leads to a list of them.
std::vector<std::string> commands_of(const std::string& file, const std::string& path) {
  const Ended ended = run_program(
      {.arguments = {"-c",
                     "import sys, yaml\n"
                     "node = yaml.safe_load(open(sys.argv[1]))\n"
                     "for key in sys.argv[2].split('.'): node = node[key]\n"
                     "for step in node:\n"
                     "    line = step if isinstance(step, str) else step.get('run', '')\n"
                     "    if line.startswith('halfopen'): print(line)\n",
                     source_folder + "/harness/ci/" + file, path},
       .program = python});
  INFO(ended.whole());
  REQUIRE(ended.code == 0);
  std::vector<std::string> commands;
  std::istringstream lines(ended.out);
  for (std::string line; std::getline(lines, line);) commands.push_back(line);
  REQUIRE(commands.size() == 1);
  return commands;
}

std::string with(std::string text, const std::string& what, const std::string& instead) {
  const std::size_t at = text.find(what);
  REQUIRE(at != std::string::npos);
  return text.replace(at, what.size(), instead);
}

bool has_yaml() {
  if (run_program({.arguments = {"-c", "import yaml"}, .program = python}).code == 0) return true;
  tests::skip("Python has no yaml here");
  return false;
}

}  // namespace

TEST_CASE("Slurm's array: each task runs its part, and merge finds the whole") {
  const Scratch scratch;
  fill(scratch);
  for (const char* task : {"1", "2"}) {
    const Ended ended =
        run_in(scratch, source_folder + "/harness/ci/slurm.sh", {"scenarios", reference},
               {{"SLURM_ARRAY_TASK_ID", task},
                {"SLURM_ARRAY_TASK_MIN", "1"},
                {"SLURM_ARRAY_TASK_COUNT", "2"}});
    INFO(ended.whole());
    CHECK(ended.code == 0);
  }
  const Ended merged =
      run_in(scratch, "halfopen", {"merge", "traces", "--html", "report.html"}, {});
  INFO(merged.whole());
  CHECK(merged.code == 0);
  CHECK_THAT(merged.out, Contains("2 runs: 2 pass"));
}

TEST_CASE("Bazel's test: each shard runs its part and leaves its results where Bazel wants them") {
  const Scratch scratch;
  fill(scratch);
  std::filesystem::create_directory(scratch.path("outputs"));
  const Ended ended =
      run_in(scratch, source_folder + "/harness/ci/bazel.sh", {"scenarios", reference},
             {{"TEST_SHARD_INDEX", "0"},
              {"TEST_TOTAL_SHARDS", "2"},
              {"TEST_SHARD_STATUS_FILE", scratch.path("status")},
              {"XML_OUTPUT_FILE", scratch.path("test.xml")},
              {"TEST_UNDECLARED_OUTPUTS_DIR", scratch.path("outputs")}});
  INFO(ended.whole());
  CHECK(ended.code == 0);
  CHECK(std::filesystem::exists(scratch.path("status")));
  CHECK_THAT(scratch.read("test.xml"), Contains("tests=\"1\""));
  CHECK(std::filesystem::exists(scratch.path("outputs/shard-1-of-2.json")));
}

TEST_CASE("GitHub's jobs: a matrix of parts, and a report of all of them") {
  if (!has_yaml()) return;
  const Scratch scratch;
  fill(scratch);
  const std::string run = with(commands_of("github.yml", "jobs.run.steps").front(), "/8", "/2");
  for (const std::string shard : {"1", "2"}) {
    const std::string command =
        with(with(run, "${{ matrix.shard }}", shard), "traces", "traces-" + shard);
    const Ended ended = run_in(scratch, "sh", {"-ec", command}, {});
    INFO(command << "\n" << ended.whole());
    CHECK(ended.code == 0);
  }
  const Ended merged =
      run_in(scratch, "sh", {"-ec", commands_of("github.yml", "jobs.report.steps").front()}, {});
  INFO(merged.whole());
  CHECK(merged.code == 0);
  CHECK(std::filesystem::exists(scratch.path("report.html")));
}

TEST_CASE("GitLab's jobs: as many parts as `parallel` says, and a report of all of them") {
  if (!has_yaml()) return;
  const Scratch scratch;
  fill(scratch);
  const std::string run = commands_of("gitlab.yml", "run.script").front();
  for (const char* index : {"1", "2"}) {
    const Ended ended =
        run_in(scratch, "sh", {"-ec", run}, {{"CI_NODE_INDEX", index}, {"CI_NODE_TOTAL", "2"}});
    INFO(ended.whole());
    CHECK(ended.code == 0);
  }
  CHECK_THAT(scratch.read("junit-2.xml"), Contains("tests=\"1\""));
  const Ended merged =
      run_in(scratch, "sh", {"-ec", commands_of("gitlab.yml", "report.script").front()}, {});
  INFO(merged.whole());
  CHECK(merged.code == 0);
  CHECK_THAT(merged.out, Contains("2 runs: 2 pass"));
}

TEST_CASE("Kubernetes' pods: each runs its part, by its index alone") {
  if (!has_yaml()) return;
  const Scratch scratch;
  fill(scratch);
  const Ended words = run_program(
      {.arguments = {"-c",
                     "import sys, yaml\n"
                     "pod = yaml.safe_load(open(sys.argv[1]))['spec']['template']['spec']\n"
                     "box = pod['containers'][0]\n"
                     "print('\\n'.join(box['command'] + box['args']))\n",
                     source_folder + "/harness/ci/kubernetes.yaml"},
       .program = python});
  std::vector<std::string> arguments;
  std::istringstream lines(words.out);
  for (std::string line; std::getline(lines, line);)
    arguments.push_back(line == "auto/8"              ? "auto/2"
                        : line == "/results"          ? "results"
                        : line == "node app.js {url}" ? reference
                                                      : line);
  REQUIRE(arguments.front() == "halfopen");
  arguments.erase(arguments.begin());
  for (const char* index : {"0", "1"}) {
    const Ended ended = run_in(scratch, "halfopen", arguments, {{"JOB_COMPLETION_INDEX", index}});
    INFO(ended.whole());
    CHECK(ended.code == 0);
  }
  const Ended merged =
      run_in(scratch, "halfopen", {"merge", "results", "--html", "report.html"}, {});
  INFO(merged.whole());
  CHECK(merged.code == 0);
}
