#include "scenario/new_scenario.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <vector>

#include "base/bytes.h"
#include "base/diagnostic.h"
#include "base/error.h"
#include "base/units.h"
#include "faults/words.h"
#include "scenario/loader.h"
#include "scenario/story.h"

namespace halfopen::scenario {
namespace {

using faults::Layer;

std::optional<int> number(std::string_view text) {
  int value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (read.ec != std::errc() || read.ptr != text.data() + text.size()) return std::nullopt;
  return value;
}

std::string in_toml(const std::string& text) {
  std::string out = "\"";
  for (const char c : printable_line(text)) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

std::string needed_in_server(const Trouble& trouble) {
  if (trouble.fault == nullptr) return "";
  if (const auto needed = faults::needed_in_server(*trouble.fault); !needed.empty())
    return std::string(needed);
  return trouble.fault->needs_deflate ? "deflate = \"required\"" : "";
}

bool is_step(const Trouble& trouble) {
  return trouble.close || (trouble.fault != nullptr && faults::is_step(trouble.fault->layer));
}

/// `drop = "reset"`
std::string in_notation(const Trouble& trouble) {
  if (trouble.close) return fmt::format("close = {}", *trouble.close);
  if (trouble.status) return fmt::format("handshake = {}", *trouble.status);
  return fmt::format("{} = \"{}\"", faults::key_of(trouble.fault->layer), trouble.fault->name);
}

/// What else could be said of it, as comments.
std::string parameters_of(const Trouble& trouble) {
  if (trouble.fault == nullptr || trouble.fault->parameters.empty()) return "";
  std::string out = "# It takes parameters beside its name:\n";
  for (const faults::Parameter& parameter : trouble.fault->parameters)
    out += fmt::format("#   {}: {} ({})\n", parameter.name, parameter.about,
                       printable_line(faults::form_in_words(parameter)));
  return out;
}

/// The attempts that meet it.
std::string first_attempts(const NewScenario& wanted) {
  std::string out = "# What the client's first connection meets";
  out += wanted.times == 1 ? ".\n" : fmt::format(", and the next: {} in all.\n", wanted.times);
  out += parameters_of(wanted.trouble) + "[[attempt]]\n";
  if (wanted.times > 1) out += fmt::format("times = {}\n", wanted.times);
  if (!is_step(wanted.trouble)) return out + in_notation(wanted.trouble) + "\n";
  out += "steps = [\n";
  if (wanted.after > Duration::zero())
    out += fmt::format("  {{ wait = \"{}\" }},  # so long it is open, and all is well\n",
                       format(wanted.after));
  return out + fmt::format("  {{ {} }},\n]\n", in_notation(wanted.trouble));
}

std::string without_expectations(const NewScenario& wanted) {
  std::string out =
      fmt::format("# What happens, in one sentence.\nabout = {}\n\n",
                  in_toml(wanted.about.empty() ? about(wanted.trouble) : wanted.about));
  if (const std::string server = needed_in_server(wanted.trouble); !server.empty())
    out += fmt::format("[server]\n{}  # the fault needs it\n\n", server);
  return out + first_attempts(wanted) +
         "\n# All that follow are accepted, and every message is echoed.\n[[attempt]]\n"
         "times = \"rest\"\n\n";
}

/// Whether the server ends the connection, sooner or later, or says that it will.
bool is_ending(const Trouble& trouble) {
  if (trouble.close) return true;
  if (trouble.fault == nullptr || trouble.fault->layer == Layer::drop)
    return trouble.fault != nullptr;
  if (trouble.fault->layer != Layer::close) return false;
  faults::Use use{trouble.fault, {}};
  faults::complete(use);
  const auto acts = trouble.fault->acts(use.arguments);
  return std::any_of(acts.begin(), acts.end(),
                     [](const faults::Act& act) { return act.kind != faults::Act::Kind::hold; });
}

/// What the file does, as far as the loader makes it out.
struct Nature {
  bool ends = true;     ///< The client is to come back after it.
  bool may_end = true;  ///< It may refuse what it meets, and come back, or take it.
  bool silent = false;  ///< It sees no end: only a heartbeat finds it.
};

Nature nature_of(const NewScenario& wanted) {
  const auto loaded =
      load_scenario(without_expectations(wanted) + "[expect]\nattempts = \"1..\"\n", "new.toml");
  Nature nature;
  if (!loaded.value) return nature;
  const Attempt& first = loaded.value->attempts.front();
  nature.silent = has_silence(*loaded.value);
  const bool must_fail =
      wanted.trouble.fault != nullptr && !wanted.trouble.fault->fails_with.empty();
  nature.ends = !can_open(first) || must_fail || nature.silent || is_ending(wanted.trouble) ||
                std::any_of(first.steps.begin(), first.steps.end(), ends_connection);
  nature.may_end = !is_step(wanted.trouble);
  return nature;
}

/// RFC 6455 does not say that a client stays away after a normal closure; all that is usual does.
bool says_goodbye(const Trouble& trouble) { return trouble.close == 1000; }

std::string told_of_attempts(const Nature& nature, const Trouble& trouble, bool back) {
  if (says_goodbye(trouble) && !back)
    return "# The server has said goodbye: the client does not come back.\n";
  if (nature.ends || back)
    return "# So many connections in all: the last one is open, and lives on.\n";
  return nature.may_end
             ? "# A client may take this, or refuse it and come back; in the end it is connected.\n"
             : "# A right client takes no harm: its first connection lives on.\n";
}

std::string expectations(const NewScenario& wanted) {
  const Nature nature = nature_of(wanted);
  // Whoever asks for a gap wants to see the client come back.
  const bool comes_back = !wanted.gap.empty() || (nature.ends && !says_goodbye(wanted.trouble));
  const int attempts = wanted.attempts.value_or(comes_back ? wanted.times + 1 : 1);
  const bool open = !nature.ends && nature.may_end && attempts == 1 && !wanted.attempts;
  std::string out = "[expect]\n" + told_of_attempts(nature, wanted.trouble, attempts > 1);
  out += open ? fmt::format("attempts = \"1..{}\"\nopens = \"1..\"\n", wanted.times + 1)
              : fmt::format("attempts = {}\n", attempts);
  if (attempts > 1) {
    out += "# From the moment at which the client can see the end to its next SYN.\n";
    out += fmt::format("gaps = [{}]\n", in_toml(wanted.gap.empty() ? "0s..30s" : wanted.gap));
  }
  if (says_goodbye(wanted.trouble) && attempts == 1) out += "gives_up = true\n";
  if (nature.silent)
    out +=
        "# Nothing tells the client: a heartbeat must. This is from the fault to its finding out.\n"
        "detects = \"..60s\"\n";
  const int seconds = std::min(3600, 30 * (attempts + 1) + (nature.silent ? 90 : 0));
  return out + fmt::format("# The run takes no longer than this.\nwithin = \"{}s\"\n", seconds);
}

}  // namespace

Trouble read_trouble(const std::string& text) {
  const std::string attempt = "take the fault `" + text + "`";
  const std::size_t sign = text.find('=');
  const std::string key = sign == std::string::npos ? "" : text.substr(0, sign);
  const std::string name = sign == std::string::npos ? text : text.substr(sign + 1);
  if (const auto value = number(name); value && key == "close") return {.close = value};
  if (const auto value = number(name); value && key == "handshake") return {.status = value};
  std::vector<std::string> known;
  std::vector<const faults::Fault*> found;
  for (const faults::Fault* fault : faults::all()) {
    const std::string layer(faults::key_of(fault->layer));
    known.push_back(key.empty() ? std::string(fault->name)
                                : layer + "=" + std::string(fault->name));
    if (fault->name == name && (key.empty() || key == layer)) found.push_back(fault);
  }
  if (found.size() == 1) return {.fault = found.front()};
  if (found.empty()) {
    const std::string hint = did_you_mean(text, known);
    throw Error(attempt, "there is none of that name" + (hint.empty() ? ";" : hint) +
                             " `halfopen faults` lists them all");
  }
  std::vector<std::string> names;
  names.reserve(found.size());
  for (const faults::Fault* fault : found) names.push_back(name_of(Trouble{.fault = fault}));
  throw Error(attempt, fmt::format("there are several: {}", fmt::join(names, ", ")));
}

std::string name_of(const Trouble& trouble) {
  if (trouble.close) return fmt::format("close={}", *trouble.close);
  if (trouble.status) return fmt::format("handshake={}", *trouble.status);
  return fmt::format("{}={}", faults::key_of(trouble.fault->layer), trouble.fault->name);
}

std::string about(const Trouble& trouble) {
  if (trouble.close) return fmt::format("The server closes with {}.", *trouble.close);
  if (trouble.status) return fmt::format("The handshake is answered with {}.", *trouble.status);
  return std::string(trouble.fault->about);
}

std::string write_scenario(const NewScenario& wanted) {
  return "# Written by `halfopen new`. scenarios/README.md explains every key.\n\n" +
         without_expectations(wanted) + expectations(wanted);
}

}  // namespace halfopen::scenario
