// Every key of the scenario language and of client.toml, section by section. This one table
// drives the search for unknown keys, the messages about wrong types, and the test that keeps
// scenarios/README.md complete.
#pragma once

#include <span>
#include <string_view>
#include <vector>

namespace halfopen::scenario {

struct Key {
  std::string_view name;
  std::string_view form;     ///< What its value must be: "a duration".
  std::string_view example;  ///< A value in TOML's notation: "\"250ms\"".
};

struct Section {
  std::string_view title;  ///< As in messages and in the headings of the reference: "[server]".
  std::vector<Key> keys;
};

namespace sections {

extern const Section scenario, server, server_proxy, connections, page, link, link_direction, loss,
    idle, mtu, kernel;
extern const Section attempt, dns, port, proxy, tls, handshake, auth, at, when;
extern const Section every_step, sending_step, send_step, send, expect_step, match,
    expect_close_step, ping_step, wait_step, echo_step, close_step, close_fault, drop_step, drop,
    raw_step, raw, frame_step, frame, frame_fault, link_step, tell_step, read_step, write_step;
extern const Section expect, curve, messages, expect_request, closes_with, client_expectations,
    client_event;
extern const Section client, client_policy, client_variant, known_result;

}  // namespace sections

/// The sections of a scenario file, in the order of the reference.
[[nodiscard]] std::span<const Section* const> scenario_sections();
/// The sections of a step, one per verb; the first key of each is its verb.
[[nodiscard]] std::span<const Section* const> step_sections();
/// The sections of a client.toml.
[[nodiscard]] std::span<const Section* const> client_sections();

}  // namespace halfopen::scenario
