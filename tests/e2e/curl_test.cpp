// Proof by an outsider: what the faults of the handshake put on the wire, in the words of curl,
// which knows nothing of halfopen. Its exit codes: `man curl`, "EXIT CODES".
#include <unistd.h>

#include <catch2/catch.hpp>

#include "support/machine.h"
#include "support/program.h"
#include "support/scratch.h"

using namespace halfopen::e2e;

namespace {

const std::string curl = "/usr/bin/curl";

struct Said {
  int code = -1;       ///< Its exit code.
  std::string output;  ///< What it printed: the answer, and why it does not like it.
};

/// Runs curl once against that handshake.
Said curl_on(const std::string& handshake, const std::string& options,
             const std::string& link = "stream") {
  const Scratch scratch;
  const std::string scenario =
      "about = \"curl looks at a handshake.\"\n[[attempt]]\ntimes = \"rest\"\nhandshake = " +
      handshake +
      "\n[expect]\nattempts = \"0..\"\nclient = { exit = 0 }\nwithin = \"30s\"\nwaive = "
      "[\"fresh-key\"]\n";
  const std::string client =
      curl + " -s -S -i --http1.1 --max-time 10 " + options +
      " -H 'Connection: Upgrade' -H 'Upgrade: websocket' -H 'Sec-WebSocket-Version: 13'"
      " -H 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==' $(echo {url} | sed s/^ws/http/) > " +
      scratch.path("output") + " 2>&1; echo $? > " + scratch.path("code");
  const Ended ended = run_halfopen(
      {"run", scratch.write("curl.toml", scenario), "--client", client, "--link", link});
  INFO(ended.whole());
  REQUIRE(ended.code == 0);
  return {std::stoi(scratch.read("code")), scratch.read("output")};
}

}  // namespace

TEST_CASE("curl names the faults of the handshake by its own exit codes") {
  if (::access(curl.c_str(), X_OK) != 0) {
    WARN("there is no curl here");
    return;
  }
  struct Case {
    std::string handshake;
    std::string options;
    int code;
    std::string says;
  };
  const Case cases[] = {
      {"\"never\"", "--max-time 1", 28, "timed out"},
      {"\"garbage\"", "", 1, "HTTP/0.9"},
      {"\"nul-byte\"", "", 8, "Nul byte in header"},
      {"{ fault = \"truncated\", bytes = 10, end = \"fin\" }", "", 52, "Empty reply"},
      {"{ fault = \"truncated\", bytes = 60 }", "--max-time 1", 28, "timed out"},
      {"{ fault = \"endless-header\", length = 60000 }", "", 56, "X-Endless: aaa"},
      {"{ fault = \"long-header\", length = 200000 }", "", 27, "Out of memory"},
      {"503", "--fail", 22, "503"},
      {"{ fault = \"retry-after\", status = 429, after = \"7s\" }", "", 0, "Retry-After: 7\r\n"},
      {"{ fault = \"redirect\", status = 307 }", "--location --max-redirs 0", 47,
       "Location: /elsewhere\r\n"},
      {"{ status = 200, body = \"ab\", headers = { Content-Length = \"10\" } }", "", 18,
       "8 bytes remaining"},
      {"{ auth = \"T2\" }", "--fail -H 'Authorization: Bearer T1'", 22, "401"},
  };
  for (const Case& each : cases) {
    CAPTURE(each.handshake);
    const Said said = curl_on(each.handshake, each.options);
    CHECK(said.code == each.code);
    CHECK_THAT(said.output, Catch::Matchers::Contains(each.says));
  }
}

TEST_CASE("curl sees the RST behind half an answer") {
  if (::access(curl.c_str(), X_OK) != 0 || !has_packet_link()) return;
  const Said said = curl_on("{ fault = \"truncated\", bytes = 60, end = \"reset\" }", "", "packet");
  CHECK(said.code == 56);
  CHECK_THAT(said.output, Catch::Matchers::Contains("reset by peer"));
}
