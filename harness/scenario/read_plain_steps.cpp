// The steps that send and wait: `send`, `raw`, `expect`, `expect_close`, `ping`, `wait`, `echo`.
#include <fmt/format.h>

#include "scenario/readers.h"

namespace halfopen::scenario {
namespace {

constexpr std::string_view text_or_hex = "a string, or { hex = … }";

/// The bytes: a string, or { hex = … }.
std::optional<Bytes> as_written(const Node& node, const KeySite& at, const Section& section) {
  Bytes bytes;
  if (const auto* text = node.get<std::string>()) {
    append(bytes, *text);
    return bytes;
  }
  const auto* keys = node.get<Node::Table>();
  if (keys == nullptr) return at.wrong_type(node);
  const TableReader inner(*keys, node.place, section, at.problems);
  if (!inner.has("hex"))
    return at.problem(node,
                      fmt::format("give the bytes, like {} = {{ hex = \"81 05\" }}", at.key.name));
  inner.into(bytes, "hex", form::hex);
  return bytes;
}

/// In hexadecimal it is binary, where `binary` does not say otherwise.
std::optional<SendStep> as_send(const Node& node, const KeySite& at) {
  const auto bytes = as_written(node, at, sections::send);
  if (!bytes) return std::nullopt;
  return SendStep{std::string(halfopen::as_text(*bytes)), node.get<std::string>() == nullptr};
}

std::optional<Bytes> as_raw(const Node& node, const KeySite& at) {
  return as_written(node, at, sections::raw);
}

std::optional<std::string> as_ping(const Node& node, const KeySite& at) {
  constexpr std::size_t longest_control_frame = 125;  // RFC 6455, section 5.5
  auto payload = as_text(node, at);
  if (payload && payload->size() > longest_control_frame)
    return at.problem(node,
                      "a ping carries at most 125 bytes (RFC 6455, section 5.5); send a longer one "
                      "with `frame`");
  return payload;
}

Shape written_in(const Section& section) {
  return shape::Either{{shape::Text{}, shape::Table{&section}}};
}

const Form<SendStep> message{std::string(text_or_hex), written_in(sections::send), as_send};
const Form<Bytes> bytes_as_they_are{std::string(text_or_hex), written_in(sections::raw), as_raw};
const Form<std::string> ping{"a string", shape::Text{}, as_ping};

/// A code that a Close frame can carry, or none for `true`.
std::optional<std::optional<int>> as_received_code(const Node& node, const KeySite& at) {
  const auto code = as_code_or_true(node, at);
  if (code && *code && (**code == 1005 || **code == 1006 || **code == 1015))
    return at.problem(node, fmt::format("no Close frame carries {} (RFC 6455, section 7.4.1): what "
                                        "a client reports is said by `client` in [expect]",
                                        **code));
  return code;
}

const Form<std::optional<int>> received_code{"true or a Close code",
                                             shape::Either{{shape::True{}, shape::Whole{0, 65535}}},
                                             as_received_code};

}  // namespace

std::optional<std::optional<int>> as_code_or_true(const Node& node, const KeySite& at) {
  using Code = std::optional<int>;
  if (node.get<std::int64_t>() == nullptr)
    return as_true(node, at) ? std::optional<Code>(Code{}) : std::nullopt;
  const Code code = as_whole{0, 65535}(node, at);
  return code ? std::optional<Code>(code) : std::nullopt;
}

const SectionOf<SendStep> sections::send_step{"a `send` step",
                                              {{"send", message, "\"hello\"", itself<SendStep>},
                                               {"binary", form::flag, "true", &SendStep::binary}}};
const Section sections::send{"send = {…}", {key("hex", form::hex, "\"c0 00\"")}};

const SectionOf<RawStep> sections::raw_step{
    "a `raw` step", {{"raw", bytes_as_they_are, "{ hex = \"81 05\" }", &RawStep::bytes}}};
const Section sections::raw{"raw = {…}", {key("hex", form::hex, "\"81 05 68\"")}};

const SectionOf<ExpectStep> sections::expect_step{
    "an `expect` step",
    {{"expect", form::match(), "\"hello\"", &ExpectStep::match},
     {"within", form::duration, "\"5s\"", &ExpectStep::within}}};

const SectionOf<ExpectCloseStep> sections::expect_close_step{
    "an `expect_close` step",
    {{"expect_close", received_code, "1000", &ExpectCloseStep::code},
     {"within", form::duration, "\"5s\"", &ExpectCloseStep::within}}};

const SectionOf<PingStep> sections::ping_step{
    "a `ping` step",
    {{"ping", ping, "\"are you there\"", &PingStep::payload},
     {"pong_within", form::duration, "\"2s\"", &PingStep::pong_within}}};

const SectionOf<WaitStep> sections::wait_step{
    "a `wait` step", {{"wait", form::duration, "\"300ms\"", &WaitStep::time}}};

const SectionOf<EchoStep> sections::echo_step{"an `echo` step",
                                              {{"echo", form::only_true, "true"}}};

}  // namespace halfopen::scenario
