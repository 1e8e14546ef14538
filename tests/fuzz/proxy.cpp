// A proxy: what a client says to one, in pieces, as the first byte says; the second byte chooses
// the fault.
#include <array>
#include <cstdlib>

#include "nowhere.h"
#include "pieces.h"
#include "scenario/loader.h"

using namespace halfopen;

namespace {

scenario::Scenario story(const char* world) {
  const auto loaded = scenario::load_scenario(
      std::string("about = \"A proxy.\"\n") + world + "[expect]\nattempts = 1\n", "fuzz.toml");
  if (!loaded.value) std::abort();
  return *loaded.value;
}

const scenario::Scenario& story_of(std::uint8_t choice) {
  static const std::array stories{
      story("[server]\nproxy = \"http\"\n"),
      story("[server]\nproxy = { credentials = \"a:b\" }\n"),
      story("[server]\nproxy = \"http\"\n[[attempt]]\nproxy = \"forbidden\"\n"),
      story("[[attempt]]\nproxy = \"strips-upgrade\"\n"),
      story("[[attempt]]\nproxy = { fault = \"captive-portal\", login = \"/\" }\n"),
      story("[[attempt]]\nproxy = { fault = \"closes-idle\", after = \"2ms\" }\n"),
  };
  return stories.at(choice % stories.size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  if (size < 2) return 0;
  const std::size_t piece = std::size_t{data[0]} + 1;
  fuzz::Nowhere nowhere;
  trace::Recorder recorder({}, Time{});
  run::World world({story_of(data[1]), recorder, nowhere}, {.authority = "server.test:8080"},
                   Time{});
  fuzz::play_in_pieces(world, ByteView(data, size).subspan(2), piece);
  return 0;
}
