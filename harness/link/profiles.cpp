// Access networks by name. The first eleven have WebPageTest's figures; the lossy ones are the
// first where noted, with losses added.
#include <algorithm>
#include <array>

#include "link/settings.h"

namespace halfopen::link {
namespace {

struct Row {
  const char* name;
  int round_trip_ms;
  double down_kbit;  ///< 0: unlimited.
  double up_kbit;
  double down_loss = 0;
  double up_loss = 0;
};

constexpr std::array<Row, 16> rows{{
    {"cable", 28, 5000, 1000},
    {"dsl", 50, 1500, 384},
    {"3g-slow", 400, 400, 400},
    {"3g", 300, 1600, 768},
    {"3g-fast", 150, 1600, 768},
    {"4g", 170, 9000, 9000},
    {"lte", 70, 12000, 12000},
    {"edge", 840, 240, 200},
    {"2g", 800, 280, 256},
    {"dial-up", 120, 49, 30},
    {"fios", 4, 20000, 5000},
    {"3g-lossy", 200, 780, 330, 0.01, 0},
    {"edge-lossy", 840, 240, 200, 0.01, 0},
    {"wifi-poor", 40, 30000, 30000, 0.002, 0.002},
    {"satellite", 40, 0, 0, 0.025, 0.025},
    {"very-bad-network", 1000, 1000, 1000, 0.1, 0.1},
}};

Settings one_way(int round_trip_ms, double kbit, double loss) {
  Settings settings;
  settings.delay = Duration(std::chrono::milliseconds(round_trip_ms)) / 2;
  if (kbit > 0) settings.rate = kbit * 1000;
  if (loss > 0) settings.loss = Bernoulli{loss};
  return settings;
}

std::vector<Link> make_profiles() {
  std::vector<Link> profiles;
  for (const Row& row : rows) {
    Link link;
    link.down = one_way(row.round_trip_ms, row.down_kbit, row.down_loss);
    link.up = one_way(row.round_trip_ms, row.up_kbit, row.up_loss);
    link.profile = row.name;
    profiles.push_back(std::move(link));
  }
  return profiles;
}

const std::vector<Link>& profiles() {
  static const std::vector<Link> all = make_profiles();
  return all;
}

}  // namespace

const Link* find_profile(const std::string& name) {
  const auto found = std::find_if(profiles().begin(), profiles().end(),
                                  [&](const Link& link) { return link.profile == name; });
  return found == profiles().end() ? nullptr : &*found;
}

std::vector<std::string> profile_names() {
  std::vector<std::string> names;
  for (const Link& link : profiles()) names.push_back(link.profile);
  return names;
}

}  // namespace halfopen::link
