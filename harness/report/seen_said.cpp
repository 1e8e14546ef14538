// What the client said of itself, and what became of it, in words.
#include <fmt/format.h>

#include "base/bytes.h"
#include "report/seen_words.h"
#include "report/words.h"
#include "trace/event.h"

namespace halfopen::report {
namespace {

using namespace judge;

std::string in_words(const seen::Report& report) {
  const trace::ClientEvent& event = report.event;
  std::string text = fmt::format("`{}`", trace::name_of(event));
  if (event.reported == trace::Report::close)
    text += code_as_it_came(event) + (event.clean ? " clean" : "");
  if (!event.text.empty()) text += " \"" + printable(as_bytes(event.text), 40) + "\"";
  return text + " at " + moment(report.at);
}

std::string in_mib(std::uint64_t bytes) {
  constexpr double mib = 1024 * 1024;
  return fmt::format("{:.1f} MiB", static_cast<double>(bytes) / mib);
}

}  // namespace

std::string in_words(const seen::Reports& seen) {
  std::string text;
  for (const seen::Report& each : seen.first)
    text += (text.empty() ? "the client reported " : ", ") + in_words(each);
  if (seen.first.empty()) text = "the client reported no `" + seen.name + "`";
  if (seen.more > 0) text += fmt::format(" and {} more", seen.more);
  if (seen.fitted > 0) text += fmt::format("; {} of them fitted", seen.fitted);
  return text;
}

std::string in_words(const seen::Exit& seen) {
  const std::string error = seen.error.empty() ? "" : ": " + seen.error;
  return fmt::format("it {} at {}{}", in_words(seen.exit), moment(seen.at), error);
}

std::string in_words(const seen::Running& seen) {
  return "it was still running when the run ended at " + moment(seen.run_end);
}

std::string in_words(const seen::NoLine& seen) { return "none in " + count_of(seen.lines, "line"); }

std::string in_words(const seen::Memory& seen) {
  return fmt::format("it grew by {}, from {} to {}", in_mib(seen.growth()), in_mib(seen.from),
                     in_mib(seen.to));
}

}  // namespace halfopen::report
