// A whole server: one connection's bytes from the handshake to the end, through the core of a run.
#include "nowhere.h"
#include "pieces.h"
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
  run::World world({scenario, recorder, nowhere}, {}, Time{});
  fuzz::play_in_pieces(world, ByteView(data, size).subspan(1), piece);
  return 0;
}
