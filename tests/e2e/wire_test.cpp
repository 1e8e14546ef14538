// What the packet link sees of the wire that neither end does.
#include <catch2/catch.hpp>

#include "support/machine.h"
#include "support/program.h"
#include "support/scratch.h"

using namespace halfopen;
using namespace halfopen::e2e;

namespace {

Ended run(const Scratch& scratch, const std::string& scenario) {
  scratch.write("wire.toml", scenario);
  Start start;
  start.directory = scratch.path();
  start.arguments = {"run",    "wire.toml", "--client",    source_folder + "/clients/reference",
                     "--link", "packet",    "--trace-dir", "."};
  return run_program(start);
}

}  // namespace

TEST_CASE("data that vanishes behind a silent fault is in the trace") {
  if (!has_packet_link()) return;
  const Scratch scratch;
  const Ended ended =
      run(scratch,
          "about = \"The client speaks into the dark.\"\n"
          "[[attempt]]\n"
          "steps = [{ tell = \"send\", text = \"heard\" }, { expect = \"heard\" },\n"
          "  { drop = \"silent\" }, { tell = \"send\", text = \"lost\" }]\n"
          "[expect]\nattempts = \"1..\"\nsettle = \"500ms\"\nwithin = \"10s\"\n");
  INFO(ended.whole());
  int vanished = 0;
  for (const trace::Event& event : scratch.trace("wire.reference.jsonl").events)
    if (const auto* lost = std::get_if<trace::DataLost>(&event.body))
      vanished += lost->from == trace::Side::client && lost->fate == trace::Fate::blackholed;
  CHECK(vanished > 0);
  CHECK(ended.out.find("client → data") != std::string::npos);
}

TEST_CASE("what the server wrote right before a silent fault still arrives") {
  if (!has_packet_link()) return;
  const Scratch scratch;
  const Ended ended = run(scratch,
                          "about = \"Nothing comes behind the 101.\"\n"
                          "[[attempt]]\nsteps = [{ drop = \"silent\" }]\n"
                          "[expect]\nattempts = \"1..\"\nsettle = \"0s\"\nwithin = \"2s\"\n");
  INFO(ended.whole());
  int opens = 0;
  for (const trace::Event& event : scratch.trace("wire.reference.jsonl").events)
    if (const auto* report = std::get_if<trace::ClientEvent>(&event.body))
      opens += report->reported == trace::Report::open;
  CHECK(opens == 1);
}

TEST_CASE("a firewall's RST is not the client's") {
  if (!has_packet_link()) return;
  const Scratch scratch;
  const Ended ended =
      run(scratch,
          "about = \"A firewall forgets the connection, and the server speaks.\"\n"
          "[link]\nidle = { after = \"300ms\", how = \"reset\" }\n"
          "[[attempt]]\n"
          "steps = [{ wait = \"800ms\" }, { send = \"x\" }, { expect = \"y\", within = \"5s\" }]\n"
          "[expect]\nattempts = \"1..\"\nsettle = \"0s\"\nwithin = \"10s\"\n");
  INFO(ended.whole());
  CHECK(ended.code == 1);
  CHECK(ended.out.find("a middlebox reset TCP (RST)") != std::string::npos);
}
