// Proof by outsiders: what openssl and curl, unmodified, make of the faults of TLS. Their own words
// and exit codes say whether each fault is what it claims to be.
#include <unistd.h>

#include <array>
#include <catch2/catch.hpp>

#include "support/program.h"
#include "support/scratch.h"

using namespace halfopen::e2e;

namespace {

struct Row {
  const char* fault;    ///< As `tls = …` in a scenario.
  const char* openssl;  ///< What `openssl s_client` prints.
  int curl;             ///< curl's exit code: 60 for a certificate, 35 for TLS otherwise.
  const char* alert;    ///< What both send, "" if they have no reason to.
};

constexpr int bad_certificate = 60;
constexpr int bad_tls = 35;

constexpr std::array rows{
    Row{R"("expired")", "num=10:certificate has expired", bad_certificate, "certificate_expired"},
    Row{R"("not-yet-valid")", "num=9:certificate is not yet valid", bad_certificate,
        "bad_certificate"},
    Row{R"("self-signed")", "num=18:self-signed certificate", bad_certificate, "unknown_ca"},
    Row{R"("unknown-root")", "num=19:self-signed certificate in certificate chain", bad_certificate,
        "unknown_ca"},
    Row{R"("incomplete-chain")", "num=20:unable to get local issuer certificate", bad_certificate,
        "unknown_ca"},
    Row{R"("wrong-key-usage")", "num=26:unsuitable certificate purpose", bad_certificate,
        "unsupported_certificate"},
    Row{R"("weak-key")", "num=66:EE certificate key too weak", bad_certificate, "bad_certificate"},
    Row{R"("sha1")", "num=68:CA signature digest algorithm too weak", bad_certificate,
        "bad_certificate"},
    // curl verifies names outside TLS, and ends without an alert.
    Row{R"("wrong-host")", "num=64:IP address mismatch", bad_certificate, ""},
    Row{R"("no-san")", "num=64:IP address mismatch", bad_certificate, ""},
    Row{R"({ fault = "alert", name = "handshake_failure" })", "alert handshake failure", bad_tls,
        ""},
    Row{R"({ fault = "alert", name = "unrecognized_name" })", "unrecognized name", bad_tls, ""},
    Row{R"("plain-text")", "wrong version number", bad_tls, ""},
    // A relay may turn an RST right behind data into a FIN.
    Row{R"({ fault = "reset", after = "server-hello" })", "errno=104|unexpected eof", bad_tls, ""},
    Row{R"({ fault = "fin", after = "server-hello" })", "unexpected eof", bad_tls, ""},
};

const std::string openssl_command =
    "openssl s_client -connect {host}:{port} -CAfile {ca} -verify_return_error -verify_ip "
    "127.0.0.1";
const std::string curl_command = "curl -sS --max-time 20 --cacert {ca} https://{host}:{port}/";

bool is_installed(const std::string& program) {
  if (::access(("/usr/bin/" + program).c_str(), X_OK) == 0) return true;
  WARN(program << " is not installed: it could not be asked");
  return false;
}

std::string scenario(const Row& row, const std::string& client) {
  std::string text = "about = \"The server has a fault of TLS.\"\n[server]\ntls = true\n";
  text += "[[attempt]]\ntls = " + std::string(row.fault) + "\n[expect]\nattempts = 1\nopens = 0\n";
  text += "within = \"25s\"\nclient = { " + client + " }\n";
  if (*row.alert != '\0') text += "tls_alert = \"" + std::string(row.alert) + "\"\n";
  return text;
}

/// All rows in one run, side by side. By --strict another alert is a failure.
Ended ask(const std::string& command, std::string (*expected)(const Row&)) {
  const Scratch scratch;
  std::vector<std::string> arguments{"run"};
  for (std::size_t i = 0; i < rows.size(); ++i)
    arguments.push_back(scratch.write("row" + std::to_string(i) + ".toml",
                                      scenario(rows.at(i), expected(rows.at(i)))));
  for (const char* word : {"--strict", "--link", "stream", "--client"})
    arguments.emplace_back(word);
  arguments.push_back(command);
  return run_halfopen(arguments);
}

}  // namespace

TEST_CASE("openssl names each fault of TLS in its own words") {
  if (!is_installed("openssl")) return;
  const Ended ended = ask(openssl_command, [](const Row& row) {
    return "exit = 1, output = '" + std::string(row.openssl) + "'";
  });
  INFO(ended.whole());
  CHECK(ended.code == 0);
}

TEST_CASE("curl ends with its exit code for each fault of TLS") {
  if (!is_installed("curl")) return;
  const Ended ended =
      ask(curl_command, [](const Row& row) { return "exit = " + std::to_string(row.curl); });
  INFO(ended.whole());
  CHECK(ended.code == 0);
}

TEST_CASE("curl sees that a certificate is revoked, if it is told to look") {
  if (!is_installed("curl")) return;
  const Scratch scratch;
  const std::string story = scratch.write(
      "story.toml", scenario({R"("revoked")", "", 0, ""}, "exit = 91, output = 'keyCompromise'"));
  const Ended ended =
      run_halfopen({"run", story, "--link", "stream", "--client", curl_command + " --cert-status"});
  INFO(ended.whole());
  CHECK(ended.code == 0);
}

TEST_CASE("openssl and curl open where nothing is wrong with TLS") {
  const Scratch scratch;
  const std::string story =
      scratch.write("story.toml",
                    "about = \"All is well with TLS.\"\n[server]\ntls = true\n"
                    "[expect]\nattempts = 1\nwithin = \"25s\"\n"
                    "waive = [\"valid-handshake-request\", \"version-13\"]\n"
                    "client = { output = 'Verify return code: 0|HTTP' }\n");
  for (const std::string& command :
       {"echo | " + openssl_command + " -ign_eof", curl_command + " -i"}) {
    const Ended ended = run_halfopen({"run", story, "--link", "stream", "--client", command});
    INFO(ended.whole());
    CHECK(ended.code == 0);
  }
}

TEST_CASE("openssl resumes its session, and goes through the whole handshake where it is refused") {
  if (!is_installed("openssl")) return;
  const Scratch scratch;
  const std::string connect = "sleep 1 | " + openssl_command + " 2>&1";
  const std::string command = connect + " -sess_out $TMPDIR/session > $TMPDIR/first; " + connect +
                              " -sess_in $TMPDIR/session | " +
                              R"(sed -n 's/^\(New\|Reused\),.*/second: \1/p'; sleep 30)";
  for (const auto& [tls, seen] :
       {std::pair{"", "Reused"}, std::pair{"tls = \"resumption-refused\"\n", "New"}}) {
    const std::string story =
        scratch.write("story.toml",
                      "about = \"A session is offered again.\"\n[server]\ntls = true\n"
                      "[[attempt]]\n[[attempt]]\n" +
                          std::string(tls) +
                          "[expect]\nattempts = 2\nopens = 0\nwithin = \"8s\"\n"
                          "client = { output = 'second: " +
                          seen + "' }\n");
    const Ended ended = run_halfopen({"run", story, "--link", "stream", "--client", command});
    INFO(ended.whole());
    CHECK(ended.code == 0);
  }
}
