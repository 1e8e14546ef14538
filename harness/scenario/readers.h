// The parts of the scenario loader, one file each. Every one of them reports what is wrong and
// returns what it could make out.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "scenario/scenario.h"
#include "scenario/table_reader.h"

namespace halfopen::scenario {

/// [link], or the table of a change on top of `base`.
[[nodiscard]] link::Link read_link(const TableReader& table, link::Link base = {});
/// `link = …` of a step, [[at]] or [[when]]: `base` is the scenario's own link.
[[nodiscard]] std::optional<link::Change> read_change(const TableReader& table,
                                                      const link::Link& base);

/// `connections = …` of [server].
[[nodiscard]] std::optional<ConnectionLimit> read_connections(const TableReader& server);

/// `idle = …` and `mtu = …`
void read_middlebox(const TableReader& table, link::Middlebox& middlebox);

/// `loss = …`: a share, a table of bursts (Gilbert-Elliott) or of outages.
[[nodiscard]] std::optional<link::Loss> as_loss(const Node& node, const KeySite& at);

/// A fault by its name and its parameters, which stand in the same table. `key` names the fault.
[[nodiscard]] std::optional<faults::Use> read_fault(const TableReader& table, std::string_view key,
                                                    faults::Layer layer);
/// The same where the key is `fault`, with the `chance` beside it.
[[nodiscard]] std::optional<faults::Use> read_fault_by_chance(const TableReader& table,
                                                              faults::Layer layer);
/// The parameters of a fault as keys of a table; empty for a name that is no fault.
[[nodiscard]] std::vector<Key> parameter_keys(faults::Layer layer, const Node* name);

/// `dns = …`
[[nodiscard]] std::optional<faults::Use> read_dns(const TableReader& attempt);
/// `port = …`
[[nodiscard]] std::optional<faults::Use> read_port(const TableReader& attempt);
/// `proxy = …` of [server]
[[nodiscard]] std::optional<Proxy> read_server_proxy(const TableReader& server);
/// `proxy = …` of an attempt
[[nodiscard]] ProxyFault read_proxy(const TableReader& attempt);
/// `tls = …`
[[nodiscard]] Tls read_tls(const TableReader& attempt);
/// `handshake = …`
[[nodiscard]] Handshake read_handshake(const TableReader& attempt);

/// `request = …` of [expect]: a table or an array of tables.
[[nodiscard]] std::vector<RequestExpectation> read_requests(const TableReader& expect);

/// `expect = …` of a step: a string or a table.
[[nodiscard]] std::optional<Match> as_match(const Node& node, const KeySite& at);
/// `messages = …` of [expect]: a table or an array of tables.
[[nodiscard]] std::vector<MessageExpectation> read_messages(const TableReader& expect);
/// `curve = …` of [expect].
[[nodiscard]] std::optional<Curve> as_curve(const Node& node, const KeySite& at);
/// `client = …` of [expect].
void read_expect_client(const TableReader& table, Expect& expect);

/// `auth = …` of a handshake.
[[nodiscard]] std::optional<Auth> as_auth(const Node& node, const KeySite& at);

/// `{ read = … }`
[[nodiscard]] std::optional<StepBody> read_reading(const TableReader& table);
/// `{ write = … }`
[[nodiscard]] std::optional<StepBody> read_writing(const TableReader& table);

/// The fields beside a `tell` of an action that is the client's own: they may have any name.
[[nodiscard]] std::vector<Key> own_fields(const Node::Table& keys, bool in_step);
/// `tell = …` with the keys beside it.
[[nodiscard]] std::optional<Tell> read_tell(const TableReader& table);
/// An event that clients report; complains about near misses of the usual ones.
[[nodiscard]] std::optional<std::string> as_event(const Node& node, const KeySite& at);
void check_event_name(std::string_view name, Place place, Problems& problems);

/// `after`, `in` and `chance` of a step that strikes.
void read_strike(const TableReader& table, Step& step);
/// `frame = {…}`
[[nodiscard]] FrameStep read_frame(const TableReader& table);
/// The value in JSON's notation; none if it holds a date, or a number that is not finite.
[[nodiscard]] std::optional<std::string> to_json(const Node& node);

/// The steps of an attempt.
[[nodiscard]] std::vector<Step> read_steps(const Node::Array& steps, const link::Link& base,
                                           Problems& problems);

[[nodiscard]] std::vector<Attempt> read_attempts(const TableReader& root, const link::Link& base);
[[nodiscard]] std::vector<At> read_at(const TableReader& root, const link::Link& base);
[[nodiscard]] std::vector<When> read_when(const TableReader& root, const link::Link& base);
[[nodiscard]] Expect read_expect(const TableReader& root);
/// Its keys about TLS.
void read_expect_tls(const TableReader& table, Expect& expect);

/// The entries of an array of tables (`[[attempt]]`); reports any other type.
template <class Use>
void for_each_table(const TableReader& root, std::string_view key, const Use& use) {
  if (const Node* node = root.node(key); node != nullptr && node->get<Node::Table>() != nullptr) {
    root.site(key).problem(*node, "write [[" + std::string(key) + "]], in two brackets");
    return;
  }
  const Node::Array* array = root.array(key);
  if (array == nullptr) return;
  for (const Node& item : *array)
    if (const auto* table = item.get<Node::Table>())
      use(*table, item.place);
    else
      root.site(key).wrong_type(item);
}

/// A table, or each one of an array of tables; reports any other type.
template <class Use>
void for_each_or_one(const TableReader& table, std::string_view key, const Use& use) {
  const Node* node = table.node(key);
  if (node == nullptr) return;
  const auto read = [&](const Node& item) {
    if (const auto* keys = item.get<Node::Table>())
      use(*keys, item.place);
    else
      table.site(key).wrong_type(item);
  };
  if (const auto* array = node->get<Node::Array>())
    for (const Node& item : *array) read(item);
  else
    read(*node);
}

}  // namespace halfopen::scenario
