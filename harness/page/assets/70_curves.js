// Reconnect curves: gaps against their number, many runs over one another, beside what the client
// documents and what RFC 6455 advises.

const colours = ["var(--tcp)", "var(--open)", "var(--proxy)", "var(--look-up)", "var(--fail)", "var(--tls)", "var(--http)", "var(--doubt)"];
const unit = { ms: 1e3, s: 1e6, m: 60e6, min: 60e6 };

/** What a documented policy says of its delays, as far as its words can be read; else null. */
function readPolicy(policy = {}) {
  const duration = /(\d+(?:\.\d+)?)\s*(ms|s|min|m)\b/;
  const time = (text) => { const found = duration.exec(text ?? ""); return found ? Number(found[1]) * unit[found[2]] : null; };
  const delays = policy.delays ?? "";
  const low = time(delays);
  if (low === null) return null;
  const range = /\d\s*(?:ms|s|min|m)?\s*\.\.\s*(\d+(?:\.\d+)?\s*(?:ms|s|min|m))\b/.exec(delays);
  const factor = /(?:times|×|x)\s*(\d+(?:\.\d+)?)/.exec(delays);
  const jitter = /(\d+(?:\.\d+)?)\s*%/.exec(policy.jitter ?? "");
  const spread = jitter ? Number(jitter[1]) / 100 : 0;
  const cap = time(policy.cap) ?? Infinity;
  const high = range ? time(range[1]) : low;
  const by = factor ? Number(factor[1]) : 1;
  return { at: (n) => [Math.min(low * by ** n, cap) * (1 - spread), Math.min(high * by ** n, cap) * (1 + spread)] };
}

/** A run's gaps belong to one curve as long as its connections do not open. */
function curveOf(run) {
  return run.gaps.map(([length, atMost]) => ({ length, atMost }));
}

function curveSvg(runs, policy, width) {
  const height = 300;
  const [left, right, top, bottom] = [64, 12, 12, 34];
  const longest = Math.max(...runs.map((run) => run.gaps.length), 2);
  const most = Math.max(...runs.flatMap((run) => run.gaps.map(([length]) => length)), 1e6);
  const least = Math.max(Math.min(...runs.flatMap((run) => run.gaps.map(([length]) => length)), most / 10), 1e2);
  const [low, high] = [Math.log10(least / 1.5), Math.log10(most * 2)];
  const x = (n) => left + (longest === 1 ? 0 : n / (longest - 1) * (width - left - right));
  const y = (us) => top + (1 - (Math.log10(Math.max(us, 1)) - low) / (high - low)) * (height - top - bottom);
  const held = (us) => Math.min(Math.max(y(us), top), height - bottom);
  const svg = make("svg", { width, height, viewBox: `0 0 ${width} ${height}`, role: "img",
    "aria-label": `Gaps of ${count(runs.length, "run")} against their number; the table below has the figures` });
  for (let power = Math.ceil(low); power <= high; ++power) {
    svg.append(make("line.rule", { x1: left, x2: width - right, y1: y(10 ** power), y2: y(10 ** power) }),
      make("text.soft-text", { x: 4, y: y(10 ** power) + 4 }, span(10 ** power)));
  }
  for (let n = 0; n < longest; n += Math.ceil(longest / 15)) svg.append(make("text.soft-text", { x: x(n) - 3, y: height - 16 }, String(n + 1)));
  svg.append(make("text.soft-text", { x: left, y: height - 2 }, "number of the gap; lengths on a logarithmic scale"));
  const steps = [...Array(longest).keys()];
  if (policy) {
    const points = [...steps.map((n) => `${x(n)},${held(policy.at(n)[1])}`), ...steps.reverse().map((n) => `${x(n)},${held(policy.at(n)[0])}`)];
    svg.append(make("path.band", { d: `M${points.join("L")}z` }, make("title", {}, "as documented")));
  }
  svg.append(make("line.advice", { x1: left, x2: width - right, y1: held(5e6), y2: held(5e6) },
    make("title", {}, "RFC 6455, section 7.2.3: the first delay is drawn from 0 to 5 s; longer ones follow")));
  runs.forEach((run, index) => {
    const curve = curveOf(run);
    const group = make("g", { style: null }, make("title", {}, `${run.scenario}, seed ${run.seed}: ${curve.map((gap) => span(gap.length)).join(", ")}`));
    const line = make("polyline.curve", { points: curve.map((gap, n) => `${x(n)},${held(gap.length)}`).join(" "), stroke: colours[index % colours.length] });
    group.append(line, ...curve.map((gap, n) => make("circle", { cx: x(n), cy: held(gap.length), r: 3, fill: gap.atMost ? "none" : colours[index % colours.length], stroke: colours[index % colours.length] })));
    svg.append(group);
  });
  return svg;
}

function curves() {
  const parts = [make("h2", {}, "Reconnect curves"),
    make("p", {}, "How long each client waited between one attempt's end and the next attempt, in the runs with the most gaps. " +
      "The dashed line is RFC 6455's advice for the first delay (at most 5 s, drawn at random); a shaded band is what the client documents.")];
  for (const client of clientNames) {
    const runs = report.runs.filter((run) => run.client === client && run.gaps.length >= 2)
      .sort((one, other) => other.gaps.length - one.gaps.length).slice(0, 12);
    const card = report.clients[client];
    parts.push(make("h3", {}, client));
    if (card?.about) parts.push(make("p", {}, card.about));
    if (card && Object.keys(card.policy).length > 0) {
      parts.push(make("details", {}, make("summary", {}, "Its documented policy"),
        make("ul", {}, Object.entries(card.policy).map(([name, text]) => make("li", {}, make("b", {}, name), `: ${text}`)))));
    }
    if (runs.length === 0) { parts.push(make("p.soft", {}, "No run has two gaps or more.")); continue; }
    const width = Math.max(Math.min(document.getElementById("main").clientWidth - 40, 1100), 360);
    parts.push(make("div.scroll", {}, curveSvg(runs, readPolicy(card?.policy), width)),
      make("details", {}, make("summary", {}, `Figures of ${count(runs.length, "run")}`), make("div.scroll", {}, make("table.matrix", {},
        make("thead", {}, make("tr", {}, make("th", { scope: "col" }, "Run"), make("th", { scope: "col" }, "Gaps"))),
        make("tbody", {}, runs.map((run) => make("tr", {}, make("th", { scope: "row" }, linkTo(run, run.scenario)),
          make("td", {}, run.gaps.map(([length, atMost]) => (atMost ? "≤ " : "") + span(length)).join(", ")))))))));
  }
  return parts;
}
