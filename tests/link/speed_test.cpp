// What the link costs for each packet. Hidden: prints figures, asserts none.
//   test_link '[speed]'
#include <catch2/catch.hpp>

#include <chrono>
#include <iostream>

#include "link/drop_rule.h"
#include "link/flow.h"
#include "packets.h"
#include "units.h"

namespace halfopen::link {
namespace {

constexpr int rounds = 1'000'000;

template <class Work>
void measure(const char* what, Work work) {
  const auto begin = std::chrono::steady_clock::now();
  for (int n = 1; n <= rounds; ++n) work(n);
  const std::chrono::duration<double, std::nano> time = std::chrono::steady_clock::now() - begin;
  std::cout << what << ": " << time.count() / rounds << " ns\n";
}

void decide_all(const char* what, const Settings& settings) {
  Pipeline link = up(settings);
  std::int64_t sum = 0;
  measure(what, [&](int n) {
    sum += link.decide(data(n), zero + n * 1us).copies[0].due.time_since_epoch().count();
  });
  CHECK(sum > 0);
}

TEST_CASE("nanoseconds a packet", "[.][speed]") {
  Settings settings;
  decide_all("decide, no impairment", settings);
  settings.delay = 25ms;
  settings.rate = 1e9;
  decide_all("decide, rate and delay", settings);
  settings.loss = Bernoulli{.01};
  decide_all("decide, rate, delay and loss", settings);
  settings.loss = GilbertElliott{.01, .25, 1, 0};
  decide_all("decide, rate, delay and bursts", settings);
  settings.loss = GilbertElliott{.00001, .00025, 1, 0};
  decide_all("decide, rate, delay and rare bursts", settings);
  settings.jitter = 5ms;
  settings.distribution = Distribution::pareto;
  settings.duplicate = settings.corrupt = settings.reorder = .01;
  settings.drop = {*parse_drop_rule("data 5").value};
  decide_all("decide, everything", settings);

  const Bytes packet = ipv4_data();
  std::size_t bytes = 0;
  measure("read_segment", [&](int) { bytes += read_segment(packet)->payload_size; });
  CHECK(bytes == std::uint64_t{5} * rounds);
  HalfFlow flow;
  Segment segment = *read_segment(packet);
  measure("identify and delivered", [&](int) {
    segment.sequence += 5;
    bytes += static_cast<std::size_t>(flow.identify(segment, 1).ordinal);
    flow.delivered(segment);
  });
  CHECK(flow.contiguous() == std::uint64_t{5} * rounds);
}

}  // namespace
}  // namespace halfopen::link
