// How each fault of the layer dns answers look-ups.
#include <catch2/catch.hpp>
#include <utility>

#include "faults/fault.h"

using namespace halfopen;
using namespace halfopen::faults;
using namespace std::chrono_literals;

namespace {

Resolution misled(std::string_view name, Arguments arguments = {}) {
  Use use{find(Layer::dns, name), std::move(arguments)};
  REQUIRE(use.fault != nullptr);
  complete(use);
  Resolution resolution;
  use.fault->mislead(resolution, use.arguments);
  return resolution;
}

}  // namespace

TEST_CASE("some faults of dns leave the client without an address") {
  CHECK(misled("nxdomain").code == 3);
  CHECK(misled("servfail").code == 2);
  CHECK(misled("refused").code == 5);
  CHECK(misled("no-data").empty);
  CHECK(misled("timeout").silent);
  for (const char* name : {"nxdomain", "servfail", "refused", "no-data", "timeout"})
    CHECK_FALSE(misled(name).resolves());
}

TEST_CASE("the other faults of dns lead to an address in the end") {
  for (const char* name : {"slow", "truncated", "moved", "dead-ipv6", "ttl"})
    CHECK(misled(name).resolves());
  CHECK(Resolution{}.resolves());
}

TEST_CASE("the parameters of dns faults") {
  CHECK(misled("slow").delay == 1s);
  CHECK(misled("slow", {{"delay", Duration(3s)}}).delay == 3s);
  CHECK(misled("truncated").tcp == Resolution::Tcp::answers);
  CHECK(misled("truncated", {{"tcp", "refused"}}).tcp == Resolution::Tcp::refuses);
  CHECK_FALSE(misled("truncated", {{"tcp", "refused"}}).resolves());
  CHECK_FALSE(misled("truncated", {{"tcp", "silent"}}).resolves());
  CHECK(misled("moved").left == Resolution::Left::unreachable);
  CHECK(misled("moved", {{"old", "closed"}}).left == Resolution::Left::closed);
  CHECK(misled("moved", {{"old", "filtered"}}).left == Resolution::Left::filtered);
  CHECK(misled("ttl").ttl == 60);
  CHECK_THROWS_WITH(misled("ttl", {{"time", Duration(1500ms)}}),
                    "set a TTL: it is a whole number of seconds, up to 2147483647");
}
