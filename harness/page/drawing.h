// What the page draws of one run, as JSON: its attempts with their layers, the gaps beside what was
// asked for, and what happened, line by line. A long trace is thinned out, and says so.
#pragma once

#include <cstddef>
#include <string>

#include "report/report.h"

namespace halfopen::page {

/// How much of one run is drawn; what is beyond is left out in the middle.
struct Detail {
  std::size_t lines = 2000;
  std::size_t attempts = 300;
  std::size_t asked = 600'000;  ///< Bytes of what lines tell when they are asked (line_detail.h).
};

/// For so many runs in one page: the page stays below some 15 MB.
[[nodiscard]] Detail detail_for(std::size_t runs);

/// To be made while the result has its events. Times in microseconds since the start of the run.
[[nodiscard]] std::string draw(const report::Result& result, const Detail& detail);

}  // namespace halfopen::page
