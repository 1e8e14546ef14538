// What the loader makes of a link and its changes.
#include "loaded.h"

using namespace halfopen;
using namespace halfopen::scenario;
using namespace std::chrono_literals;

TEST_CASE("a profile sets both directions, other keys override it, up and down override both") {
  const link::Link link =
      load("[link]\nprofile = \"3g\"\nloss = \"2%\"\nup = { loss = \"5%\", delay = \"1s\" }").link;
  CHECK(link.profile == "3g");
  CHECK(link.down.delay == 150ms);
  CHECK(link.down.rate == 1.6e6);
  CHECK(link.up.rate == 768e3);
  CHECK(link.up.delay == 1s);
  CHECK(link.up.loss == link::Loss{link::Bernoulli{0.05}});
  CHECK(link.down.loss == link::Loss{link::Bernoulli{0.02}});
}

TEST_CASE("loss is a share, bursts or outages") {
  const auto loss = [](const std::string& text) {
    return load("[link]\nloss = " + text).link.up.loss;
  };
  CHECK(loss("\"0%\"") == link::Loss{link::NoLoss{}});
  CHECK(loss("\"3%\"") == link::Loss{link::Bernoulli{0.03}});
  CHECK(loss("{ p = \"1%\", r = 0.25 }") == link::Loss{link::GilbertElliott{0.01, 0.25, 1, 0}});
  CHECK(loss("{ p = 0.02, r = 0.1, bad = \"70%\", good = 0.001 }") ==
        link::Loss{link::GilbertElliott{0.02, 0.1, 0.7, 0.001}});
  CHECK(loss("{ on = \"5s\", off = \"2s\" }") == link::Loss{link::Outages{5s, 2s}});
}

TEST_CASE("a change of the link starts from the scenario's own link") {
  const Scenario scenario = load(
      "[link]\ndelay = \"40ms\"\n[[at]]\ntime = \"1s\"\nlink = { loss = \"30%\", state = \"up\" "
      "}\n[[at]]\ntime = \"2s\"\nlink = \"down\"\n[[at]]\ntime = \"3s\"\nlink = {}");
  const link::Change& lossy = *scenario.at.at(0).link;
  CHECK(lossy.up->delay == 40ms);
  CHECK(lossy.down->loss == link::Loss{link::Bernoulli{0.3}});
  CHECK(lossy.state == link::State::up);
  CHECK(lossy.text == "loss 30%, up");
  const link::Change& down = *scenario.at.at(1).link;
  CHECK(down.state == link::State::down);
  CHECK_FALSE(down.up);
  CHECK(down.text == "down");
  CHECK(scenario.at.at(2).link->up == scenario.link.up);
  CHECK(scenario.at.at(2).link->text == "as at the start");
}

TEST_CASE("a middlebox is a part of the link, and a change starts from it") {
  const Scenario scenario = load(
      "[link]\nidle = \"5s\"\nmtu = 1200\n[[at]]\ntime = \"1s\"\n"
      "link = { mtu = { size = 1300, icmp = false } }\n[[at]]\ntime = \"2s\"\nlink = \"rebind\"\n"
      "[[at]]\ntime = \"3s\"\nlink = \"blackhole-down\"");
  CHECK(scenario.link.middlebox ==
        link::Middlebox{link::Idle{5s, link::Idle::How::forget}, link::LargestPacket{1200, true}});
  const link::Change& changed = *scenario.at.at(0).link;
  CHECK(changed.middlebox->idle == scenario.link.middlebox.idle);
  CHECK(changed.middlebox->largest == link::LargestPacket{1300, false});
  const link::Change& rebind = *scenario.at.at(1).link;
  CHECK(rebind.rebind);
  CHECK_FALSE(rebind.state);
  CHECK(rebind.text == "rebind");
  CHECK(scenario.at.at(2).link->state == link::State::blackhole_down);
}
