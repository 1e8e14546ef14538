// The steps of an attempt: each is a table with one verb.
#include <fmt/format.h>

#include <map>

#include "scenario/readers.h"

namespace halfopen::scenario {
namespace {

constexpr int highest_code = 65535;
constexpr int most_repeats = 10'000;
constexpr int most_sent = 1'000'000;
constexpr std::uint64_t most_bytes = std::uint64_t{128} * 1024 * 1024;

/// The bytes behind `key`: a string, or { hex = … }, and whether it is the latter.
struct Written {
  Bytes bytes;
  bool in_hex = false;
};

std::optional<Written> read_written(const TableReader& table, std::string_view key,
                                    const Section& section) {
  const Node* node = table.node(key);
  Written written;
  if (const auto* text = node->get<std::string>()) {
    append(written.bytes, *text);
    return written;
  }
  const auto* keys = node->get<Node::Table>();
  if (keys == nullptr) return table.site(key).wrong_type(*node);
  const TableReader inner(*keys, node->place, section, table.problems());
  if (!inner.has("hex"))
    return table.site(key).problem(
        *node, fmt::format("give the bytes, like {} = {{ hex = \"81 05\" }}", key));
  inner.into(written.bytes, "hex", as_hex);
  written.in_hex = true;
  return written;
}

std::optional<StepBody> read_send(const TableReader& table) {
  SendStep step;
  if (const auto written = read_written(table, "send", sections::send)) {
    step.text = halfopen::as_text(written->bytes);
    step.binary = written->in_hex;
  }
  table.into(step.binary, "binary", as_flag);
  return step;
}

std::optional<StepBody> read_expect(const TableReader& table) {
  ExpectStep step;
  table.into(step.match, "expect", as_match);
  table.into(step.within, "within", as_duration);
  return step;
}

std::optional<StepBody> read_expect_close(const TableReader& table) {
  ExpectCloseStep step;
  if (table.node("expect_close")->get<std::int64_t>() != nullptr)
    table.into(step.code, "expect_close", as_whole{0, highest_code});
  else
    (void)table.read("expect_close", as_true);
  table.into(step.within, "within", as_duration);
  return step;
}

std::optional<StepBody> read_ping(const TableReader& table) {
  constexpr std::size_t longest_control_frame = 125;  // RFC 6455, section 5.5
  PingStep step;
  table.into(step.payload, "ping", as_text);
  table.into(step.pong_within, "pong_within", as_duration);
  if (step.payload.size() > longest_control_frame)
    table.site("ping").problem(*table.node("ping"),
                               "a ping carries at most 125 bytes (RFC 6455, section 5.5); send a "
                               "longer one with `frame`");
  return step;
}

std::optional<StepBody> read_wait(const TableReader& table) {
  WaitStep step;
  table.into(step.time, "wait", as_duration);
  return step;
}

std::optional<StepBody> read_echo(const TableReader& table) {
  (void)table.read("echo", as_true);
  return EchoStep{};
}

/// The layer whose faults a step with that verb can name.
std::optional<faults::Layer> layer_of(std::string_view verb) {
  for (const faults::Layer layer :
       {faults::Layer::frame, faults::Layer::close, faults::Layer::drop})
    if (faults::key_of(layer) == verb) return layer;
  return std::nullopt;
}

/// `verb = "fault"` with its parameters beside it, or `verb = { fault = "fault", … }`.
std::optional<StepBody> read_fault_step(const TableReader& table, std::string_view verb,
                                        const Section& section) {
  const faults::Layer layer = *layer_of(verb);
  const Node* node = table.node(verb);
  std::optional<faults::Use> use;
  if (const auto* keys = node->get<Node::Table>()) {
    const Entry* name = find(*keys, "fault");
    const TableReader inner(*keys, node->place, section, table.problems(),
                            parameter_keys(layer, name == nullptr ? nullptr : &name->value));
    if (name == nullptr) {
      table.site(verb).problem(*node, fmt::format("name the fault, like {} = {{ fault = \"{}\" }}",
                                                  verb, faults::names(layer).front()));
      return std::nullopt;
    }
    use = read_fault(inner, "fault", layer);
  } else {
    use = read_fault(table, verb, layer);
  }
  if (!use) return std::nullopt;
  return FaultStep{*std::move(use)};
}

std::optional<StepBody> read_drop(const TableReader& table) {
  return read_fault_step(table, "drop", sections::drop);
}

/// A code, `true`, or the name of a fault of the closing handshake.
std::optional<StepBody> read_close(const TableReader& table) {
  const Node* node = table.node("close");
  const auto* word = node->get<std::string>();
  const bool code_in_quotes =
      word != nullptr && word->find_first_not_of("0123456789") == word->npos;
  if ((word != nullptr && !code_in_quotes) || node->get<Node::Table>() != nullptr) {
    table.refuse({"reason", "finish"}, "belongs to a Close code, and this is a fault");
    return read_fault_step(table, "close", sections::close_fault);
  }
  CloseStep step;
  if (node->get<std::int64_t>() != nullptr)
    table.into(step.code, "close", as_whole{0, highest_code});
  else if (table.read("close", as_true))
    table.refuse({"reason"}, "needs a code: an empty Close frame carries no reason");
  table.into(step.reason, "reason", as_text);
  table.into(step.finish, "finish", as_flag);
  return step;
}

std::optional<StepBody> read_raw(const TableReader& table) {
  RawStep step;
  if (auto written = read_written(table, "raw", sections::raw))
    step.bytes = std::move(written->bytes);
  return step;
}

/// The name of a fault, or a frame with anything wrong about it.
std::optional<StepBody> read_frame_step(const TableReader& table) {
  const Node* node = table.node("frame");
  const auto* keys = node->get<Node::Table>();
  if (node->get<std::string>() != nullptr || (keys != nullptr && find(*keys, "fault") != nullptr))
    return read_fault_step(table, "frame", sections::frame_fault);
  if (keys == nullptr) return table.site("frame").wrong_type(*node);
  return read_frame(TableReader(*keys, node->place, sections::frame, table.problems()));
}

std::optional<StepBody> read_link_step(const TableReader& table, const link::Link& base) {
  if (auto change = read_change(table, base)) return LinkStep{*std::move(change)};
  return std::nullopt;
}

std::optional<StepBody> read_tell_step(const TableReader& table) {
  if (auto tell = read_tell(table)) return TellStep{*std::move(tell)};
  return std::nullopt;
}

std::optional<StepBody> read_body(const TableReader& table, std::string_view verb,
                                  const link::Link& base) {
  using Read = std::optional<StepBody> (*)(const TableReader&);
  static const std::map<std::string_view, Read> readers{
      {"send", read_send},        {"expect", read_expect},  {"expect_close", read_expect_close},
      {"ping", read_ping},        {"wait", read_wait},      {"echo", read_echo},
      {"close", read_close},      {"drop", read_drop},      {"raw", read_raw},
      {"frame", read_frame_step}, {"tell", read_tell_step}, {"read", read_reading},
      {"write", read_writing}};
  if (verb == "link") return read_link_step(table, base);
  return readers.at(verb)(table);
}

std::string_view verb_of(const Section& section) { return section.keys.front().name; }

/// The section of the step's verb; reports a step with none, or with more than one.
const Section* section_of(const Node::Table& keys, Place place, Problems& problems) {
  std::vector<const Section*> found;
  std::vector<std::string> verbs;
  for (const Section* section : step_sections()) {
    verbs.emplace_back(verb_of(*section));
    if (find(keys, verb_of(*section)) != nullptr) found.push_back(section);
  }
  if (found.size() == 1) return found.front();
  if (found.size() > 1) {
    problems.add(place, fmt::format("a step does one thing, and this one has `{}` and `{}`: make "
                                    "them two steps",
                                    verb_of(*found[0]), verb_of(*found[1])));
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

/// Verbs of steps that may send the same thing over and over.
bool sends(std::string_view verb) { return verb == "send" || verb == "raw" || verb == "frame"; }

/// What stands beside a verb and not in its section.
std::vector<Key> more_keys(const Node::Table& step, std::string_view verb,
                           std::optional<faults::Layer> layer) {
  std::vector<Key> keys =
      layer ? parameter_keys(*layer, &find(step, verb)->value) : own_fields(step, true);
  const auto add = [&](const Section& section) {
    keys.insert(keys.end(), section.keys.begin(), section.keys.end());
  };
  add(sections::every_step);
  if (sends(verb)) add(sections::sending_step);
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
  table.into(step.repeat, "repeat", as_whole{1, most_repeats});
  const auto size = size_of(step.body);
  if (!size) {
    if (std::holds_alternative<FaultStep>(step.body) && table.knows("times"))
      table.refuse({"times", "every"},
                   "is for frames that you describe yourself; repeat a fault by "
                   "`repeat`");
    return;
  }
  table.into(step.times, "times", as_whole{1, most_sent});
  table.into(step.every, "every", as_duration);
  if (!table.has("times")) table.refuse({"every"}, "belongs to `times`, which is missing");
  const auto total =
      *size * static_cast<std::uint64_t>(step.times) * static_cast<std::uint64_t>(step.repeat);
  if (total > most_bytes)
    table.refuse({table.has("times") ? "times" : "repeat"},
                 fmt::format("makes {} of this step, and one may send at most {}",
                             format_size(total), format_size(most_bytes)));
}

}  // namespace

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
    const Section* section = section_of(*keys, item.place, problems);
    if (section == nullptr) continue;
    const std::string_view verb = verb_of(*section);
    const auto layer = layer_of(verb);
    const TableReader table(*keys, item.place, *section, problems, more_keys(*keys, verb, layer));
    if (auto body = read_body(table, verb, base)) {
      Step& step = out.emplace_back(Step{*std::move(body), item.place});
      if (layer) read_strike(table, step);
      read_repetition(table, step);
      table.into(step.optional, "optional", as_flag);
    }
  }
  return out;
}

}  // namespace halfopen::scenario
