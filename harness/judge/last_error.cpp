#include "judge/last_error.h"

#include <algorithm>
#include <vector>

#include "base/bytes.h"
#include "base/pattern.h"

namespace halfopen::judge {
namespace {

/// What follows the error in print, and says nothing by itself.
constexpr const char* behind_an_error =
    R"(^\s*$|^\s+|^Node\.js v|^Aborted|^Segmentation fault|^exit status|^goroutine |^note: )";
/// A line that names an error, in the words of common runtimes.
constexpr const char* names_an_error =
    R"(^(Uncaught )?[\w.$]*(Error|Exception)\b( \[\w+\])?(:|$)|^panic: |^fatal error: |^Exception in thread |panicked at|^terminate called|^\w+\.\w+(Error|Exception)\b|^[\w-]+: (error|fatal)\b)";
constexpr const char* traceback = "Traceback (most recent call last):";

/// Lines of stderr up to then, the newest last.
std::vector<std::string> printed(const Evidence& evidence, Duration until) {
  std::vector<std::string> lines;
  for_each<trace::ClientLog>(evidence, [&](const trace::Event& event, const auto& log) {
    if (log.stream == trace::Stream::err && event.at <= until) lines.push_back(log.text);
  });
  return lines;
}

}  // namespace

std::string last_error(const Evidence& evidence, Duration until) {
  constexpr std::size_t most = 200;
  const std::vector<std::string> lines = printed(evidence, until);
  const auto says_something = [](const std::string& line) {
    return !found_in(line, behind_an_error);
  };
  // Python's ends with the error itself, the first line behind it that is not indented.
  const auto trace = std::find(lines.rbegin(), lines.rend(), traceback).base();
  if (trace != lines.begin()) {
    const auto error = std::find_if(trace, lines.end(), says_something);
    if (error != lines.end()) return printable(as_bytes(*error), most);
  }
  const auto named = std::find_if(lines.rbegin(), lines.rend(), [](const std::string& line) {
    return found_in(line, names_an_error);
  });
  if (named != lines.rend()) return printable(as_bytes(*named), most);
  const auto last = std::find_if(lines.rbegin(), lines.rend(), says_something);
  return last == lines.rend() ? "" : printable(as_bytes(*last), most);
}

}  // namespace halfopen::judge
