// What a client reports and sends, as far as the scenario waits for it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "run/context.h"

namespace halfopen::run {

class Reports {
 public:
  /// `client`: the number of the client, as events have it.
  Reports(const Context& context, int client) : context_(context), client_(client) {}

  /// A line that the client printed: what it reports by it; none where that is its log.
  [[nodiscard]] std::optional<trace::ClientEvent> read(Time now, trace::Stream stream,
                                                       const std::string& line);
  /// It reports that during that attempt.
  void reported(Time now, int attempt, const trace::ClientEvent& event);
  /// It has sent a message on that attempt's connection.
  void message_came(Time now, int attempt, ByteView payload);
  /// Something that it is to report, or to send, has not come often enough.
  [[nodiscard]] bool awaits_client() const;
  /// Something has come too often.
  [[nodiscard]] bool exceeds() const;
  /// When the first of what it is to report `by` a time, and has not reported, is due.
  [[nodiscard]] std::optional<Time> due() const;

 private:
  [[nodiscard]] bool is_report(const trace::ClientEvent& event);
  [[nodiscard]] bool known_to_report() const { return context_.client_reports || has_reported_; }

  const Context& context_;
  int client_;
  bool has_reported_ = false;
  bool bare_reports_ = false;       ///< A bare command has printed an `open`.
  std::vector<int> reports_seen_;   ///< How many fit each of `client`, in order.
  std::vector<int> messages_seen_;  ///< How many fit each of `messages`.
};

}  // namespace halfopen::run
