// The steps `read` and `write`: how the server handles the bytes of a connection from then on.
#include <fmt/format.h>

#include "scenario/readers.h"

namespace halfopen::scenario {
namespace {

/// Slower than that nothing would be seen in the time of a run.
constexpr double slowest = 8 * 10;

/// A rate in bits a second, or one of two words.
std::optional<ReadStep> as_reading(const Node& node, const KeySite& at) {
  const auto* text = node.get<std::string>();
  if (text == nullptr) return at.wrong_type(node);
  if (*text == "all") return ReadStep{};
  if (*text == "nothing") return ReadStep{0};
  const auto rate = parse_rate(*text);
  if (!rate) {
    const std::vector<std::string> words{"all", "nothing"};
    const std::string hint = did_you_mean(*text, words);
    return at.problem(node, hint.empty() ? rate.problem : fmt::format("`{}`{}", *text, hint));
  }
  if (*rate.value < slowest)
    return at.problem(node, "a server that reads less than 10 B/s reads \"nothing\"");
  return ReadStep{*rate.value};
}

const Form<ReadStep> reading{"a rate, \"nothing\" or \"all\"",
                             shape::Either{{shape::rate(), shape::Words{{"nothing", "all"}}}},
                             as_reading};

const auto all_or_bytewise =
    form::one_of<bool>({{"all", false}, {"bytewise", true}}, "way of writing");
const Form<bool> writing{"\"bytewise\" or \"all\"", shape::Words{{"bytewise", "all"}},
                         all_or_bytewise.read};

}  // namespace

const SectionOf<ReadStep> sections::read_step{"a `read` step",
                                              {{"read", reading, "\"10kB/s\"", itself<ReadStep>}}};

const SectionOf<WriteStep> sections::write_step{
    "a `write` step", {{"write", writing, "\"bytewise\"", &WriteStep::bytewise}}};

}  // namespace halfopen::scenario
