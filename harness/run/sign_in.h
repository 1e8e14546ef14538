// The token that a client must show in its first message: `auth = { where = "message" }`.
#pragma once

#include "base/bytes.h"
#include "scenario/scenario.h"

namespace halfopen::run {

class SignIn {
 public:
  SignIn(const scenario::Auth& auth, Time opened) : auth_(auth), until_(opened + auth.within) {}

  /// Whether that message shows the token: it is the token, or "Bearer" with it, or JSON in which
  /// some field of the right name, at any depth, has one of the two.
  [[nodiscard]] bool accepts(ByteView message) const;
  /// When the client's time is up.
  [[nodiscard]] Time deadline() const { return until_; }
  /// The Close with which the others are turned away.
  [[nodiscard]] scenario::CloseStep dismissal() const;

 private:
  const scenario::Auth& auth_;
  Time until_;
};

}  // namespace halfopen::run
