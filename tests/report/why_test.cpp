// One failure told as a story.
#include "report/why.h"

#include "report/lead_up.h"
#include "runs.h"

using namespace halfopen;
using namespace halfopen::report;

namespace {

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("why: a gap that was too long, to the letter") {
  CHECK(why(failing(), {}) == R"(✕ drops/reset · slow: the client comes back later than it should
  The server resets, refuses once, and is back.

  asked   gaps[2]: 1s..3s
          scenarios/drops/reset.toml:12
          > gaps = ["1s..2s", "1s..3s"]
  seen    gap 2 was 4.99 s (attempt 2 ended at 2.51 s by RST, attempt 3 began at 7.50 s) – 1.99 s
          too long

What led to it
  1 attempt came before.
    2.51 s  Attempt 2 began, to a closed port, 1.50 s after attempt 1 (gap 1, for which 1s..2s was
            asked).
    2.51 s  It ended by RST; the server's side ended it.
    7.50 s  Attempt 3 began, 4.99 s after attempt 2 (gap 2, for which 1s..3s was asked: 1.99 s too
            long).
    7.50 s  It was open.
    8.50 s  The run ended: everything was decided.

What it means
  The client comes back later than it should. The network works again, and people still wait.

Again
  halfopen run scenarios/drops/reset.toml --client slow --seed 42 --link packet
)");
}

TEST_CASE("why: a client that stays away, with its last error, what else broke, and no flood") {
  Trace trace = trace_of("absent");
  Story story(trace);
  first_attempt(story);
  for (int i = 0; i < 40; ++i)
    story.at(1100 + i, ClientEvent{Report::error, "", fmt::format("try {}", i), 0, false, "{}"}, 1);
  story.at(61000, Over{Ended::time});
  const std::string text = why(judged(std::move(trace)), {});
  INFO(text);
  CHECK(has(text, "absent: the client does not come back\n"));
  CHECK(has(text, "    1.01 s  The fault reset struck: cuts the connection with RST.\n"));
  CHECK(has(text, "    1.01 s  The client said close 1006.\n"));
  CHECK(has(text, "1 attempt, at 0.01 s"));
  CHECK(has(text, " – 2 too few\n"));
  CHECK(has(text, "; its SYN was sent 2 times.\n"));
  CHECK(has(text, "The client's last error\n  try 39\n"));
  CHECK(has(text, "            … 22 more\n"));
  CHECK_FALSE(has(text, "The client said error \"try 20\""));
  CHECK(has(text, "The run ended: its time (`within`) was up.\n"));
  CHECK(has(text, "Broken as well\n  gaps[1] (line 12): expected 1s..2s"));
}

TEST_CASE("why: of many attempts only those around the failure") {
  const LeadUp events = lead_up(failing(), failing().verdict.failures.front());
  CHECK(events.before == 1);
  REQUIRE_FALSE(events.sentences.empty());
  CHECK(events.sentences.front().text.starts_with("Attempt 2 began"));
}

TEST_CASE("why: of a run that did not fail, how it went") {
  CHECK(why(passing(), {}) == R"(✓ drops/reset · reference: pass
  The server resets, refuses once, and is back.

  Nothing failed: every expectation held.

Again
  halfopen run scenarios/drops/reset.toml --client reference --seed 42 --link packet
)");
  CHECK(has(why(unsupported(), {}),
            "Nothing is known to have failed: the stream link cannot close a port; use --link "
            "packet\n"));
  CHECK(has(why(broken(), {}), "! drops/reset · no client: error\n"));
}

TEST_CASE("why: what a client says is only text") {
  Trace trace = trace_of("rude");
  Story story(trace);
  first_attempt(story);
  story.at(1100, ClientEvent{Report::error, "", "\x1b[2J\u202e", 0, false, "{}"}, 1);
  story.at(61000, Over{Ended::time});
  const std::string text = why(judged(std::move(trace)), {});
  CHECK_FALSE(has(text, "\x1b"));
  CHECK_FALSE(has(text, "\u202e"));
  CHECK(has(text, "\\x1b[2J"));
}

TEST_CASE("why: by how much a number is off") {
  using judge::measured;
  using std::chrono::seconds;
  CHECK(off_by(measured(CountRange{2, 4}, 5)) == "1 too many");
  CHECK(off_by(measured(CountRange{2, 4}, 1)) == "1 too few");
  CHECK(off_by(measured(CountRange{2, 4}, 3)).empty());
  CHECK(off_by(measured(DurationRange{seconds(2), seconds(4)}, seconds(1))) == "1.00 s too short");
  CHECK(off_by(measured(std::vector<int>{1000, 1001}, 1006)).empty());
}
