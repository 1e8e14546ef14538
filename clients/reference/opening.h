// The opening handshake as this client does it: the correct check of the answer, and the blind
// spots of its mutants.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "policy.h"
#include "url.h"
#include "ws/client_handshake.h"
#include "ws/response.h"

namespace reference {

class Opening {
 public:
  enum class State {
    waiting,  ///< For the rest of the answer.
    open,
    refused,  ///< problem() says why; the connection is to be failed.
    hung,     ///< A mutant that could not parse the answer waits for ever.
  };

  /// `headers` go into the request beside those of every handshake; `protocols` are offered.
  Opening(const Policy& policy, const Url& url, const halfopen::ws::Headers& headers,
          const std::vector<std::string>& protocols)
      : policy_(policy),
        offer_{.protocols = protocols, .deflate = policy.offers_deflate},
        handshake_(
            halfopen::ws::make_client_handshake(url.authority(), url.target, headers, offer_)) {}

  [[nodiscard]] const std::string& request() const { return handshake_.request; }
  /// Returns how many of the bytes belong to the answer; the rest are frames.
  std::size_t feed(halfopen::ByteView bytes);
  [[nodiscard]] State state() const { return state_; }
  [[nodiscard]] const std::string& problem() const { return problem_; }
  /// Whether a mutant takes its refusal for the end: it does not retry.
  [[nodiscard]] bool is_final() const { return final_; }
  /// What was agreed on, once it is open.
  [[nodiscard]] const std::optional<halfopen::ws::Deflate>& deflate() const { return deflate_; }
  /// A header of a refusal (Retry-After, Location), or "".
  [[nodiscard]] std::string header(std::string_view name) const;

 private:
  void judge();
  [[nodiscard]] halfopen::ws::Response as_policy_sees_it() const;
  [[nodiscard]] std::string dislike_of_choice() const;
  [[nodiscard]] bool is_worded_as_in_the_rfc() const;

  const Policy& policy_;
  halfopen::ws::Offer offer_;
  halfopen::ws::ClientHandshake handshake_;
  halfopen::ws::ResponseReader reader_;
  bool final_ = false;
  std::string seen_;  ///< The answer as it came, for the mutant that wants it word for word.
  State state_ = State::waiting;
  std::string problem_;
  std::optional<halfopen::ws::Deflate> deflate_;
};

}  // namespace reference
