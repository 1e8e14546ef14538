#include "cli/saved_runs.h"

#include <utility>

#include "base/error.h"
#include "cli/input.h"
#include "scenario/loader.h"
#include "trace/codec.h"

namespace halfopen::cli {
report::Result judge_file(const std::string& file, const judge::Options& options) {
  trace::Trace trace = trace::read(read_input(file), file);
  const std::string& name = trace.header.scenario_file;
  auto loaded = scenario::load_scenario(trace.header.scenario_text, name);
  if (!loaded.value) {
    std::string why;
    for (const Diagnostic& each : loaded.diagnostics)
      why += "\n" + render(each, trace.header.scenario_text);
    throw Error(file + ": read the scenario in it", why);
  }
  return report::make_result(std::move(*loaded.value), std::move(trace), options);
}

}  // namespace halfopen::cli
