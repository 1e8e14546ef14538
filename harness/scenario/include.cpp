#include "scenario/include.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "base/error.h"

namespace halfopen::scenario {
namespace {

namespace fs = std::filesystem;

// Nobody writes more. A part may come from anywhere, as a scenario may.
constexpr std::size_t deepest = 16;
constexpr std::size_t most_files = 100;
constexpr std::size_t most_bytes = std::size_t{8} << 20U;

void move_down(Place& place, int lines) {
  if (place.line > 0) place.line += lines;
}

void move_down(Node& node, int lines) {
  move_down(node.place, lines);
  if (auto* array = std::get_if<Node::Array>(&node.value)) {
    for (Node& item : *array) move_down(item, lines);
  } else if (auto* table = std::get_if<Node::Table>(&node.value)) {
    for (Entry& entry : *table) {
      move_down(entry.place, lines);
      move_down(entry.value, lines);
    }
  }
}

Entry* find_in(Node::Table& table, std::string_view key) {
  const auto found =
      std::find_if(table.begin(), table.end(), [&](const Entry& each) { return each.key == key; });
  return found == table.end() ? nullptr : &*found;
}

/// [[attempt]], [[at]]: an array of nothing but tables.
bool is_array_of_tables(const Node& node) {
  const auto* array = node.get<Node::Array>();
  return array != nullptr && !array->empty() &&
         std::all_of(array->begin(), array->end(),
                     [](const Node& item) { return item.get<Node::Table>() != nullptr; });
}

/// Beneath what `above` says already; of a table below the top, all of a key's value or none.
void lay_beneath(Entry& above, Entry beneath) {
  if (is_array_of_tables(above.value) && is_array_of_tables(beneath.value)) {
    auto& all = std::get<Node::Array>(beneath.value.value);
    auto& own = std::get<Node::Array>(above.value.value);
    if (above.key == "reply") std::swap(all, own);  // the first rule that matches answers
    std::move(own.begin(), own.end(), std::back_inserter(all));
    own = std::move(all);
    return;
  }
  auto* own = std::get_if<Node::Table>(&above.value.value);
  auto* more = std::get_if<Node::Table>(&beneath.value.value);
  if (own == nullptr || more == nullptr) return;
  for (Entry& entry : *more)
    if (find_in(*own, entry.key) == nullptr) own->push_back(std::move(entry));
}

/// Each name that one of the files makes an axis, and the other one a variable, is what `above`
/// makes of it.
void settle_names(Node::Table& above, Node::Table& beneath) {
  for (const auto& [ours, theirs] : {std::pair{"matrix", "variables"}, {"variables", "matrix"}}) {
    const Entry* own = find(above, ours);
    Entry* other = find_in(beneath, theirs);
    if (own == nullptr || other == nullptr) continue;
    const auto* names = own->value.get<Node::Table>();
    auto* table = std::get_if<Node::Table>(&other->value.value);
    if (names == nullptr || table == nullptr) continue;
    std::erase_if(*table, [&](const Entry& entry) { return find(*names, entry.key) != nullptr; });
  }
}

void lay_beneath(Node::Table& above, Node::Table beneath) {
  settle_names(above, beneath);
  for (Entry& entry : beneath) {
    if (Entry* own = find_in(above, entry.key))
      lay_beneath(*own, std::move(entry));
    else
      above.push_back(std::move(entry));
  }
}

class Including {
 public:
  Including(Sources& sources, const ReadPart& read, Problems& problems)
      : sources_(sources), read_(read), problems_(problems) {}

  Node::Table whole(Node::Table document, const std::string& file) {
    open_.push_back(file);
    Node::Table beneath;
    for (const Node& path : paths_in(document))
      if (auto part = load(path, file)) {
        lay_beneath(*part, std::move(beneath));
        beneath = *std::move(part);
      }
    std::erase_if(document, [](const Entry& entry) { return entry.key == "include"; });
    lay_beneath(document, std::move(beneath));
    open_.pop_back();
    return document;
  }

 private:
  /// The strings of `include`, each with its place.
  std::vector<Node> paths_in(const Node::Table& document) {
    const Entry* include = find(document, "include");
    if (include == nullptr) return {};
    std::vector<Node> paths;
    if (include->value.get<std::string>() != nullptr)
      paths.push_back(include->value);
    else if (const auto* array = include->value.get<Node::Array>())
      paths = *array;
    else
      wrong_type(include->value);
    std::erase_if(paths, [&](const Node& path) {
      if (path.get<std::string>() == nullptr) return wrong_type(path), true;
      if (path.get<std::string>()->find("${") == std::string::npos) return false;
      return problems_.add(path.place,
                           "`include` comes before all variables: write the path itself"),
             true;
    });
    return paths;
  }

  void wrong_type(const Node& node) {
    problems_.add(node.place,
                  "`include` must be a path or an array of paths, like `include = "
                  "\"parts/login.toml\"`; found " +
                      name_of(node));
  }

  std::optional<Node::Table> load(const Node& path, const std::string& from) {
    const std::string file =
        (fs::path(from).parent_path() / *path.get<std::string>()).lexically_normal().string();
    if (std::find(open_.begin(), open_.end(), file) != open_.end())
      return refuse(
          path, fmt::format("{} includes itself: {} → {}", file, fmt::join(open_, " → "), file));
    if (known_.contains(file)) return std::nullopt;
    if (open_.size() > deepest)
      return refuse(path, fmt::format("files include each other more than {} deep: {}", deepest,
                                      fmt::join(open_, " → ")));
    if (known_.size() >= most_files)
      return refuse(path, fmt::format("more than {} files are included", most_files));
    known_.insert(file);
    try {
      return parse(path, file, read_(file));
    } catch (const Error& failure) {
      return refuse(path, failure.what());
    }
  }

  std::optional<Node::Table> parse(const Node& path, const std::string& file, std::string text) {
    bytes_ += text.size();
    if (bytes_ > most_bytes)
      return refuse(path, fmt::format("the included files are longer than {} MiB together",
                                      most_bytes >> 20U));
    auto document = parse_document(text);
    const int before = sources_.add(file, std::move(text));
    if (auto* mistake = std::get_if<SyntaxError>(&document)) {
      move_down(mistake->place, before);
      problems_.add(mistake->place, mistake->message);
      return std::nullopt;
    }
    Node& node = std::get<Node>(document);
    move_down(node, before);
    return whole(std::move(std::get<Node::Table>(node.value)), file);
  }

  std::optional<Node::Table> refuse(const Node& path, const std::string& why) {
    problems_.add(path.place, "`include`: " + why);
    return std::nullopt;
  }

  Sources& sources_;
  const ReadPart& read_;
  Problems& problems_;
  std::vector<std::string> open_;  ///< The files around the one that is read, and itself.
  std::set<std::string> known_;    ///< All that were included.
  std::size_t bytes_ = 0;
};

}  // namespace

Node::Table with_parts(Node::Table document, Sources& sources, const ReadPart& read,
                       Problems& problems) {
  const std::string file = fs::path(sources.all().front().file).lexically_normal().string();
  return Including(sources, read, problems).whole(std::move(document), file);
}

}  // namespace halfopen::scenario
