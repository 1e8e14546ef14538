// The first thing that is seen: the verdict in a sentence, and what is wrong, by cause.

function sentence() {
  const failed = report.runs.filter((run) => run.outcome === "fail" || run.outcome === "error");
  const judged = report.runs.filter((run) => run.outcome !== "unsupported");
  const who = clientNames.length === 1 ? clientNames[0] : count(clientNames.length, "client");
  if (report.runs.length === 0) return "Nothing was run.";
  if (judged.length === 0) return `Nothing could be judged about ${who}.`;
  if (failed.length === 0) {
    const open = numberOf("inconclusive");
    return `${who}: ${count(judged.length - open, "run")} passed, none failed` +
      (open > 0 ? `, and ${open} could not be decided.` : ".");
  }
  const causes = new Set(failed.map((run) => run.cause ?? run.reason));
  const news = failed.filter((run) => run.known === "news").length;
  return `${who}: ${failed.length} of ${count(judged.length, "run")} failed, for ` +
    `${count(causes.size, "cause")}` +
    (!report.known ? "." : news === 0 ? "; all of that was known." : `; ${news} of them are news.`);
}

function tiles() {
  const item = (name, number, label) => make("li", {}, make(`b.${name}`, {}, String(number)), label);
  return make("ul.tiles", { "aria-label": "Runs by outcome" }, outcomes
    .filter((outcome) => numberOf(outcome) > 0)
    .map((outcome) => item(outcome, numberOf(outcome), `${symbols[outcome]} ${outcome}`)));
}

/** Failing runs by their cause, most runs first. */
function groups() {
  const found = new Map();
  for (const run of report.runs.filter((each) => each.outcome === "fail" && each.cause !== null)) {
    if (!found.has(run.cause)) found.set(run.cause, []);
    found.get(run.cause).push(run);
  }
  return report.causes.filter((cause) => found.has(cause.name))
    .map((cause) => ({ cause, runs: found.get(cause.name) }))
    .sort((one, other) => other.runs.length - one.runs.length);
}

/** The run that shows a cause with the least beside it. */
function shortest(runs) {
  return runs.reduce((best, run) =>
    run.failures.length < best.failures.length ||
    (run.failures.length === best.failures.length && run.length < best.length) ? run : best);
}

function groupCard({ cause, runs }) {
  const names = [...new Set(runs.map((run) => run.client))];
  const scenariosOf = new Set(runs.map((run) => run.scenario)).size;
  const example = shortest(runs);
  const failure = example.failures.find((each) => each.cause === cause.name);
  const allKnown = runs.every((run) => run.known === "expected");
  return make(allKnown ? "section.cause.known" : "section.cause", {},
    make("h3", {}, `${count(scenariosOf, "scenario")} ${scenariosOf === 1 ? "fails" : "fail"}: ` +
      `${names.length === 1 ? names[0] : "the client"} ${cause.does}`),
    make("p", {}, cause.means, allKnown ? make("span.soft", {}, " (All of it is known.)") : ""),
    make("div.quote", {}, "Shortest: ", linkTo(example, example.scenario),
      names.length > 1 ? ` (${example.client})` : "", " – ", make("code", {}, failure.what),
      ` expected ${failure.expected}; seen: ${failure.seen}`),
    make("details", {}, make("summary", {}, `All ${count(runs.length, "run")}`),
      make("ul.chips", {}, runs.map((run) => make("li", {}, linkTo(run,
        names.length > 1 ? `${run.scenario} · ${run.client}` : run.scenario))))));
}

function listOf(title, entries, row) {
  if (entries.length === 0) return null;
  return make("details", {}, make("summary", {}, `${title} (${entries.length})`),
    make("ul", {}, entries.map((entry) => make("li", {}, row(entry)))));
}

function reasonsFor(outcome) {
  const reasons = new Map();
  for (const run of report.runs.filter((each) => each.outcome === outcome)) {
    const runs = reasons.get(run.reason) ?? [];
    reasons.set(run.reason, [...runs, run]);
  }
  return [...reasons].sort((one, other) => other[1].length - one[1].length);
}

function reasonRow([reason, runs]) {
  return [`${count(runs.length, "run")}: ${reason || "no reason was given"}`,
    make("ul.chips", {}, runs.slice(0, 40).map((run) => make("li", {}, linkTo(run, `${run.scenario} · ${run.client}`))),
      runs.length > 40 ? make("li", {}, `… and ${runs.length - 40} more`) : "")];
}

function changesSection() {
  if (report.changes === null) return null;
  const row = (change) => {
    const run = report.runs.find((each) => each.scenario === change.scenario && each.client === change.client);
    const name = `${change.scenario} · ${change.client}`;
    return [run ? linkTo(run, name) : name, change.was && change.is ? `: ${change.was} before, now ${change.is}` : `: ${change.was || change.is}`];
  };
  const { broken, mended } = report.changes;
  const same = ["broken", "mended", "new", "gone"].every((kind) => report.changes[kind].length === 0);
  return make("section", {}, make("h2", {}, "Since the last run"),
    make("p", {}, same ? "Every outcome is as it was." :
      `${count(broken.length, "outcome")} got worse, ${mended.length} better.`),
    listOf("Worse", broken, row), listOf("Better", mended, row),
    listOf("Not run before", report.changes.new, row), listOf("Not run any more", report.changes.gone, row));
}

function overview() {
  const warned = report.runs.filter((run) => run.warnings.length > 0);
  const first = report.runs[0];
  const found = groups();
  return [
    make("h2.sentence", {}, sentence()),
    tiles(),
    first ? make("p.soft", {}, `halfopen ${report.version}, ${wallClock(first.started)}, ${first.link} link ` +
      `(${first.machine})`) : null,
    changesSection(),
    found.length > 0 ? make("h2", {}, "What is wrong, by cause") : null,
    found.map(groupCard),
    listOf("Errors: runs that could not be carried out", reasonsFor("error"), reasonRow),
    listOf("Not decided", reasonsFor("inconclusive"), reasonRow),
    listOf("Not supported here", reasonsFor("unsupported"), reasonRow),
    listOf("Warnings: what an RFC says a client SHOULD do", warned, (run) =>
      [linkTo(run, `${run.scenario} · ${run.client}`), `: ${run.warnings[0].what} expected ` +
        `${run.warnings[0].expected}; seen: ${run.warnings[0].seen}`]),
  ];
}
