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
    throw Misuse("--seed", "`" + given + "` is neither a whole number nor `random`");
  return seed;
}

}  // namespace

void add_options(Command& command, RunOptions& options) {
  command
      .add_option("scenarios", options.scenarios,
                  "scenario files, folders, or names below ./scenarios; none: all of them")
      .takes(value::scenario);
  command
      .add_option("-c,--client", options.clients,
                  "a client.toml, its folder, either with @VARIANT, or a command such as "
                  "\"node app.js {url}\"; may be given again")
      .one_a_time()
      .takes(value::client)
      .required();
  command
      .add_option("--can", options.can,
                  "what a client that is given as a command can, such as proxy, protocols or "
                  "close; several with commas, or given again")
      .one_a_time()
      .split_at(',');
  command.add_option("--link", options.link, "packet, stream or auto")
      .one_of({"packet", "stream", "auto"})
      .shows_default();
  command.add_option("--seed", options.seed,
                     "for all random decisions: a number, by default always the same, or `random`");
  command
      .add_option("-j,--jobs", options.jobs,
                  "how many light clients may run at once; 0: by the number of cores")
      .between(0, 10'000);
  command.add_flag("--strict", options.strict, "what an RFC says SHOULD is a failure, too");
  command.add_flag("--require-all", options.require_all,
                   "exit 4 if any run was inconclusive or unsupported");
  command.add_flag("--clean-env", options.trust.clean_environment,
                   "hide the environment from clients, but for PATH, HOME, the language and the "
                   "like: they see no secrets of a CI job");
  command.add_flag("--may-capture", options.trust.may_capture,
                   "leave clients CAP_NET_RAW in their own network, so that tcpdump or dumpcap can "
                   "run beside them");
  command.add_flag("-v,--verbose", options.verbose, "print the timeline of every run");
  command.add_flag("-q,--quiet", options.quiet, "print the matrix only, not each run");
  options.reports.add_options(command);
  command
      .add_option("--trace-dir", options.trace_dir, "write the trace of every run to this folder")
      .takes(value::folder);
  command
      .add_option("--pcap-dir", options.pcap_dir,
                  "writes the packets of every run on the packet link to this folder, as they "
                  "enter the link and as they leave it, with the TLS secrets to decrypt them: "
                  "pcapng files for Wireshark")
      .takes(value::folder);
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
