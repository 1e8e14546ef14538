// Who did what ended a connection.
#pragma once

namespace halfopen::run {

enum class By { client, server, middlebox };

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
