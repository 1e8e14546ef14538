// What `halfopen doctor` says of its findings. Pure.
#pragma once

#include <string>
#include <vector>

#include "cli/findings.h"

namespace halfopen::cli {

enum class Health { works, limited, missing, note };

struct DoctorLine {
  Health health = Health::works;
  std::string topic;   ///< "packet link"
  std::string says;    ///< What was seen.
  std::string remedy;  ///< One line that mends it, or "".
};

[[nodiscard]] std::vector<DoctorLine> doctor_lines(const Findings& found);

/// Whether any scenario can run here at all.
[[nodiscard]] bool can_run(const Findings& found);

/// For people; the lines, and last what follows from them.
[[nodiscard]] std::string doctor_text(const Findings& found);
/// For programs: the findings as data, and the lines.
[[nodiscard]] std::string doctor_json(const Findings& found);

}  // namespace halfopen::cli
