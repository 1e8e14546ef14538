// The parts of the scenario loader, one file each. Every one of them reports what is wrong and
// returns what it could make out.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "scenario/scenario.h"
#include "scenario/schema_made.h"
#include "scenario/sections.h"
#include "scenario/table_reader.h"

namespace halfopen::scenario {

/// The forms of keys whose section stands in another file. They are made anew each time, for the
/// sections are made before main, in no order.
namespace form {

[[nodiscard]] Form<Proxy> server_proxy();
[[nodiscard]] Form<ConnectionLimit> connections();
[[nodiscard]] Form<Page> page();
[[nodiscard]] Form<link::Loss> loss();
[[nodiscard]] Form<link::Idle> idle();
[[nodiscard]] Form<link::LargestPacket> mtu();
[[nodiscard]] Form<faults::Use> dns();
/// None: it is open.
[[nodiscard]] Form<std::optional<faults::Use>> port();
[[nodiscard]] Form<faults::Use> proxy();
[[nodiscard]] Form<faults::Use> tls();
[[nodiscard]] Form<Handshake> handshake();
[[nodiscard]] Form<Auth> auth();
[[nodiscard]] Form<Match> match();
[[nodiscard]] Form<Expect> expect();
[[nodiscard]] Form<Curve> curve();
[[nodiscard]] Form<std::vector<RequestExpectation>> requests();
[[nodiscard]] Form<ClosesWith> closes_with();
[[nodiscard]] Form<std::vector<MessageExpectation>> messages();
[[nodiscard]] Form<std::vector<std::string>> tls_alert();

}  // namespace form

/// [link], or the table of a change on top of `base`.
[[nodiscard]] link::Link read_link(const TableReader& table, link::Link base = {});
/// `link = …` of a step, [[at]] or [[when]]: `base` is the scenario's own link.
[[nodiscard]] std::optional<link::Change> read_change(const TableReader& table,
                                                      const link::Link& base);
[[nodiscard]] Key change_key();

/// A fault by its name alone.
[[nodiscard]] std::optional<faults::Use> as_fault(const Node& node, const KeySite& at,
                                                  faults::Layer layer);
/// A fault by its name and its parameters, which stand in the same table. `key` names the fault.
[[nodiscard]] std::optional<faults::Use> read_fault(const TableReader& table, std::string_view key,
                                                    faults::Layer layer);
/// The same where the key is `fault`, with the `chance` beside it.
[[nodiscard]] std::optional<faults::Use> read_fault_by_chance(const TableReader& table,
                                                              faults::Layer layer);
/// The parameters of a fault as keys of a table; empty for a name that is no fault.
[[nodiscard]] std::vector<Key> parameter_keys(faults::Layer layer, const Node* name);

/// What a message must be, by one of `regex`, `json`, `hex` and `any`.
[[nodiscard]] std::optional<Match> read_match(const TableReader& table);

/// `client = …` of [expect].
void read_expect_client(const TableReader& table, Expect& expect);

/// `tell = …` with the keys beside it.
[[nodiscard]] std::optional<Tell> read_tell(const TableReader& table);
[[nodiscard]] std::vector<Key> tell_keys();
/// The fields of an action of the client's own, beside the keys of the section and `more`: they are
/// passed on whatever they are. A near miss of a key is none of them.
[[nodiscard]] std::vector<Key> own_fields(const Node::Table& table, const Section& section,
                                          const std::vector<Key>& more = {});
/// An event that clients report; complains about near misses of the usual ones.
[[nodiscard]] std::optional<std::string> as_event(const Node& node, const KeySite& at);
void check_event_name(std::string_view name, Place place, Problems& problems);

/// `after`, `in` and `chance` of a step that strikes.
void read_strike(const TableReader& table, Step& step);
[[nodiscard]] std::vector<Key> strike_keys();
/// A Close code, or none for `true`.
[[nodiscard]] std::optional<std::optional<int>> as_code_or_true(const Node& node,
                                                                const KeySite& at);
/// Steps of these verbs.
[[nodiscard]] std::optional<StepBody> read_close(const TableReader& table, const link::Link&);
[[nodiscard]] std::optional<StepBody> read_drop(const TableReader& table, const link::Link&);
[[nodiscard]] std::optional<StepBody> read_frame_step(const TableReader& table, const link::Link&);
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
/// [[reply]] of the scenario, or of an attempt.
[[nodiscard]] std::vector<Reply> read_replies(const TableReader& root, const link::Link& base);
[[nodiscard]] std::vector<Every> read_every(const TableReader& root);

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

}  // namespace halfopen::scenario
