#include "faults/words.h"

#include <fmt/format.h>

#include "faults/proxy_plan.h"

namespace halfopen::faults {
namespace {

std::string_view form_of(Type type) {
  switch (type) {
    case Type::text:
      return "text";
    case Type::count:
      return "a whole number";
    case Type::duration:
      return "a duration, like \"250ms\"";
    case Type::size:
      return "a size, like \"64KiB\"";
  }
  return "";
}

std::string range_of(const Parameter& parameter) {
  if (!parameter.choices.empty()) return fmt::format(": {}", fmt::join(parameter.choices, ", "));
  const bool numbered = parameter.type == Type::count || parameter.type == Type::size;
  return numbered ? fmt::format(", {} to {}", parameter.lowest, parameter.highest) : "";
}

}  // namespace

std::string form_in_words(const Parameter& parameter) {
  return fmt::format("{}{}; default {}", form_of(parameter.type), range_of(parameter),
                     parameter.fallback.empty() ? "empty" : parameter.fallback);
}

std::string_view needed_in_server(const Fault& fault) {
  if (fault.needs_tls || fault.layer == Layer::tls) return "tls = true";
  if (fault.needs_plain) return "tls = false";
  if (fault.layer != Layer::proxy) return "";
  Use use{&fault, {}};
  complete(use);
  return proxy_plan(use).stands == ProxyPlan::Stands::pointed_at
             ? "proxy = { credentials = \"user:secret\" }"
             : "";
}

std::string usage(const Fault& fault) {
  const std::string pair = fmt::format("{} = \"{}\"", key_of(fault.layer), fault.name);
  return is_step(fault.layer) ? "{ " + pair + " }" : pair;
}

}  // namespace halfopen::faults
