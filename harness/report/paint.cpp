#include "report/paint.h"

namespace halfopen::report {
namespace {

std::string_view sequence(Ink ink) {
  switch (ink) {
    case Ink::plain:
      return "";
    case Ink::dim:
      return "\x1b[2m";
    case Ink::bold:
      return "\x1b[1m";
    case Ink::green:
      return "\x1b[32m";
    case Ink::red:
      return "\x1b[31m";
    case Ink::yellow:
      return "\x1b[33m";
    case Ink::cyan:
      return "\x1b[36m";
  }
  return "";
}

}  // namespace

std::string paint(std::string_view text, Ink ink, bool colours) {
  if (!colours || ink == Ink::plain || text.empty()) return std::string(text);
  return std::string(sequence(ink)) + std::string(text) + "\x1b[0m";
}

std::string_view symbol_of(judge::Outcome outcome) {
  switch (outcome) {
    case judge::Outcome::pass:
      return "✓";
    case judge::Outcome::fail:
      return "✕";
    case judge::Outcome::inconclusive:
      return "~";
    case judge::Outcome::unsupported:
      return "?";
    case judge::Outcome::error:
      return "!";
  }
  return "";
}

Ink ink_of(judge::Outcome outcome) {
  switch (outcome) {
    case judge::Outcome::pass:
      return Ink::green;
    case judge::Outcome::fail:
    case judge::Outcome::error:
      return Ink::red;
    case judge::Outcome::inconclusive:
    case judge::Outcome::unsupported:
      return Ink::yellow;
  }
  return Ink::plain;
}

}  // namespace halfopen::report
