#include "judge/last_error.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "base/bytes.h"
#include "base/pattern.h"

namespace halfopen::judge {
namespace {

/// What is printed around an error and says nothing by itself: traces, the object that an error
/// has, versions, hints.
constexpr const char* says_nothing =
    R"(^\s*$|^\s|^[\])}]+[,;]?$|^\d+: |^-{3}|^\(Use `|^Node\.js v|^Bun v|^Aborted|^Segmentation fault|^exit status|^goroutine |^note: )";
/// A line that names an error, in the words of common runtimes.
constexpr const char* names_an_error =
    R"(^[\w.$: ]*(Error|Exception)\b.*:|^[\w-]+: (error|fatal)\b)";

/// Errors which are told apart by what stands before them, whatever follows.
constexpr const char* traceback = R"(^Traceback \(most recent call last\):$)";
constexpr const char* whole_line =
    R"(^panic: |^fatal error: |^Exception in thread |panicked at '.*)";
constexpr const char* goes_on = R"(panicked at .*:$)";
constexpr const char* terminated = "^terminate called";

/// Lines further apart than that from the last one are about something else.
constexpr Duration burst = std::chrono::milliseconds(100);

constexpr std::size_t most_quoted = 400;

using Lines = std::vector<std::string>;

/// Without the frame that Python draws around the members of an exception group.
std::string unframed(const std::string& line) {
  const std::size_t bar = line.find_first_not_of(' ');
  if (bar == std::string::npos || bar == 0 || line[bar] != '|') return line;
  return line.substr(std::min(bar + 2, line.size()));
}

/// The last lines of stderr up to then, the newest last.
Lines last_lines(const Evidence& evidence, Duration until) {
  Lines lines;
  Duration last{};
  for_each<trace::ClientLog>(evidence, [&](const trace::Event& event, const auto& log) {
    if (log.stream != trace::Stream::err || event.at > until) return;
    if (event.at - last > burst) lines.clear();
    last = event.at;
    lines.push_back(unframed(log.text));
  });
  return lines;
}

bool says_something(const std::string& line) { return !found_in(line, says_nothing); }

/// What a C++ exception says of itself, behind "terminate called …"; "" where it says nothing.
std::string what_of(Lines::const_iterator line, Lines::const_iterator end) {
  constexpr std::string_view what = "  what():  ";
  const bool has_what = line != end && line->starts_with(what);
  return has_what ? ": " + line->substr(what.size()) : "";
}

/// The error that this line begins, if it begins one.
std::optional<std::string> begun_by(Lines::const_iterator line, Lines::const_iterator end) {
  if (found_in(*line, traceback)) {
    const auto error = std::find_if(line + 1, end, says_something);
    return error == end ? std::nullopt : std::optional(*error);
  }
  if (found_in(*line, whole_line)) return *line;
  if (found_in(*line, goes_on)) return *line + (line + 1 == end ? "" : " " + line[1]);
  if (found_in(*line, terminated)) return *line + what_of(line + 1, end);
  return std::nullopt;
}

std::string error_in(const Lines& lines) {
  for (auto line = lines.end(); line != lines.begin();)
    if (const auto error = begun_by(--line, lines.end())) return *error;
  // Else it is the last that says something; of a message of several lines the first.
  const auto last = std::find_if(lines.rbegin(), lines.rend(), says_something);
  const auto above = std::find_if_not(last, lines.rend(), says_something);
  const auto named = std::find_if(
      last, above, [](const std::string& line) { return found_in(line, names_an_error); });
  if (named != above) return *named;
  return last == lines.rend() ? "" : *last;
}

}  // namespace

std::string last_error(const Evidence& evidence, Duration until) {
  return printable(as_bytes(error_in(last_lines(evidence, until))), most_quoted);
}

std::string last_said_error(const Evidence& evidence, Duration until) {
  std::string error;
  for_each<trace::ClientEvent>(evidence, [&](const trace::Event& event, const auto& report) {
    if (report.reported == trace::Report::error && event.at <= until) error = report.text;
  });
  return error.empty() ? last_error(evidence, until) : printable(as_bytes(error), most_quoted);
}

}  // namespace halfopen::judge
