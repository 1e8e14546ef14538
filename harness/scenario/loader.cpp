#include "scenario/loader.h"

#include <fmt/format.h>

#include <algorithm>

#include "scenario/checks.h"
#include "scenario/expand.h"
#include "scenario/readers.h"

namespace halfopen::scenario {
namespace {

const Form<int> setting = form::whole(0, 2'000'000'000);

using Kernel = std::map<std::string, int>;

std::optional<Kernel> as_kernel(const Node& node, const KeySite& at) {
  const auto* keys = node.get<Node::Table>();
  if (keys == nullptr) return at.wrong_type(node);
  const TableReader table(*keys, node.place, sections::kernel, at.problems);
  Kernel kernel;
  for (const Key& key : sections::kernel.keys)
    if (const auto value = table.read(key.name, setting)) kernel.emplace(key.name, *value);
  return kernel;
}

const Form<Kernel> settings{"a table", shape::Table{&sections::kernel}, as_kernel};

std::optional<link::Link> as_link(const Node& node, const KeySite& at) {
  const auto* keys = node.get<Node::Table>();
  if (keys == nullptr) return at.wrong_type(node);
  return read_link(TableReader(*keys, node.place, sections::link, at.problems));
}

const Form<link::Link> link_of_scenario{"a table", shape::Table{&sections::link}, as_link};

/// Whether the key is there under a name that is nearly its own, which is reported as unknown.
bool is_misspelt(const TableReader& table, const std::string& key) {
  const std::vector<std::string> candidates{key};
  return std::any_of(table.raw().begin(), table.raw().end(),
                     [&](const Entry& entry) { return !nearest(entry.key, candidates).empty(); });
}

void check_about(const TableReader& root, const std::string& about) {
  const Node* node = root.node("about");
  const bool blank = about.find_first_not_of(" \t\r\n") == std::string::npos;
  if (node == nullptr && !is_misspelt(root, "about"))
    root.problems().add({1, 1},
                        "`about` is missing: say in one sentence what happens, like about = \"…\"");
  else if (node != nullptr && blank && node->get<std::string>() != nullptr)
    root.site("about").problem(*node, "say in one sentence what happens");
}

Scenario read_scenario(const TableReader& root) {
  Scenario scenario;
  sections::scenario.read(root, scenario);
  check_about(root, scenario.about);
  scenario.attempts = read_attempts(root, scenario.link);
  scenario.at = read_at(root, scenario.link);
  scenario.when = read_when(root, scenario.link);
  scenario.replies = read_replies(root, scenario.link);
  scenario.every = read_every(root);
  return scenario;
}

/// The last folder and the file: "tests/cases/reset.toml" is "cases/reset.toml". Of the path alone,
/// because the coins of a scenario fall by its name.
std::string tail_of(const std::string& path) {
  const std::size_t file = path.rfind('/');
  if (file == std::string::npos || file == 0) return path.substr(file == 0 ? 1 : 0);
  const std::size_t folder = path.rfind('/', file - 1);
  const std::string tail = path.substr(folder == std::string::npos ? 0 : folder + 1);
  return tail.starts_with("./") || tail.starts_with("../") ? path.substr(file + 1) : tail;
}

}  // namespace

const Section sections::kernel{"[kernel]",
                               {
                                   key("tcp_syn_retries", setting, "2"),
                                   key("tcp_retries2", setting, "5"),
                                   key("tcp_rto_min_us", setting, "200000"),
                                   key("tcp_rto_max_ms", setting, "120000"),
                                   key("tcp_sack", setting, "0"),
                                   key("tcp_timestamps", setting, "0"),
                                   key("tcp_window_scaling", setting, "0"),
                                   key("tcp_keepalive_time", setting, "10"),
                                   key("tcp_keepalive_intvl", setting, "5"),
                                   key("tcp_keepalive_probes", setting, "3"),
                                   key("tcp_mtu_probing", setting, "1"),
                                   key("tcp_syn_linear_timeouts", setting, "0"),
                               }};

const SectionOf<Scenario> sections::scenario{
    "a scenario",
    {{"about", form::text, "\"The port is closed twice.\"", &Scenario::about},
     // These three are seen to before anything is read (expand.h).
     Key{"include", "a path or an array of paths", "\"parts/login.toml\"",
         shape::one_or_more(shape::Text{})},
     Key{"variables", "a table", "{ wait = \"2s\" }", shape::AnyTable{}},
     Key{"matrix", "a table", "{ code = [1000, 1001] }",
         shape::AnyTable{{shape::Either{{shape::List{}, shape::AnyTable{}}}}}},
     {"tags", form::texts, "[\"drops\"]", &Scenario::tags},
     {"mutants", form::texts, "[\"never-retries\"]", &Scenario::mutants},
     {"server", form::table(sections::server), "{ tls = true }", &Scenario::server},
     {"page", form::page(), "{ scheme = \"https\" }", &Scenario::page},
     {"link", link_of_scenario, "{ loss = \"2%\" }", &Scenario::link},
     {"kernel", settings, "{ tcp_syn_retries = 2 }", &Scenario::kernel},
     // These speak of changes of the link above.
     Key{"attempt", "[[attempt]] tables", "[{ port = \"closed\" }]",
         shape::list_of(shape::Table{&sections::attempt})},
     Key{"at", "[[at]] tables", "[{ time = \"5s\", link = \"down\" }]", shape::Made{at_schema}},
     Key{"when", "[[when]] tables", "[{ event = \"open\", tell = \"close\" }]",
         shape::Made{when_schema}},
     Key{"reply", "[[reply]] tables", "[{ to = \"hello\", with = \"welcome\" }]",
         shape::list_of(shape::Table{&sections::reply, {"to"}})},
     Key{"every", "[[every]] tables", "[{ time = \"10s\", send = \"tick\" }]",
         shape::list_of(shape::Table{&sections::every, {"time", "send"}})},
     {"expect", form::expect(), "{ attempts = 4 }", &Scenario::expect}}};

namespace {

/// The mistakes of all runs of a file, each once.
class Mistakes {
 public:
  explicit Mistakes(const Sources& sources) : sources_(sources) {}

  void add(Problems& problems, const std::string& run = "") {
    if (problems.count() > Problems::most_shown)
      left_out_ = std::max(left_out_, problems.count() - Problems::most_shown);
    for (Diagnostic& each : problems.take()) {
      if (each.place.line < 1) continue;  // It says how many more there are.
      const auto same = std::find_if(
          all_.begin(), all_.end(), [&](const Mistake& known) { return known.diagnostic == each; });
      if (same != all_.end())
        ++same->runs;
      else if (all_.size() < Problems::most_shown)
        all_.push_back({std::move(each), run});
      else
        ++left_out_;
    }
  }

  /// In the order of their places. What not all of so many runs have is said of the first that
  /// does.
  std::vector<Diagnostic> take(std::size_t runs) {
    std::stable_sort(all_.begin(), all_.end(), [&](const Mistake& a, const Mistake& b) {
      return place_of(a.diagnostic) < place_of(b.diagnostic);
    });
    std::vector<Diagnostic> diagnostics;
    for (Mistake& each : all_) {
      if (!each.run.empty() && each.runs < runs)
        each.diagnostic.message += "; so in the run " + each.run;
      diagnostics.push_back(std::move(each.diagnostic));
    }
    if (left_out_ > 0)
      diagnostics.push_back({sources_.all().front().file,
                             {},
                             fmt::format("{} more mistakes are not shown", left_out_)});
    return diagnostics;
  }

 private:
  struct Mistake {
    Diagnostic diagnostic;
    std::string run;  ///< The first that has it.
    std::size_t runs = 1;
  };

  [[nodiscard]] Place place_of(const Diagnostic& each) const {
    const bool own = each.file == sources_.all().front().file;
    return {sources_.number({own ? "" : each.file, each.place.line}), each.place.column};
  }

  const Sources& sources_;
  std::vector<Mistake> all_;
  std::size_t left_out_ = 0;
};

/// Reads one run's document. Of a scenario with mistakes the value means nothing.
Scenario read_run(const Expanded& expanded, const Sources& sources, Problems& problems) {
  const TableReader root(expanded.document, {1, 1}, sections::scenario, problems);
  Scenario scenario = read_scenario(root);
  scenario.file = sources.all().front().file;
  scenario.name = scenario_name(scenario.file);
  scenario.run = expanded.run;
  if (!scenario.run.empty()) scenario.name += run_sign + scenario.run;
  scenario.variables = expanded.variables;
  check_story(scenario, problems);
  check_expectations(scenario, root.place_of("expect"), problems);
  return scenario;
}

/// All runs of a document that has been parsed.
LoadedScenarios load_runs(Node::Table document, const std::shared_ptr<Sources>& sources,
                          const Given& given) {
  LoadedScenarios loaded{{}, {}, sources, {}};
  Problems before(*sources);
  Template plan(std::move(document), *sources, given, before);
  loaded.variables = plan.names();
  if (!before.none()) {
    loaded.diagnostics = before.take();
    return loaded;
  }
  Mistakes mistakes(*sources);
  bool clean = true;
  for (const Combination& run : plan.runs()) {
    Problems problems(*sources);
    const Expanded expanded = plan.expand(run, problems);
    if (problems.none()) {
      Scenario scenario = read_run(expanded, *sources, problems);
      scenario.sources = sources;
      scenario.set = plan.set();
      if (problems.none()) loaded.scenarios.push_back(std::move(scenario));
    }
    clean = clean && problems.none();
    mistakes.add(problems, expanded.run);
  }
  if (clean) {
    Problems unused(*sources);
    plan.report_unused(*sources, unused);
    mistakes.add(unused);
  }
  loaded.diagnostics = mistakes.take(plan.runs().size());
  if (!loaded.diagnostics.empty()) loaded.scenarios.clear();
  return loaded;
}

}  // namespace

LoadedScenarios load_scenarios(std::string_view text, const std::string& file, const Given& given) {
  const auto sources = std::make_shared<Sources>(file, std::string(text));
  auto document = parse_document(text);
  if (const auto* mistake = std::get_if<SyntaxError>(&document))
    return {{}, {{file, mistake->place, mistake->message}}, sources, {}};
  return load_runs(std::move(std::get<Node::Table>(std::get<Node>(document).value)), sources,
                   given);
}

Loaded<Scenario> load_scenario(std::string_view text, const std::string& file) {
  LoadedScenarios loaded = load_scenarios(text, file);
  if (loaded.scenarios.empty()) return {std::nullopt, std::move(loaded.diagnostics)};
  return {std::move(loaded.scenarios.front()), {}};
}

std::string render(const Diagnostic& diagnostic, const Sources& sources) {
  const bool own = diagnostic.file == sources.all().front().file;
  return render(diagnostic, sources.text_of(own ? "" : diagnostic.file));
}

std::string scenario_name(const std::string& file) {
  constexpr std::string_view folder = "scenarios/";
  std::string name = file;
  for (std::size_t at = name.rfind(folder); at != std::string::npos;
       at = at == 0 ? std::string::npos : name.rfind(folder, at - 1))
    if (at == 0 || name[at - 1] == '/') {
      name.erase(0, at + folder.size());
      break;
    }
  if (name == file) name = tail_of(name);
  if (name.ends_with(".toml")) name.erase(name.size() - 5);
  return name;
}

std::string run_of(const std::string& name, const std::string& file) {
  const std::string base = scenario_name(file) + run_sign;
  return name.starts_with(base) ? name.substr(base.size() - 1) : "";
}

}  // namespace halfopen::scenario
