#include "scenario/shape.h"

#include <utility>

namespace halfopen::scenario::shape {
namespace {

constexpr std::string_view size_units = "(B|kB|KiB|MB|MiB|GiB)";

std::string number() { return R"([0-9]+(\.[0-9]+)?)"; }
std::string duration_text() { return "((" + number() + "(us|ms|s|m|h))+|0)"; }
std::string size_text() { return number() + std::string(size_units) + "?"; }

Shape pattern(const std::string& expression) { return Text{"^" + expression + "$"}; }

/// "a..b", either end may be left out but not both; or one value.
Shape range(const std::string& end) {
  return pattern("(" + end + "|" + end + R"(\.\.|\.\.)" + end + "|" + end + R"(\.\.)" + end + ")");
}

}  // namespace

Shapes::Shapes(std::initializer_list<Shape> all)
    : all_(std::make_shared<const std::vector<Shape>>(all)) {}

Shape list_of(Shape item) { return List{{std::move(item)}}; }
Shape one_or_more(const Shape& item) { return Either{{item, list_of(item)}}; }

Shape duration() { return pattern(duration_text()); }
Shape duration_range() { return range(duration_text()); }
Shape count_range() { return Either{{Whole{}, range("[0-9]+")}}; }
Shape share() { return pattern(number() + "%"); }
Shape probability() { return Either{{share(), Number{0, 1}}}; }
Shape rate() { return pattern(number() + "(bit/s|kbit/s|Mbit/s|Gbit/s|B/s|KB/s|kB/s|MB/s)"); }
Shape size() { return Either{{Whole{}, pattern(size_text())}}; }
Shape size_range() { return range(size_text()); }
Shape moment() {
  return Either{
      {pattern("[0-9]+ messages?"), pattern(number() + std::string(size_units)), duration()}};
}

}  // namespace halfopen::scenario::shape
