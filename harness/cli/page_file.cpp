#include "cli/page_file.h"

#include <utility>

#include "base/bytes.h"
#include "cli/input.h"
#include "page/changes.h"

namespace halfopen::cli {

void add_page_options(Command& command, std::string& html, std::string& baseline) {
  command
      .add_option("--html", html, "Writes a report to look at, one HTML file with everything in it")
      .takes(value::file);
  command
      .add_option("--baseline", baseline,
                  "Names a JSON report of an earlier run: --html tells what is different")
      .existing_file();
}

PageFile::PageFile(std::string file, const std::string& baseline, std::size_t runs)
    : file_(std::move(file)) {
  if (file_.empty() && !baseline.empty())
    throw Misuse("--baseline", "there is no --html whose report could tell");
  if (file_.empty()) return;
  if (!baseline.empty()) {
    baseline_ = read_input(baseline);
    (void)page::changes_since(baseline_, {});  // so that nothing is run for a file that is none
  }
  spool_.emplace(file_);
  page_.emplace(runs, [this](std::string_view piece) { spool_->write(as_bytes(piece)); });
}

std::function<void(std::size_t, const report::Result&)> PageFile::on_result() {
  if (file_.empty()) return nullptr;
  return [this](std::size_t index, const report::Result& result) { page_->add(index, result); };
}

void PageFile::write(const std::vector<report::Result>& results,
                     const std::vector<scenario::Client>& clients,
                     const std::optional<report::KnownByClient>& known) {
  if (file_.empty()) return;
  page::Options options;
  for (const scenario::Client& client : clients)
    options.clients[client.name] = {client.about, client.policy};
  options.known = known;
  options.baseline = baseline_;
  page_->finish(results, options);
  spool_->take_name({}, {});
}

}  // namespace halfopen::cli
