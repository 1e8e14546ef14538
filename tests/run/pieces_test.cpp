// The same bytes, differently cut.
#include <algorithm>

#include "play.h"

using namespace halfopen;
using namespace halfopen::run;

namespace {

const std::string talk =
    "[[attempt]]\nsteps = [{ expect = \"one\" }, { send = \"two\" }, { ping = \"p\", "
    "pong_within = \"1s\" }, { expect_close = 1000 }]\n";

Bytes whole_talk() {
  Bytes all;
  append(all, upgrade);
  append(all, client_frame(ws::Opcode::text, "o", false));
  append(all, client_frame(ws::Opcode::ping, "!"));
  append(all, client_frame(ws::Opcode::continuation, "ne"));
  append(all, client_frame(ws::Opcode::pong, "p"));
  append(all, client_close(1000, "bye"));
  append(all, client_frame(ws::Opcode::text, "late"));
  return all;
}

Lines trace_of(const Bytes& bytes, std::size_t piece) {
  Play play(talk);
  play.connect();
  // What comes with the request came before its answer, and is told so.
  const std::size_t request = std::string_view(upgrade).size();
  for (const ByteView part : {ByteView(bytes).first(request), ByteView(bytes).subspan(request)})
    for (std::size_t at = 0; at < part.size(); at += piece)
      play.sends(part.subspan(at, std::min(piece, part.size() - at)));
  play.ends();
  Lines lines = play.trace();
  // When the end reaches the client is the link's business, not that of the bytes.
  std::erase_if(
      lines, [](const std::string& line) { return line.find("end-visible") != std::string::npos; });
  return lines;
}

}  // namespace

TEST_CASE("bytes one by one give the trace of all at once") {
  const Bytes bytes = whole_talk();
  const Lines whole = trace_of(bytes, bytes.size());
  CHECK(whole.size() > 15);
  for (const std::size_t piece : {1U, 2U, 3U, 7U, 50U}) CHECK(trace_of(bytes, piece) == whole);
}
