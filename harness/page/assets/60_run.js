// One run: its verdict, its timeline, what happened line by line, and its scenario.

function outcomeLine(run) {
  const known = run.known === "expected" ? " (known)" : run.known === "news" ? " (news)" : "";
  return make("p", {}, make(`b.${run.outcome}`, {}, `${symbols[run.outcome]} ${run.outcome}${known}`),
    run.reason ? `: ${run.reason}` : "");
}

/** `before`: the failure that is told above this one, whose cause need not be told again. */
function failureItem(failure, before, onLine) {
  const cause = causeOf.get(failure.cause);
  return make("dl", {},
    make("dt", {}, "asked"), make("dd", {}, make("code", {}, failure.what),
      lineLink(failure.line, onLine),
      failure.attempt > 0 ? `, attempt ${failure.attempt}` : ""),
    make("dt", {}, "expected"), make("dd", {}, failure.expected),
    make("dt", {}, "seen"), make("dd", {}, failure.seen),
    before?.cause === failure.cause ? "" : [make("dt", {}, "that is"), make("dd", {}, `The client ${cause.does}. ${cause.means}`)]);
}

function verdictBox(run, onLine) {
  return make("section.verdict", { "aria-label": "Verdict" }, outcomeLine(run),
    run.failures.map((failure, index) => failureItem(failure, run.failures[index - 1], onLine)),
    run.warnings.length > 0 ? [make("p", {}, make("b.mark", {}, "Warnings")), run.warnings.map((each, index) => failureItem(each, run.warnings[index - 1], onLine))] : "",
    decisionList(run, "not decided", "Not decided", onLine), decisionList(run, "not judged", "Not judged here", onLine),
    decisionList(run, "held", "Held", onLine));
}

/** A number in its unit: "1.50 s". */
function amount(measure, value) {
  if (value === null) return "…";
  if (measure.unit === "us") return span(value);
  return measure.unit === "bytes" ? `${value} bytes` : String(value);
}

function measureText({ measure }) {
  if (measure === null) return "";
  const { lowest, highest } = measure;
  const range = lowest === highest ? amount(measure, lowest) : `${lowest === 0 && measure.unit === "us" ? "" : amount(measure, lowest)}..${highest === null ? "" : amount(measure, highest)}`;
  return `: ${amount(measure, measure.value)} (asked for ${range})`;
}

function decisionList(run, status, title, onLine) {
  const found = run.decisions.filter((each) => each.status === status);
  if (found.length === 0) return "";
  return make("details", {}, make("summary", {}, `${title} (${found.length})`),
    make("ul", {}, found.map((each) => make("li", {}, make("code", {}, each.what), lineLink(each.line, onLine),
      measureText(each), each.times > 1 ? `, ${each.times} times` : "", each.why ? `: ${each.why}` : ""))));
}

function lineLink([line, words], onLine) {
  if (line <= 0) return "";
  return [" ", make("a", { href: "#", onclick: (event) => { event.preventDefault(); onLine(line); } }, words)];
}

function sourceList(run, failedLines) {
  const text = scenarios[run.text];
  if (!text) return make("p.soft", {}, "The scenario's text is not in this report.");
  const parts = new Map(run.parts.map(([file, before]) => [before, file]));
  return make("ol.source.mono", { tabindex: 0, "aria-label": "The scenario" }, text.replace(/\n$/, "").split("\n").flatMap((line, index) => {
    const item = make(failedLines.has(index + 1) ? "li.failed" : "li", { id: `line-${index + 1}` }, line === "" ? " " : line);
    if (!parts.has(index)) return item;
    item.value = 1;
    return [make("li.part", {}, `includes ${parts.get(index)}`), item];
  }));
}

function logTable(lines, left, moment, onPick) {
  return make("div.log-box", { tabindex: 0, "aria-label": "What happened" }, make("table.log", {},
    make("thead", {}, make("tr", {}, make("th", { scope: "col" }, "s"), make("th", { scope: "col" }, "attempt"), make("th", { scope: "col" }, "what happened"))),
    make("tbody", {}, lines.map((line) => make(`tr.${line[3]}${line[0] === moment ? ".marked" : ""}`, { onclick: () => onPick(line) },
      make("td", {}, make("a", { href: `${location.hash.split("&")[0]}&t=${seconds(line[0])}` }, seconds(line[0]))),
      make("td", {}, line[1] > 0 ? String(line[1]) : ""), make("td", {}, lineText(line)))),
    left > 0 ? make("tr.dim", {}, make("td"), make("td"), make("td", {}, `${count(left, "line")} more left out of this report: the trace has them.`)) : "")));
}

function runView(run, moment) {
  const data = embedded(`run-${run.id}`);
  const failedLines = new Set(run.failures.map((failure) => failure.line[0]).filter((line) => line > 0));
  const source = sourceList(run, failedLines);
  const showLine = (number) => {
    for (const old of source.querySelectorAll(".said")) old.classList.remove("said");
    const item = source.querySelector(`#line-${number}`);
    if (item === null) return;
    item.classList.add("said");
    source.scrollTop = item.offsetTop - source.offsetTop - source.clientHeight / 2;
  };
  const parts = [
    make("h2", {}, `${run.scenario} · ${run.client}`),
    run.about ? make("p", {}, run.about) : "",
    verdictBox(run, showLine),
  ];
  if (data !== null) parts.push(...timelineParts(run, data, moment, source, showLine));
  else parts.push(make("p.soft", {}, "Nothing was recorded of this run."), source);
  parts.push(make("h3", {}, "Again"), make("code.command", {}, run.replay),
    make("p.soft", {}, `seed ${run.seed}${run.chance ? " (chance has a part in this verdict)" : ""}, ${run.link} link` +
      `${run.link_why ? ` (${run.link_why})` : ""}, ${run.machine}, ${wallClock(run.started)}`));
  return parts;
}

function timelineParts(run, data, moment, source, showLine) {
  const whole = [0, Math.max(data.end, 1000)];
  const state = { view: whole, chosen: null };
  const picture = make("div.scroll");
  const log = make("div");
  const from = make("input", { type: "number", step: "0.001", min: 0, "aria-label": "from, in seconds" });
  const to = make("input", { type: "number", step: "0.001", min: 0, "aria-label": "to, in seconds" });
  const draw = (paper = null) => {
    const width = paper ?? Math.max(picture.clientWidth || 900, 480);
    picture.replaceChildren(timelineSvg(data, width, state.view, state.chosen, choose));
    const [begin, end] = state.chosen ?? state.view;
    log.replaceChildren(logTable(data.lines.filter((line) => line[0] >= begin && line[0] <= end), data.lines_left_out, moment,
      (line) => { if (line[5] > 0) showLine(line[5]); }));
    from.value = seconds(begin);
    to.value = seconds(end);
  };
  function choose(chosen) { state.chosen = chosen; draw(); }
  const byKeys = () => {
    const [begin, end] = [Math.round(from.value * 1e6), Math.round(to.value * 1e6)];
    if (end > begin) choose([begin, end]);
  };
  from.addEventListener("change", byKeys);
  to.addEventListener("change", byKeys);
  const zoom = (view) => { state.view = view; state.chosen = null; draw(); };
  drawWide = draw;
  const missing = data.attempts_in_all - data.attempts.length;
  return [
    make("h3", {}, "Timeline"), layerLegend(data), picture,
    missing > 0 ? make("p.soft", {}, `${count(missing, "attempt")} in the middle left out of this drawing.`) : "",
    make("form.filters", { onsubmit: (event) => event.preventDefault() },
      make("label", {}, "Seconds ", from), make("label", {}, "to ", to),
      make("button", { type: "button", onclick: () => { if (state.chosen) zoom(state.chosen); } }, "Look closer"),
      make("button", { type: "button", onclick: () => zoom(whole) }, "Show all"),
      make("span.soft", {}, "or choose a span in the drawing")),
    make("div.columns", {}, make("section", {}, make("h3", {}, "What happened"), log, muteNote(data)),
      make("section", {}, make("h3", {}, run.file || "Scenario"), source)),
  ];
}
