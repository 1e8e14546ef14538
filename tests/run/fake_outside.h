// An outside that only writes down what the core does to it.
#pragma once

#include <fmt/format.h>

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "run/client_report.h"
#include "run/outside.h"

namespace halfopen::run {

class FakeOutside final : public Outside {
 public:
  struct Mark {
    int attempt = 0;
    trace::EndVisible end;
  };

  void write(int attempt, ByteView bytes) override {
    if (keep_bytes) append(written[attempt], bytes);
    written_bytes += bytes.size();
    ++writes;
  }
  void write_apart(int attempt, ByteView bytes) override {
    write(attempt, bytes);
    ++apart;
  }
  void finish(int attempt) override { note(attempt, "finish"); }
  void reset(int attempt) override { note(attempt, "reset"); }
  void vanish(int attempt) override { note(attempt, "vanish"); }
  void ignore(int attempt) override { note(attempt, "ignore"); }
  void read_at_most(int attempt, std::optional<std::uint64_t> bytes) override {
    note(attempt, bytes ? fmt::format("read {}", *bytes) : "read all");
  }
  void hold_reading(int attempt, bool held) override { note(attempt, held ? "hold" : "read on"); }
  [[nodiscard]] std::size_t unsent() const override { return unsent_bytes; }
  void note_waiting(int attempt) override { note(attempt, "note waiting"); }
  void note_memory() override { done.emplace_back("note memory"); }
  void mark_end(int attempt, const trace::EndVisible& end) override {
    marks.push_back({attempt, end});
  }
  void change_link(const link::Change& change) override {
    done.push_back("link " + change.text);
    if (change.state) cut_off = link::swallows(*change.state, link::Direction::down);
  }
  [[nodiscard]] bool is_cut_off() const override { return cut_off; }
  void tell(const scenario::Tell& tell) override { done.push_back("tell " + to_line(tell)); }
  void freeze(bool frozen) override { done.push_back(frozen ? "freeze" : "thaw"); }

  /// Everything but writes and marks, in order: "1 finish", "link down", "tell {…}".
  std::vector<std::string> done;
  std::vector<Mark> marks;
  std::map<int, Bytes> written;
  std::uint64_t written_bytes = 0;
  int writes = 0;
  int apart = 0;                 ///< Those of them that are to arrive by themselves.
  std::size_t unsent_bytes = 0;  ///< The client reads nothing of so much.
  bool keep_bytes = true;
  bool cut_off = false;

 private:
  void note(int attempt, const std::string& what) {
    done.push_back(std::to_string(attempt) + " " + what);
  }
};

}  // namespace halfopen::run
