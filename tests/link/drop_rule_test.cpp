// Drop rules: what they mean, and what a mistake in one is told.
#include <catch2/catch.hpp>

#include "base/range.h"
#include "link/drop_rule.h"
#include "units.h"

namespace halfopen::link {
namespace {

using Kind = DropRule::Kind;

DropRule rule(std::string_view text) {
  const Parsed<DropRule> parsed = parse_drop_rule(text);
  INFO(text << ": " << parsed.problem);
  REQUIRE(parsed);
  return *parsed.value;
}

std::string problem(std::string_view text) {
  const Parsed<DropRule> parsed = parse_drop_rule(text);
  CHECK_FALSE(parsed);
  return parsed.problem;
}

TEST_CASE("a drop rule names a direction, a kind, which ones and how often") {
  const DropRule all = rule("fin");
  CHECK_FALSE(all.direction);
  CHECK(all.kind == Kind::fin);
  CHECK(all.first == 1);
  CHECK(all.last == no_limit);
  CHECK(all.transmissions == 1);
  CHECK(all.text == "fin");

  const DropRule one = rule("down data 5");
  CHECK(one.direction == Direction::down);
  CHECK(one.kind == Kind::data);
  CHECK(one.first == 5);
  CHECK(one.last == 5);

  const DropRule some = rule("  up   data 2-9  x3 ");
  CHECK(some.direction == Direction::up);
  CHECK(some.first == 2);
  CHECK(some.last == 9);
  CHECK(some.transmissions == 3);

  CHECK(rule("data x4").transmissions == 4);
  CHECK(rule("syn-ack").kind == Kind::syn_ack);
  CHECK(rule("down any 1-3").kind == Kind::any);
}

TEST_CASE("a mistake in a drop rule is told with its remedy") {
  CHECK(problem("") ==
        "it does not say what to drop: name one of syn, syn-ack, data, ack, fin, rst and any, such "
        "as `syn 1-3` or `down data 5`");
  CHECK(problem("down") == problem(""));
  CHECK(problem("synack 1") ==
        "`synack` cannot be dropped: write syn, syn-ack, data, ack, fin, rst or any; did you mean "
        "`syn-ack`?");
  CHECK(problem("5") == "`5` cannot be dropped: write syn, syn-ack, data, ack, fin, rst or any");
  CHECK(problem("down syn 1") == "a syn only goes up, from the client: write `syn`");
  CHECK(problem("up syn-ack") == "a syn-ack only goes down, from the server: write `syn-ack`");
  CHECK(problem("data five") ==
        "`five` does not say which: write a number from 1, such as `data 5`, or a range, such as "
        "`data 5-7`");
  for (const char* which : {"0", "-3", "3-", "1..3", "1-2-3", "99999999999999999999", "1-0"})
    CHECK(problem("data " + std::string(which)).find("does not say which") != std::string::npos);
  CHECK(problem("data 7-5") == "`7-5` is empty: write `5-7`");
  CHECK(problem("data 5 x") ==
        "`x` does not say how many transmissions are lost: write a number from 1 behind the x, "
        "such as `x3`");
  CHECK(problem("data 5 x0").find("write a number from 1") != std::string::npos);
  CHECK(problem("syn x3") ==
        "`x3` is for data only; every transmission of a syn counts anew: write `syn 1-3`");
  CHECK(problem("data 5 x3 please") ==
        "`please` is one word too many: write [up|down] KIND [N or N-M] [xK], such as `down data 5 "
        "x3`");
}

TEST_CASE("retransmissions of a SYN count one by one") {
  const DropRule first_three = rule("syn 1-3");
  for (int n = 1; n <= 3; ++n)
    CHECK(matches(first_three, Direction::up, control(Kind::syn, n).identity));
  CHECK_FALSE(matches(first_three, Direction::up, control(Kind::syn, 4).identity));
  CHECK_FALSE(matches(first_three, Direction::up, control(Kind::rst, 1).identity));
  CHECK_FALSE(matches(first_three, Direction::up, data(1).identity));
}

TEST_CASE("data is counted by first transmissions, and xK loses K transmissions of each") {
  CHECK(matches(rule("down data 5"), Direction::down, data(5).identity));
  CHECK_FALSE(matches(rule("down data 5"), Direction::down, data(5, 2).identity));
  CHECK_FALSE(matches(rule("down data 5"), Direction::down, data(6).identity));
  CHECK_FALSE(matches(rule("down data 5"), Direction::up, data(5).identity));
  CHECK(matches(rule("down data 5 x3"), Direction::down, data(5, 3).identity));
  CHECK_FALSE(matches(rule("down data 5 x3"), Direction::down, data(5, 4).identity));
}

TEST_CASE("a rule without a direction means the one in which its kind is sent first") {
  CHECK(matches(rule("data 1"), Direction::up, data(1).identity));
  CHECK_FALSE(matches(rule("data 1"), Direction::down, data(1).identity));
  CHECK(matches(rule("syn-ack"), Direction::down, control(Kind::syn_ack, 1).identity));
  for (const auto direction : {Direction::up, Direction::down}) {
    CHECK(matches(rule("fin"), direction, control(Kind::fin, 1).identity));
    CHECK(matches(rule("rst"), direction, control(Kind::rst, 1).identity));
    CHECK(matches(rule("any 1-3"), direction, ack(2).identity));
  }
}

TEST_CASE("a FIN that rides on data is dropped by either rule") {
  Identity both = data(4).identity;
  both.fin = 1;
  CHECK(matches(rule("up fin"), Direction::up, both));
  CHECK(matches(rule("up data 4"), Direction::up, both));
  CHECK_FALSE(matches(rule("up fin"), Direction::up, data(4).identity));
}

TEST_CASE("any counts everything") {
  Identity tenth = data(4).identity;
  tenth.count = 10;
  CHECK(matches(rule("any 10"), Direction::up, tenth));
  CHECK_FALSE(matches(rule("any 4"), Direction::up, tenth));
}

}  // namespace
}  // namespace halfopen::link
