#include "scenario/key_page.h"

#include <fmt/format.h>

#include <string_view>

#include "scenario/keys.h"

namespace halfopen::scenario {
namespace {

constexpr std::string_view opening =
    "# The keys\n\n"
    "Every key of the language, with its form and an example. Made by `halfopen schema --page` "
    "from "
    "the keys' own\ndescriptions; a test keeps it so. What a key does is said on the pages of the "
    "[reference](README.md), under\nthe same headings.\n";

/// A bar would end the cell.
std::string in_cell(std::string_view text) {
  std::string cell;
  for (const char letter : text) {
    if (letter == '|') cell += '\\';
    cell += letter;
  }
  return cell;
}

/// As in the reference: "A scenario", but "dns = {…}".
std::string heading(std::string_view title) {
  std::string text(title);
  const bool is_phrase = text.find(' ') != std::string::npos && text.find('=') == std::string::npos;
  if (is_phrase && text.front() >= 'a' && text.front() <= 'z')
    text.front() = static_cast<char>(text.front() - 'a' + 'A');
  return text;
}

}  // namespace

std::string key_page() {
  std::string page(opening);
  for (const Section* section : scenario_sections()) {
    page += fmt::format("\n## {}\n\n| key | what it takes | example |\n|---|---|---|\n",
                        heading(section->title));
    for (const Key& key : section->keys)
      page +=
          fmt::format("| `{}` | {} | `{}` |\n", key.name, in_cell(key.form), in_cell(key.example));
  }
  return page;
}

}  // namespace halfopen::scenario
