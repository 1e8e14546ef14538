#include "io/capture_file.h"

#include <utility>

#include "io/loop/loop.h"

namespace halfopen::io {
namespace {

/// So much is written at once.
constexpr std::size_t chunk_size = std::size_t{64} * 1024;

using capture::Side;
using capture::Way;
using link::Direction;

}  // namespace

CaptureFile::CaptureFile(CaptureWriter& writer, Setup setup)
    : writer_(writer),
      setup_(std::move(setup)),
      capture_(setup_.wall_clock),
      file_(writer.begin(setup_.file)) {}

CaptureFile::~CaptureFile() {
  capture_.end();
  hand_over();
  const Duration ended = setup_.wall_clock + (now() - setup_.start);
  writer_.finish(
      file_,
      capture_.head({std::string("halfopen ") + HALFOPEN_VERSION, setup_.comment}, setup_.names),
      capture_.tail(ended));
}

void CaptureFile::enters(Time now, Direction direction, ByteView packet) {
  this->packet(now, direction == Direction::up ? Side::client : Side::server, Way::out, packet);
}

void CaptureFile::leaves(Time now, Direction direction, ByteView packet) {
  this->packet(now, direction == Direction::up ? Side::server : Side::client, Way::in, packet);
}

void CaptureFile::packet(Time now, Side side, Way way, ByteView bytes) {
  // By the clock of the trace, which nobody sets: the wall clock is read once, at the start.
  capture_.packet(setup_.wall_clock + (now - setup_.start), side, way, bytes);
  if (capture_.ready() >= chunk_size) hand_over();
}

void CaptureFile::says(Duration at, std::string text) {
  if (text.empty()) return;
  if (handling_ > 0)
    capture_.comment_latest(setup_.wall_clock + at, std::move(text));
  else
    capture_.comment(setup_.wall_clock + at, std::move(text));
}

void CaptureFile::hand_over() {
  capture::Capture::Chunk chunk = capture_.take();
  if (!chunk.bytes.empty() && !writer_.append(file_, chunk.bytes)) capture_.lost(chunk);
}

}  // namespace halfopen::io
