#include "cli/run_options.h"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <random>

#include "base/output_file.h"
#include "trace/codec.h"

namespace halfopen::cli {
namespace {

/// "drops--reset.reference@no-delay.jsonl"; "….2.jsonl" where another run has that name already.
std::string name_of(const Pair& pair, const char* ending, std::set<std::string>& taken) {
  const std::string stem = pair.scenario->name + "." + pair.client->name;
  std::string name = file_name(stem, ending);
  for (int number = 2; !taken.insert(name).second; ++number)
    name = file_name(stem, fmt::format(".{}{}", number, ending));
  return name;
}

/// Of the file of each pair, with that ending.
std::vector<std::string> names_of(const std::vector<Pair>& pairs, const char* ending) {
  std::vector<std::string> names;
  names.reserve(pairs.size());
  std::set<std::string> taken;
  for (const Pair& pair : pairs) names.push_back(name_of(pair, ending, taken));
  return names;
}

/// So that a commit is not red by chance, and a result can be had again without looking up a seed.
constexpr std::uint64_t default_seed = 1;

std::uint64_t seed_of(const std::string& given) {
  if (given.empty()) return default_seed;
  if (given == "random") return std::random_device{}();
  std::uint64_t seed = 0;
  const char* end = given.data() + given.size();
  const auto read = std::from_chars(given.data(), end, seed);
  if (read.ec != std::errc() || read.ptr != end)
    throw Misuse("--seed",
                 "`" + given +
                     "` is no seed: give a whole number (each is another course of chance), or "
                     "`random`; how often each run is made is --repeat");
  return seed;
}

}  // namespace

void add_options(Command& command, RunOptions& options) {
  command
      .add_option(
          "scenarios", options.scenarios,
          "Names scenario files, folders, or scenarios below ./scenarios; none: all of them")
      .takes(value::scenario);
  options.settings.add_option(command);
  command
      .add_option("-c,--client", options.clients,
                  "Names a client.toml, its folder, either with @VARIANT, or a command such as "
                  "\"node app.js {url}\"; may be given again")
      .takes(value::client)
      .one_a_time();
  command
      .add_option("--can", options.can,
                  "Says what a client that is given as a command can, such as proxy, protocols or "
                  "close; several with commas, or given again")
      .takes("ABILITY")
      .one_a_time()
      .split_at(',');
  command.add_option("--link", options.link, "Chooses the link: packet, stream or auto")
      .one_of({"packet", "stream", "auto"})
      .shows_default();
  command
      .add_option("--seed", options.seed,
                  "Sets the seed of all random decisions: a number (else 1), or `random`")
      .takes("SEED");
  command
      .add_option("-j,--jobs", options.jobs,
                  "Limits how many light clients run at once; 0: by the number of cores")
      .between(0, 10'000);
  command.add_flag("--strict", options.strict, "Counts what an RFC says SHOULD be as a failure");
  command.add_flag("--require-all", options.require_all,
                   "Exits with 4 if any run was inconclusive or unsupported");
  command.add_flag("--clean-env", options.trust.clean_environment,
                   "Hides the environment from clients, but for PATH, HOME, the language and the "
                   "like: they see no secrets of a CI job");
  command.add_flag(
      "--may-capture", options.trust.may_capture,
      "Leaves clients CAP_NET_RAW in their own network, so that tcpdump or dumpcap can "
      "run beside them");
  command.add_flag("-v,--verbose", options.verbose, "Prints the timeline of every run");
  command.add_flag("-q,--quiet", options.quiet,
                   "Prints the matrix and what is wrong by cause, and not each run");
  options.reports.add_options(command);
  command
      .add_option("--trace-dir", options.trace_dir, "Writes the trace of every run to this folder")
      .takes(value::folder);
  command
      .add_option(
          "--pcap-dir", options.pcap_dir,
          "Writes the packets of every run on the packet link to this folder, as they enter "
          "the link and as they leave it, with the TLS secrets to decrypt them: pcapng "
          "files for Wireshark")
      .takes(value::folder);
}

void add_run_options(Command& command, RunOptions& options) {
  add_selection_options(command, options.selection);
  Option list =
      command.add_flag("--list", options.list, "Lists what would be run, and runs nothing");
  command
      .add_flag("--watch", options.watch,
                "Runs all of it again, until Ctrl-C, whenever a scenario, a client.toml, an "
                "expected.toml or another file of a client changes")
      .excludes(list);
  Option expected = command.add_flag("--expected", options.expected,
                                     "Succeeds if each client does what its expected.toml says, "
                                     "and fails on any change, in either direction");
  command
      .add_option("--seeds", options.seeds,
                  "Runs a scenario with so many seeds, from --seed on, where its verdict hangs on "
                  "chance: by the link, by a `chance`, or by gaps that are to grow, which are then "
                  "judged together")
      .between(1, 1000);
  command.add_option("--repeat", options.repeat, "Makes each run so often, with the same seed")
      .between(1, 10'000);
  command
      .add_flag("--until-fail", options.until_fail,
                "Repeats all runs, one round after the other, until one fails, at most --repeat "
                "times")
      .excludes(expected);
  command
      .add_flag("--fail-fast", options.fail_fast,
                "Begins no more runs after the first that fails; those are \"not started\"")
      .excludes(expected);
  command
      .add_option("--rerun-failed", options.rerun_failed,
                  "Makes only those runs again that failed or stayed undecided in this JSON report "
                  "(--json)")
      .takes(value::file);
}

void require_client(const RunOptions& options) {
  if (options.clients.empty())
    throw Misuse("",
                 "--client is required: a client.toml, its folder, or a command such as --client "
                 "'node app.js {url}'");
}

void check_repetitions(const RunOptions& options) {
  if (options.until_fail && options.repeat < 2)
    throw Misuse("--until-fail", "say how often at most: --repeat N");
  if (options.until_fail && !options.part.shard.empty())
    throw Misuse("--until-fail", "shards cannot agree on when to end: leave --shard out");
}

BatchOptions batch_options(const RunOptions& options) {
  if (!options.pcap_dir.empty() && options.link == "stream")
    throw Misuse(
        "--pcap-dir",
        "the stream link moves no packets that could be captured: take --link packet "
        "(root, or unprivileged user namespaces), or leave out --pcap-dir; for TLS secrets "
        "alone, set SSLKEYLOGFILE");
  BatchOptions batch;
  batch.link = options.link == "packet"   ? LinkChoice::packet
               : options.link == "stream" ? LinkChoice::stream
                                          : LinkChoice::automatic;
  if (options.seed == "random" && !options.part.shard.empty())
    throw Misuse("--seed", "shards must agree on the seed: give them a number instead of `random`");
  batch.seed = seed_of(options.seed);
  batch.jobs = options.jobs;
  batch.judging.strict = options.strict;
  batch.style = style_of(STDERR_FILENO);
  batch.lines = !options.quiet;
  batch.trust = options.trust;
  batch.fail_fast = options.fail_fast;
  batch.keep_events = options.verbose;
  batch.keep_stories = options.reports.tell_stories();
  return batch;
}

std::vector<std::string> capture_files(const RunOptions& options, const std::vector<Pair>& pairs) {
  if (options.pcap_dir.empty()) return {};
  std::vector<std::string> files = names_of(pairs, ".pcapng");
  for (std::string& file : files) file = (std::filesystem::path(options.pcap_dir) / file).string();
  return files;
}

void check_outputs(const RunOptions& options) {
  options.reports.check();
  if (!options.html.empty()) check_output(options.html);
  if (!options.trace_dir.empty()) check_output(options.trace_dir + "/trace.jsonl");
  if (!options.pcap_dir.empty()) check_output(options.pcap_dir + "/capture.pcapng");
}

TraceFolder::TraceFolder(const RunOptions& options, const std::vector<Pair>& pairs)
    : folder_(options.trace_dir), names_(names_of(pairs, ".jsonl")) {}

std::function<void(std::size_t, const trace::Trace&)> TraceFolder::on_end() {
  if (folder_.empty()) return nullptr;
  return [this](std::size_t index, const trace::Trace& trace) { write(index, trace); };
}

// A full disk does not end the runs that are under way.
void TraceFolder::write(std::size_t index, const trace::Trace& trace) try {
  write_output(path(index), trace::to_text(trace));
  written_.insert(index);
} catch (const Error& failure) {
  if (!problem_) problem_ = failure;
}

std::string TraceFolder::path(std::size_t index) const {
  return (std::filesystem::path(folder_) / names_.at(index)).string();
}

void TraceFolder::name_files(std::vector<report::Result>& results) const {
  for (const std::size_t index : written_) results.at(index).trace_file = path(index);
}

void TraceFolder::check() const {
  if (problem_) throw Error(*problem_);
}

report::Style style_of(int descriptor) {
  report::Style style;
  const char* no_colour = std::getenv("NO_COLOR");
  const bool terminal = isatty(descriptor) != 0;
  style.colours = terminal && (no_colour == nullptr || *no_colour == '\0');
  winsize size{};
  if (terminal && ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col >= 40)
    style.width = std::min<int>(size.ws_col, 140);
  return style;
}

}  // namespace halfopen::cli
