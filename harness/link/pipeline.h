// One direction of a link: a pipeline of seeded stages that decides the fate of one unit. Pure:
// the time is an argument, and equal inputs give equal decisions on every machine.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/time.h"
#include "link/settings.h"

namespace halfopen::link {

/// What a unit is, apart from when it came: the key of every random decision about it.
struct Identity {
  int attempt = 0;             ///< 0: belongs to no attempt.
  DropRule::Kind kind = DropRule::Kind::data;
  std::uint64_t position = 0;  ///< Data: stream offset of its first byte when first sent.
  int nth = 1;                 ///< 1: first transmission.
  int ordinal = 0;             ///< Data: the how-manieth first transmission of its attempt and
                               ///< direction, from 1. Others: the how-manieth of its kind, from 1.
};

struct Unit {
  Identity identity;
  std::size_t size = 0;  ///< Bytes on the wire.
};

enum class Verdict { carried, lost, dropped_by_rule, overflowed, blackholed };

struct Copy {
  Time due;               ///< Never before the unit came.
  bool corrupt = false;   ///< Flip bit `flip` (counted over the unit's payload bits, modulo).
  std::uint64_t flip = 0;
};

struct Decision {
  Verdict verdict = Verdict::carried;
  std::vector<Copy> copies;  ///< None unless carried; two if duplicated.
};

class Pipeline {
 public:
  /// `start` is the start of the run: outages are counted from it.
  Pipeline(const Settings& settings, Direction direction, std::uint64_t seed, Time start);
  ~Pipeline();
  Pipeline(Pipeline&&) noexcept;
  Pipeline& operator=(Pipeline&&) noexcept;

  /// The fate of a unit that comes now. Calls come in order of time.
  Decision decide(const Unit& unit, Time now);

  /// Takes new settings; units already under way keep their due times, and the queue's state and
  /// the loss model's state carry over where the model stays the same.
  void change(const Settings& settings, Time now);

  /// Hash of all decisions so far, keyed by identity and independent of the order of arrival;
  /// 16 hexadecimal digits.
  [[nodiscard]] std::string decisions_hash() const;

 private:
  struct Stages;
  std::unique_ptr<Stages> stages_;
};

}  // namespace halfopen::link
