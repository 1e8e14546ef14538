// Who did what ended a connection.
#pragma once

#include "trace/words.h"

namespace halfopen::run {

using trace::By;

/// "the client", "the server", "a middlebox".
[[nodiscard]] constexpr const char* in_words(By by) {
  switch (by) {
    case By::client:
      return "the client";
    case By::server:
      return "the server";
    case By::middlebox:
      return "a middlebox";
  }
  return "";
}

}  // namespace halfopen::run
