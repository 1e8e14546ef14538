// Seeded chaos.
#include <random>

#include "play.h"
#include "ws/frame.h"

using namespace halfopen;
using namespace halfopen::run;

namespace {

using Dice = std::mt19937;

std::size_t roll(Dice& dice, std::size_t sides) { return dice() % sides; }

Bytes noise(Dice& dice) {
  Bytes bytes(roll(dice, 300));
  for (auto& byte : bytes) byte = static_cast<std::uint8_t>(dice());
  return bytes;
}

Bytes likely_frame(Dice& dice) {
  ws::FrameHead head;
  head.opcode = static_cast<std::uint8_t>(roll(dice, 16));
  head.fin = roll(dice, 4) != 0;
  if (roll(dice, 20) != 0) head.mask = dice();
  if (roll(dice, 30) == 0) head.declared_length = std::uint64_t{dice()} << roll(dice, 32);
  Bytes bytes;
  ws::encode(bytes, head, noise(dice));
  return bytes;
}

const char* const stories[] = {
    "",
    "[[attempt]]\ntimes = 2\nhandshake = \"wrong-accept\"\n",
    "[[attempt]]\nhandshake = { drip = \"1ms\" }\nsteps = [{ wait = \"5ms\" }, { send = \"x\" }]\n",
    "[[attempt]]\ntimes = 3\nsteps = [{ expect = { any = true } }, { close = 1012 }]\n",
    "[[attempt]]\nsteps = [{ ping = \"p\", pong_within = \"1s\" }, { drop = \"reset\" }]\n"
    "[[attempt]]\nsteps = [{ expect = { any = true } }, { drop = \"deaf\" }]\n",
    "[[attempt]]\nsteps = [{ expect = { regex = \"a\" } }, { drop = \"mid-frame\" }, { wait = "
    "\"1s\" }]\n[[attempt]]\nhandshake = \"never\"\n",
    "[[attempt]]\nsteps = [{ tell = \"connect\" }, { expect_close = true }]\n[[at]]\ntime = "
    "\"3ms\"\nlink = \"down\"\n[[when]]\nevent = \"open\"\ntell = \"connect\"\n",
};

void one_random_act(Play& play, Dice& dice) {
  switch (roll(dice, 12)) {
    case 0:
      play.connect();
      break;
    case 1:
    case 2:
      play.open();
      break;
    case 3:
      play.sends(noise(dice));
      break;
    case 4:
      play.ends();
      break;
    case 5:
      play.resets();
      break;
    case 6:
      play.reports(roll(dice, 2) == 0 ? "open" : "close");
      break;
    case 7:
      play.until(play.now + Duration(dice() % 20'000'000));
      break;
    case 8:
      play.world.received(Time(play.now), static_cast<int>(roll(dice, 9)) - 1, noise(dice));
      break;
    case 9:
      play.sends(client_frame(ws::Opcode::text, "abc"));
      break;
    default:
      play.sends(likely_frame(dice));
  }
}

}  // namespace

TEST_CASE("whatever a client does in whatever order, the core holds") {
  for (unsigned seed = 0; seed < 1500; ++seed) {
    INFO("seed " << seed);
    Dice dice(seed);
    const bool tls = seed % 5 == 4;
    static const crypto::Authority authority;
    static const auto identities =
        std::make_shared<crypto::Identities>(authority, std::vector<std::string>{"server.test"});
    Play play(stories[roll(dice, std::size(stories))], seed % 2 == 0, tls ? identities : nullptr);
    for (int act = 0; act < 60; ++act) one_random_act(play, dice);
    REQUIRE(!play.until_over().empty());
    play.world.finish(Time(play.now));
    REQUIRE(play.recorder.trace().events.size() < 5000);
  }
}
