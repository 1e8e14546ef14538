#include "ws/deflate_stream.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <limits>

#include "base/error.h"

namespace halfopen::ws {
namespace {

/// What a sync flush ends with, and a message leaves out (RFC 7692, section 7.2.1).
constexpr std::array<std::uint8_t, 4> tail{0x00, 0x00, 0xff, 0xff};
constexpr int memory_level = 8;  // zlib's default
constexpr std::size_t room = std::size_t{16} * 1024;

void check(int result, const char* attempted) {
  if (result != Z_OK) throw Error(attempted, zError(result));
}

/// zlib counts in unsigned int: the piece of `bytes` that it can take at once.
uInt give(z_stream& zlib, ByteView bytes) {
  const auto count =
      static_cast<uInt>(std::min<std::size_t>(bytes.size(), std::numeric_limits<uInt>::max()));
  zlib.next_in = const_cast<Bytef*>(bytes.data());  // zlib does not write there
  zlib.avail_in = count;
  return count;
}

}  // namespace

// ── compressing ──────────────────────────────────────────────────────────────────────────────

struct Compressor::State {
  bool takeover;
  z_stream zlib{};

  State(int window_bits, bool takeover_) : takeover(takeover_) {
    // zlib cannot make a window of 256 bytes. With one of 512 it looks back 250 bytes at most,
    // which is as good.
    const int bits = std::max(window_bits, 9);
    check(deflateInit2(&zlib, Z_BEST_SPEED, Z_DEFLATED, -bits, memory_level, Z_DEFAULT_STRATEGY),
          "start a compressor");
  }
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() { deflateEnd(&zlib); }

  void pump(Bytes& out, int flush) {
    std::array<std::uint8_t, room> buffer;
    do {
      zlib.next_out = buffer.data();
      zlib.avail_out = static_cast<uInt>(room);
      // Z_BUF_ERROR: there was nothing left to write, which is no error here.
      if (const int result = deflate(&zlib, flush); result != Z_BUF_ERROR)
        check(result, "compress a message");
      append(out, ByteView(buffer.data(), room - zlib.avail_out));
    } while (zlib.avail_out == 0);
  }
};

Compressor::Compressor(int window_bits, bool takeover)
    : state_(std::make_unique<State>(window_bits, takeover)) {}
Compressor::~Compressor() = default;
Compressor::Compressor(Compressor&&) noexcept = default;
Compressor& Compressor::operator=(Compressor&&) noexcept = default;

Bytes Compressor::compress(ByteView plain) {
  if (plain.empty()) return {0x00};  // section 7.2.3.6
  Bytes packed;
  while (!plain.empty()) {
    const uInt taken = give(state_->zlib, plain);
    plain = plain.subspan(taken);
    state_->pump(packed, plain.empty() ? Z_SYNC_FLUSH : Z_NO_FLUSH);
  }
  packed.erase(packed.end() - static_cast<std::ptrdiff_t>(tail.size()), packed.end());
  if (!state_->takeover) forget();
  return packed;
}

void Compressor::forget() { check(deflateReset(&state_->zlib), "reset a compressor"); }

// ── decompressing ────────────────────────────────────────────────────────────────────────────

struct Decompressor::State {
  bool takeover;
  z_stream zlib{};
  std::string problem;

  State(int window_bits, bool takeover_) : takeover(takeover_) {
    check(inflateInit2(&zlib, -window_bits), "start a decompressor");
  }
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() { inflateEnd(&zlib); }

  /// Between two blocks, at the beginning of a byte (zlib.h, inflate(), data_type).
  [[nodiscard]] bool at_boundary() const { return zlib.data_type == 128; }

  Result pump(Bytes& plain, std::size_t limit) {
    std::array<std::uint8_t, room> buffer;
    do {
      zlib.next_out = buffer.data();
      zlib.avail_out = static_cast<uInt>(room);
      const int result = inflate(&zlib, Z_SYNC_FLUSH);
      const std::size_t count = room - zlib.avail_out;
      if (count > limit - plain.size()) return Result::too_long;
      append(plain, ByteView(buffer.data(), count));
      // Behind a block that says it is the last one others may follow (section 7.2.3.4), and they
      // may refer to what came before.
      if (result == Z_STREAM_END) {
        check(inflateResetKeep(&zlib), "go on behind a last block");
      } else if (result != Z_OK && result != Z_BUF_ERROR) {
        problem = zlib.msg != nullptr ? zlib.msg : zError(result);
        return Result::invalid;
      }
    } while (zlib.avail_in > 0 || zlib.avail_out == 0);
    return Result::ok;
  }
};

Decompressor::Decompressor(int window_bits, bool takeover)
    : state_(std::make_unique<State>(window_bits, takeover)) {}
Decompressor::~Decompressor() = default;
Decompressor::Decompressor(Decompressor&&) noexcept = default;
Decompressor& Decompressor::operator=(Decompressor&&) noexcept = default;

Decompressor::Result Decompressor::feed(ByteView piece, Bytes& plain, std::size_t limit) {
  while (!piece.empty()) {
    piece = piece.subspan(give(state_->zlib, piece));
    if (const Result result = state_->pump(plain, limit); result != Result::ok) return result;
  }
  return Result::ok;
}

Decompressor::Result Decompressor::end_message(Bytes& plain, std::size_t limit) {
  const Result result = feed(tail, plain, limit);
  if (result != Result::ok) return result;
  if (!state_->at_boundary()) {
    state_->problem = "the data is cut off";
    return Result::invalid;
  }
  if (!state_->takeover) check(inflateReset(&state_->zlib), "reset a decompressor");
  return Result::ok;
}

const std::string& Decompressor::problem() const { return state_->problem; }

}  // namespace halfopen::ws
