// A whole server: one connection's bytes from the handshake to the end, through the session.
#include <algorithm>

#include "nowhere.h"
#include "run/session.h"
#include "scenario/loader.h"

using namespace halfopen;

namespace {

scenario::Scenario story() {
  const auto loaded = scenario::load_scenario(
      "about = \"Everything that a step can wait for.\"\n[[attempt]]\nsteps = [\n"
      "{ expect = { json = { type = \"a\" } }, within = \"1s\" },\n"
      "{ expect = { regex = \"(a+)+b\" }, within = \"1s\" },\n"
      "{ ping = \"p\", pong_within = \"1s\" },\n{ echo = true }]\n[expect]\nattempts = 1\n",
      "fuzz.toml");
  return *loaded.value;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  static const scenario::Scenario scenario = story();
  if (size == 0) return 0;
  const std::size_t piece = std::size_t{data[0]} + 1;
  fuzz::Nowhere nowhere;
  trace::Recorder recorder({}, Time{});
  run::Session session({scenario, recorder, nowhere, nullptr, false}, Time{});
  const int attempt = session.begin_attempt(Time{}, "192.0.2.10:1").attempt;
  session.accepted(Time{}, attempt);
  Time now{};
  for (ByteView rest = ByteView(data, size).subspan(1); !rest.empty();) {
    const ByteView part = rest.first(std::min(piece, rest.size()));
    session.received(now += std::chrono::milliseconds(1), attempt, part);
    rest = rest.subspan(part.size());
  }
  session.tick(session.deadline());
  session.peer_finished(now, attempt);
  session.finish(now);
  return 0;
}
