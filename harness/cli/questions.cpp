#include "cli/questions.h"

#include <fmt/format.h>

#include <charconv>
#include <functional>
#include <vector>

#include "base/bytes.h"
#include "base/error.h"
#include "base/units.h"

namespace halfopen::cli {
namespace {

constexpr int most_attempts = 100;
constexpr const char* usual_gap = "0s..30s";

int read_count(const std::string& text) {
  int value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (read.ec != std::errc() || read.ptr != text.data() + text.size() || value < 1 ||
      value > most_attempts)
    throw Error("`" + printable_line(text) + "`",
                fmt::format("this is no number from 1 to {}", most_attempts));
  return value;
}

/// Asks until `take` throws nothing. False where there is no answer any more.
bool answered(std::istream& in, std::ostream& out, const std::string& question,
              const std::string& otherwise, const std::function<void(const std::string&)>& take) {
  for (;;) {
    out << question << (otherwise.empty() ? "" : " [" + otherwise + "]") << ": " << std::flush;
    std::string line;
    if (!std::getline(in, line)) return false;
    while (!line.empty() && (line.back() == ' ' || line.back() == '\r')) line.pop_back();
    try {
      take(line.empty() ? otherwise : line);
      return true;
    } catch (const Error& wrong) {
      out << "  " << wrong.what() << "\n";
    }
  }
}

void list_layers(std::ostream& out) {
  out << "What goes wrong?\n";
  int number = 0;
  for (const faults::Layer layer : faults::layers)
    out << fmt::format("  {}  {:<10} {}\n", ++number, faults::key_of(layer), faults::about(layer));
}

/// By its number in the list or by its key.
faults::Layer read_layer(const std::string& text) {
  int number = 0;
  for (const faults::Layer layer : faults::layers)
    if (text == faults::key_of(layer) || text == std::to_string(++number)) return layer;
  throw Error("`" + printable_line(text) + "`",
              "this is none of them: give its number or its name");
}

void list_faults(faults::Layer layer, std::ostream& out) {
  for (const faults::Fault* fault : faults::all())
    if (fault->layer == layer) out << fmt::format("  {:<26} {}\n", fault->name, fault->about);
  if (layer == faults::Layer::close) out << "  or a Close code, such as 1001\n";
  if (layer == faults::Layer::handshake) out << "  or an HTTP status, such as 503\n";
}

}  // namespace

Duration read_after(const std::string& text) {
  const auto parsed = parse_duration(text);
  if (!parsed) throw Error(parsed.problem);
  return *parsed.value;
}

std::optional<scenario::NewScenario> ask(std::istream& in, std::ostream& out) {
  scenario::NewScenario wanted;
  faults::Layer layer{};
  list_layers(out);
  if (!answered(in, out, "Its number or name", "drop",
                [&](const std::string& text) { layer = read_layer(text); }))
    return std::nullopt;
  list_faults(layer, out);
  const std::string key(faults::key_of(layer));
  const std::string first = faults::names(layer).front();
  const bool all =
      answered(in, out, "Which one", layer == faults::Layer::drop ? "reset" : first,
               [&](const std::string& text) {
                 wanted.trouble = scenario::read_trouble(key + "=" + text);
               }) &&
      (!faults::is_step(layer) ||
       answered(in, out, "For how long is the connection open before it", "300ms",
                [&](const std::string& text) { wanted.after = read_after(text); })) &&
      answered(in, out, "How many connections in a row meet it", "1",
               [&](const std::string& text) { wanted.times = read_count(text); }) &&
      answered(in, out, "How many connections is the client to make in all", "as many as it takes",
               [&](const std::string& text) {
                 if (text != "as many as it takes") wanted.attempts = read_count(text);
               }) &&
      answered(in, out, "How long may it take from the first end to the next connection", usual_gap,
               [&](const std::string& text) {
                 const auto parsed = parse_duration_range(text);
                 if (!parsed) throw Error(parsed.problem);
                 if (text != usual_gap) wanted.gap = text;
               }) &&
      answered(in, out, "What happens, in one sentence", scenario::about(wanted.trouble),
               [&](const std::string& text) { wanted.about = text; });
  return all ? std::optional(wanted) : std::nullopt;
}

}  // namespace halfopen::cli
