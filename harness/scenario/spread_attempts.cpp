#include "scenario/spread_attempts.h"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <map>

namespace halfopen::scenario {
namespace {

Attempt repeated(Attempt attempt, int times) {
  attempt.times = times;
  return attempt;
}

/// Takes tables in their turn.
class Turns {
 public:
  explicit Turns(const std::vector<AttemptTable>& tables) {
    for (const AttemptTable& table : tables)
      if (table.on.empty()) waiting_.push_back(table.attempt);
  }

  /// Appends the next `count` attempts.
  void take(int count, std::vector<Attempt>& out) {
    while (count > 0) {
      if (waiting_.empty()) return out.push_back(repeated({}, count));
      Attempt& front = waiting_.front();
      const int taken = std::min(count, front.times.value_or(count));
      out.push_back(repeated(front, taken));
      count -= taken;
      if (!front.times) continue;
      *front.times -= taken;
      if (*front.times == 0) waiting_.pop_front();
    }
  }
  void take_rest(std::vector<Attempt>& out) {
    out.insert(out.end(), waiting_.begin(), waiting_.end());
  }

 private:
  std::deque<Attempt> waiting_;
};

}  // namespace

std::vector<Attempt> spread_attempts(const std::vector<AttemptTable>& tables, Problems& problems) {
  std::map<int, const AttemptTable*> named;
  for (const AttemptTable& table : tables)
    for (const int number : table.on)
      if (const auto [other, fresh] = named.emplace(number, &table); !fresh)
        problems.add(table.on_place,
                     fmt::format("attempt {} belongs to the [[attempt]] in {} already", number,
                                 problems.line_of(other->second->attempt.place)));
  Turns turns(tables);
  std::vector<Attempt> out;
  int next = 1;
  for (const auto& [number, table] : named) {
    turns.take(number - next, out);
    out.push_back(repeated(table->attempt, 1));
    next = number + 1;
  }
  turns.take_rest(out);
  return out;
}

}  // namespace halfopen::scenario
