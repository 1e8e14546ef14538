// The capture of one run: packets where they enter the link and where they leave it, what is said
// of them, and the secrets that they were encrypted with. Bounded: see `Room`. Pure: times are
// arguments, and what comes out are the bytes of a pcapng file.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/time.h"
#include "capture/pcapng.h"

namespace halfopen::capture {

/// How much of a run a capture keeps, in bytes.
struct Room {
  std::size_t packets = std::size_t{64} * 1024 * 1024;  ///< With what is said of them.
  std::size_t whole = std::size_t{48} * 1024 * 1024;    ///< From then on packets are cut …
  std::size_t cut = 128;                                ///< … to so much: their headers.
  std::size_t secrets = std::size_t{8} * 1024 * 1024;
  std::size_t comments = 100;  ///< Of one packet.
};

/// The two ends of the link, and the interfaces of the file.
enum class Side : std::uint8_t { client, server };

class Capture {
 public:
  /// `began` and all times below: since 1970 (UTC).
  explicit Capture(Duration began, Room room = {}) : began_(began), room_(room) {}

  /// A packet went by there: `out` into the link, or in from it.
  void packet(Duration at, Side side, Way way, ByteView bytes);
  /// Something is to be said of the packet that is nearest to that time, the one before or the one
  /// after it.
  void comment(Duration at, std::string text);
  /// … or of the latest packet, whatever comes after it.
  void comment_latest(Duration at, std::string text);
  /// A line of NSS's key log, without its end.
  void secret(std::string_view line);

  /// Blocks of packets, whole ones.
  struct Chunk {
    Bytes bytes;
    std::array<std::uint64_t, 2> packets{};  ///< How many, by side.
  };
  /// How much take() would give, in bytes.
  [[nodiscard]] std::size_t ready() const { return chunk_.bytes.size(); }
  /// What is ready since the last call. The latest packet never is: see end().
  [[nodiscard]] Chunk take();
  /// That chunk could not be kept: the disk was too slow.
  void lost(const Chunk& chunk);

  /// The last packet is ready, and there are no more.
  void end();
  /// What comes in front of all chunks. After end().
  [[nodiscard]] Bytes head(const Section& section, const std::vector<Name>& names) const;
  /// What comes behind them. After end().
  [[nodiscard]] Bytes tail(Duration ended) const;

 private:
  struct Latest {
    Duration at{};
    Side side = Side::client;
    Way way = Way::in;
    Bytes bytes;
    std::size_t size = 0;
    std::vector<std::string> comments;
    std::uint64_t unsaid = 0;  ///< Comments that are left out.
  };
  struct Note {
    Duration at{};
    std::string text;
  };
  struct Counts {
    std::uint64_t seen = 0;
    std::uint64_t without_room = 0;
    std::uint64_t cut = 0;
    std::uint64_t lost = 0;
  };

  void say(Latest& of, std::string text) const;
  void settle_notes(std::optional<Duration> next);
  void finish_latest();
  [[nodiscard]] Counts& of(Side side) { return counts_.at(static_cast<std::size_t>(side)); }
  [[nodiscard]] std::string left_out(const Counts& counts) const;

  Duration began_;
  Room room_;
  std::optional<Latest> latest_;
  std::vector<Note> notes_;  ///< Of the latest packet or the next one.
  std::uint64_t unsaid_ = 0;
  std::size_t used_ = 0;
  Chunk chunk_;
  std::string secrets_;
  std::uint64_t secrets_left_out_ = 0;
  std::array<Counts, 2> counts_{};
};

}  // namespace halfopen::capture
