// Scenarios × clients, by folder, with filters.

const wanted = { text: "", outcomes: new Set(outcomes), news: false };

function cellRuns() {
  const cells = new Map();
  for (const run of report.runs) {
    const key = JSON.stringify([run.scenario, run.client]);
    cells.set(key, [...(cells.get(key) ?? []), run]);
  }
  return cells;
}

function isWanted(run) {
  const text = wanted.text.toLowerCase();
  return wanted.outcomes.has(run.outcome) && (!wanted.news || run.known === "news") &&
    (text === "" || `${run.scenario} ${run.client} ${run.about}`.toLowerCase().includes(text));
}

/** Of several runs of one pair the worst is shown. */
function worst(runs) {
  return runs.reduce((one, other) =>
    outcomes.indexOf(other.outcome) < outcomes.indexOf(one.outcome) ? other : one);
}

function cell(runs, client) {
  if (runs === undefined) return make("td.soft", { title: "not run" }, "·");
  const run = worst(runs);
  const said = `${run.scenario}, ${client}: ${run.outcome}` +
    (run.known === "expected" ? ", as is known" : run.known === "news" ? ", which is news" : "") +
    (runs.length > 1 ? `; the worst of ${runs.length} runs` : "");
  return make(run.known === "news" ? "td.news" : "td", {},
    linkTo(run, [symbols[run.outcome], run.warnings.length > 0 ? make("span.mark", {}, "!") : "",
      run.known === "expected" ? make("span.soft", {}, "°") : ""],
    { class: run.outcome, title: said, "aria-label": said }));
}

function matrixTable() {
  const cells = cellRuns();
  const rows = new Map();
  for (const run of report.runs.filter(isWanted)) {
    const folder = folderOf(run.scenario);
    if (!rows.has(folder)) rows.set(folder, new Map());
    rows.get(folder).set(run.scenario, run);
  }
  if (rows.size === 0) return make("p", {}, "No run fits these filters.");
  return make("div.scroll", {}, make("table.matrix", {},
    make("thead", {}, make("tr", {}, make("th", { scope: "col" }, "Scenario"),
      clientNames.map((client) => make("th", { scope: "col" }, client)))),
    [...rows].map(([folder, names]) => make("tbody", {},
      make("tr.folder", {}, make("th", { scope: "rowgroup", colspan: clientNames.length + 1 }, folder || "(no folder)")),
      [...names].map(([name, run]) => make("tr", {}, make("th", { scope: "row", title: run.about }, name.slice(folder ? folder.length + 1 : 0)),
        clientNames.map((client) => cell(cells.get(JSON.stringify([name, client])), client))))))));
}

function matrix() {
  const table = make("div", { "aria-live": "polite" }, matrixTable());
  const redraw = () => table.replaceChildren(matrixTable());
  const box = (label, checked, change) => make("label", {},
    make("input", { type: "checkbox", checked: checked ? "" : null, onchange: (event) => { change(event.target.checked); redraw(); } }), ` ${label}`);
  return [
    make("h2", {}, "Scenarios × clients"),
    make("form.filters", { onsubmit: (event) => event.preventDefault() },
      make("label", {}, "Search ", make("input", { type: "search", value: wanted.text,
        oninput: (event) => { wanted.text = event.target.value; redraw(); } })),
      make("fieldset", {}, make("legend", {}, "Outcomes"), outcomes
        .filter((outcome) => numberOf(outcome) > 0)
        .map((outcome) => box(`${symbols[outcome]} ${outcome}`, wanted.outcomes.has(outcome), (on) => {
          if (on) wanted.outcomes.add(outcome); else wanted.outcomes.delete(outcome);
        }))),
      report.known ? box("only news", wanted.news, (on) => { wanted.news = on; }) : ""),
    table,
    make("p.soft", {}, "✓! passed with warnings", report.known ? "; ° is known (expected.toml); a red field is news" : "", "; · was not run."),
  ];
}
