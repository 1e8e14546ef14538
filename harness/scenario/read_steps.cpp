// The steps of an attempt: each is a table with one verb.
#include <fmt/format.h>

#include "scenario/readers.h"

namespace halfopen::scenario {
namespace {

constexpr std::uint64_t most_bytes = std::uint64_t{128} * 1024 * 1024;

template <class S, const SectionOf<S>& section>
std::optional<StepBody> read_plain(const TableReader& table, const link::Link&) {
  S step{};
  section.read(table, step);
  return step;
}

std::optional<StepBody> read_echo(const TableReader& table, const link::Link&) {
  (void)table.read("echo", form::only_true);
  return EchoStep{};
}

std::optional<StepBody> read_link_step(const TableReader& table, const link::Link& base) {
  if (auto change = read_change(table, base)) return LinkStep{*std::move(change)};
  return std::nullopt;
}

std::optional<StepBody> read_tell_step(const TableReader& table, const link::Link&) {
  if (auto tell = read_tell(table)) return TellStep{*std::move(tell)};
  return std::nullopt;
}

/// What a step can do. The first key of its section is its verb.
struct Verb {
  const Section* section;
  std::optional<StepBody> (*read)(const TableReader&, const link::Link& base);
  /// The faults that it can name, which strike at their moment.
  std::optional<faults::Layer> layer{};
  bool sends = false;  ///< It may send the same thing over and over.
};

const std::vector<Verb>& all_verbs() {
  using namespace sections;
  using faults::Layer;
  static const std::vector<Verb> all{
      {&send_step, read_plain<SendStep, send_step>, {}, true},
      {&expect_step, read_plain<ExpectStep, expect_step>},
      {&expect_close_step, read_plain<ExpectCloseStep, expect_close_step>},
      {&ping_step, read_plain<PingStep, ping_step>},
      {&wait_step, read_plain<WaitStep, wait_step>},
      {&echo_step, read_echo},
      {&close_step, read_close, Layer::close},
      {&drop_step, read_drop, Layer::drop},
      {&raw_step, read_plain<RawStep, raw_step>, {}, true},
      {&frame_step, read_frame_step, Layer::frame, true},
      {&link_step, read_link_step},
      {&tell_step, read_tell_step},
      {&read_step, read_plain<ReadStep, read_step>},
      {&write_step, read_plain<WriteStep, write_step>}};
  return all;
}

std::string_view name_of(const Verb& verb) { return verb.section->keys.front().name; }

/// The step's verb; reports a step with none, or with more than one.
const Verb* verb_in(const Node::Table& keys, Place place, Problems& problems) {
  std::vector<const Verb*> found;
  std::vector<std::string> verbs;
  for (const Verb& verb : all_verbs()) {
    verbs.emplace_back(name_of(verb));
    if (find(keys, name_of(verb)) != nullptr) found.push_back(&verb);
  }
  if (found.size() == 1) return found.front();
  if (found.size() > 1) {
    problems.add(place, fmt::format("a step does one thing, and this one has `{}` and `{}`: make "
                                    "them two steps",
                                    name_of(*found[0]), name_of(*found[1])));
    return nullptr;
  }
  for (const Entry& entry : keys)
    if (const std::string hint = did_you_mean(entry.key, verbs); !hint.empty()) {
      problems.add(entry.place, fmt::format("unknown step `{}`{}", entry.key, hint));
      return nullptr;
    }
  problems.add(place, fmt::format("a step says what to do: one of {}", fmt::join(verbs, ", ")));
  return nullptr;
}

/// What stands beside a verb and not in its section.
std::vector<Key> more_keys(const Verb& verb, const Node::Table& table) {
  const Node& value = find(table, name_of(verb))->value;
  std::vector<Key> keys = verb.layer ? parameter_keys(*verb.layer, &value) : std::vector<Key>{};
  const auto add = [&](const Section& section) {
    keys.insert(keys.end(), section.keys.begin(), section.keys.end());
  };
  add(sections::every_step);
  if (verb.sends) add(sections::sending_step);
  if (verb.section == &sections::tell_step) {
    const auto own = own_fields(table, *verb.section, keys);
    keys.insert(keys.end(), own.begin(), own.end());
  }
  return keys;
}

/// How many bytes the step sends each time, more or less; none if it sends none of its own.
std::optional<std::uint64_t> size_of(const StepBody& body) {
  constexpr std::uint64_t longest_head = 14;  // RFC 6455, section 5.2
  if (const auto* send = std::get_if<SendStep>(&body)) return send->text.size() + longest_head;
  if (const auto* frame = std::get_if<FrameStep>(&body))
    return frame->payload.size() + longest_head;
  if (const auto* raw = std::get_if<RawStep>(&body)) return raw->bytes.size();
  return std::nullopt;
}

void read_repetition(const TableReader& table, Step& step) {
  sections::every_step.read(table, step);
  const auto size = size_of(step.body);
  if (!size) {
    if (std::holds_alternative<FaultStep>(step.body) && table.knows("times"))
      table.refuse({"times", "every"},
                   "is for frames that you describe yourself; repeat a fault by "
                   "`repeat`");
    return;
  }
  sections::sending_step.read(table, step);
  if (!table.has("times")) table.refuse({"every"}, "belongs to `times`, which is missing");
  const auto total =
      *size * static_cast<std::uint64_t>(step.times) * static_cast<std::uint64_t>(step.repeat);
  if (total > most_bytes)
    table.refuse({table.has("times") ? "times" : "repeat"},
                 fmt::format("makes {} of this step, and one may send at most {}",
                             format_size(total), format_size(most_bytes)));
}

}  // namespace

const SectionOf<Step> sections::every_step{
    "every step",
    {{"optional", form::flag, "true", &Step::optional},
     {"repeat", form::whole(1, 10'000), "24", &Step::repeat}}};
const SectionOf<Step> sections::sending_step{
    "a `send`, `raw` or plain `frame` step",
    {{"times", form::whole(1, 1'000'000), "1000", &Step::times},
     {"every", form::duration, "\"10ms\"", &Step::every}}};
const Section sections::link_step{"a `link` step", {change_key()}};

std::span<const Section* const> step_sections() {
  static const std::vector<const Section*> sections = [] {
    std::vector<const Section*> all;
    for (const Verb& verb : all_verbs()) all.push_back(verb.section);
    return all;
  }();
  return sections;
}

std::vector<Step> read_steps(const Node::Array& steps, const link::Link& base, Problems& problems) {
  std::vector<Step> out;
  for (const Node& item : steps) {
    const auto* keys = item.get<Node::Table>();
    if (keys == nullptr) {
      problems.add(item.place, fmt::format("a step must be a table, like {{ send = \"hello\" }}; "
                                           "found {}",
                                           name_of(item)));
      continue;
    }
    const Verb* verb = verb_in(*keys, item.place, problems);
    if (verb == nullptr) continue;
    const TableReader table(*keys, item.place, *verb->section, problems, more_keys(*verb, *keys));
    if (auto body = verb->read(table, base)) {
      Step& step = out.emplace_back(Step{*std::move(body), item.place});
      if (verb->layer) read_strike(table, step);
      read_repetition(table, step);
    }
  }
  return out;
}

}  // namespace halfopen::scenario
