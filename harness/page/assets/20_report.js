// The report's data, and what is the same in all of its parts.

const report = embedded("report");
const scenarios = embedded("scenarios") ?? {};
report.runs.forEach((run, index) => { run.id = index; });
const causeOf = new Map(report.causes.map((cause) => [cause.name, cause]));
const symbols = { pass: "✓", fail: "✕", inconclusive: "~", unsupported: "?", error: "!" };
const outcomes = ["fail", "error", "inconclusive", "unsupported", "pass"];
const clientNames = [...new Set(report.runs.map((run) => run.client))];

function folderOf(scenario) {
  const at = scenario.lastIndexOf("/");
  return at < 0 ? "" : scenario.slice(0, at);
}

function numberOf(outcome) {
  return report.runs.filter((run) => run.outcome === outcome).length;
}

function linkTo(run, text, more = {}) {
  return make("a", { href: `#run=${run.id}`, ...more }, text);
}
