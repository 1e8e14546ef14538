// One run drawn to scale: attempts as bars by layer, the gaps between them, and lanes beneath.

const drawing = { left: 96, right: 12, top: 26, row: 20, bar: 12, lane: 20 };
const laneNames = [["link", "link"], ["fault", "faults"], ["frame", "messages"], ["reports", "client says"],
  ["output", "output"], ["violation", "violations"], ["halfopen", "halfopen late"]];
const layers = ["look-up", "TCP", "proxy", "TLS", "HTTP", "open", "waiting"];

/** Round steps for the axis: 1, 2 or 5 times a power of ten. */
function axisSteps(from, to, most) {
  const rough = Math.max(to - from, 1) / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((times) => times * power).find((each) => each >= rough);
  const steps = [];
  for (let at = Math.ceil(from / step) * step; at <= to; at += step) steps.push(at);
  return steps;
}

function axisLabel(us, from, to) {
  return to - from < 50000 ? `${(us / 1000).toFixed(1)} ms` : `${Number((us / 1e6).toFixed(3))} s`;
}

/** Draws `data` between `from` and `to`; `chosen` is a span of time or null. */
function timelineSvg(data, width, [from, to], chosen, onChoose) {
  const scale = (us) => drawing.left + (us - from) / (to - from) * (width - drawing.left - drawing.right);
  const inside = (us) => Math.min(Math.max(scale(us), drawing.left), width - drawing.right);
  const shown = data.attempts.filter((attempt) => (attempt.ended ?? data.end) >= from && attempt.began <= to);
  const row = shown.length > 60 ? 8 : drawing.row;
  const bar = Math.min(drawing.bar, row - 2);
  const lanes = laneNames.filter(([lane]) => data.lines.some((line) => line[2] === lane));
  const lanesTop = drawing.top + shown.length * row + 8;
  const height = lanesTop + lanes.length * drawing.lane + 6;
  const svg = make("svg", { width, height, viewBox: `0 0 ${width} ${height}`, role: "img",
    "aria-label": `Timeline of ${count(data.attempts_in_all, "attempt")} over ${span(data.end)}; the list below says the same in words` });
  for (const at of axisSteps(from, to, Math.max(2, Math.floor((width - drawing.left) / 90)))) {
    svg.append(make("line.rule", { x1: scale(at), x2: scale(at), y1: 18, y2: height }),
      scale(at) > width - 50 ? "" : make("text.soft-text", { x: scale(at) + 2, y: 14 }, axisLabel(at, from, to)));
  }
  const rowOf = new Map(shown.map((attempt, index) => [attempt.n, drawing.top + index * row]));
  for (const gap of data.gaps) drawGap(svg, data, gap, rowOf, { inside, bar, row });
  for (const attempt of shown) {
    const y = rowOf.get(attempt.n);
    if (row >= 12) svg.append(make("text", { x: 4, y: y + bar - 1 }, `attempt ${attempt.n}`));
    for (const [layer, begin, end] of attempt.parts) {
      if (end < from || begin > to) continue;
      svg.append(make(`rect.${layer}`, { x: inside(begin), y, width: Math.max(inside(end) - inside(begin), 1.5), height: bar },
        make("title", {}, `attempt ${attempt.n}: ${layer}, ${span(end - begin)} from ${seconds(begin)} s; ${attempt.how}`)));
    }
    if (attempt.silent !== null) {
      const end = attempt.ended ?? data.end;
      svg.append(make("rect.silent", { x: inside(attempt.silent), y: y - 1, width: Math.max(inside(end) - inside(attempt.silent), 1), height: bar + 2 },
        make("title", {}, `attempt ${attempt.n}: nothing of the server's arrives from ${seconds(attempt.silent)} s on`)));
    }
  }
  lanes.forEach(([lane, label], index) => {
    const y = lanesTop + index * drawing.lane;
    svg.append(make("text", { x: 4, y: y + 12 }, label), make("line.rule", { x1: 0, x2: width, y1: y, y2: y }));
    for (const line of data.lines) {
      if (line[2] !== lane || line[0] < from || line[0] > to) continue;
      const x = scale(line[0]);
      const title = make("title", {}, `${seconds(line[0])} s: ${line[4]}`);
      if (lane === "fault") svg.append(make("path.fault", { d: `M${x} ${y + 4}l5 10h-10z` }, title));
      else svg.append(make(`line.tick.${line[3]}`, { x1: x, x2: x, y1: y + 3, y2: y + 16 }, title));
    }
  });
  if (chosen) svg.append(make("rect.chosen", { x: inside(chosen[0]), y: 18, width: Math.max(inside(chosen[1]) - inside(chosen[0]), 2), height: height - 18 }));
  letChoose(svg, (x) => Math.round(Math.min(Math.max(from + (x - drawing.left) / (width - drawing.left - drawing.right) * (to - from), from), to)), onChoose);
  return svg;
}

/** The gap that was seen, before it what was asked for: between the rows of two attempts. */
function drawGap(svg, data, gap, rowOf, { inside, bar, row }) {
  const before = data.attempts.find((attempt) => attempt.n === gap.after);
  const y = rowOf.get(gap.after);
  const after = data.attempts.find((attempt) => attempt.n > gap.after);
  if (before === undefined || y === undefined || after === undefined) return;
  const end = after.began - gap.length;
  const asked = gap.lowest === undefined ? "" : `; asked for: ${span(gap.lowest)} to ${gap.highest === null ? "any" : span(gap.highest)}`;
  const said = `gap of ${gap.at_most ? "at most " : ""}${span(gap.length)} behind attempt ${gap.after}${asked}${gap.broken ? ": not kept to" : ""}`;
  if (gap.lowest !== undefined) {
    const until = gap.highest === null ? data.end : end + gap.highest;
    svg.append(make("rect.asked", { x: inside(end + gap.lowest), y: y + 1, width: Math.max(inside(until) - inside(end + gap.lowest), 1.5), height: row + bar - 2 },
      make("title", {}, said)));
  }
  const middle = y + bar + (row - bar) / 2;
  svg.append(make(gap.broken ? "line.gap.broken" : "line.gap", { x1: inside(end), x2: inside(after.began), y1: middle, y2: middle },
    make("title", {}, said)));
}

function letChoose(svg, timeAt, onChoose) {
  let begin = null;
  const at = (event) => timeAt(event.clientX - svg.getBoundingClientRect().left);
  svg.addEventListener("pointerdown", (event) => { begin = at(event); svg.setPointerCapture(event.pointerId); });
  svg.addEventListener("pointerup", (event) => {
    if (begin === null) return;
    const end = at(event);
    onChoose(Math.abs(end - begin) < 1000 ? null : [Math.min(begin, end), Math.max(begin, end)]);
    begin = null;
  });
}

function layerLegend(data) {
  const used = new Set(data.attempts.flatMap((attempt) => attempt.parts.map(([layer]) => layer)));
  const key = (shape, label) => make("li", {}, make("svg", { width: 14, height: 12, "aria-hidden": "true" }, shape), label);
  return make("ul.legend", {},
    layers.filter((layer) => used.has(layer)).map((layer) => key(make(`rect.${layer}`, { width: 14, height: 12 }), layer)),
    data.attempts.some((attempt) => attempt.silent !== null) ? key(make("rect.silent", { x: 1, y: 1, width: 12, height: 10 }), "nothing arrives") : "",
    data.gaps.length > 0 ? key(make("line.gap", { x1: 0, x2: 14, y1: 6, y2: 6 }), "gap") : "",
    data.gaps.some((gap) => gap.lowest !== undefined) ? key(make("rect.asked", { width: 14, height: 12 }), "when the next attempt was asked for") : "");
}
