// Which part is shown: the address says so, so that every run and moment has a link.

// Draws what is as wide as the window, once it is in the page and whenever the width changes.
let drawWide = null;

function place() {
  const words = new URLSearchParams(location.hash.slice(1));
  const id = words.get("run");
  if (id !== null && report.runs[Number(id)] !== undefined) {
    const moment = words.get("t");
    return { part: "run", run: report.runs[Number(id)], moment: moment === null ? null : Math.round(Number(moment) * 1e6) };
  }
  return { part: ["matrix", "curves"].find((part) => words.has(part)) ?? "overview" };
}

function show(first = false) {
  const { part, run, moment } = place();
  drawWide = null;
  const main = document.getElementById("main");
  const content = part === "run" ? runView(run, moment) : part === "matrix" ? matrix() : part === "curves" ? curves() : overview();
  main.replaceChildren(...content.flat(3).filter((each) => each !== null && each !== "" && each !== undefined));
  drawWide?.();
  main.querySelector(".marked")?.scrollIntoView({ block: "center" });
  for (const link of document.querySelectorAll("nav a")) {
    if (link.getAttribute("href") === `#${part}`) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  document.title = part === "run" ? `${symbols[run.outcome]} ${run.scenario} · ${run.client} – halfopen` : "halfopen report";
  if (first) return;
  if (moment === null || moment === undefined) scrollTo(0, 0);
  main.focus({ preventScroll: true });
}

addEventListener("hashchange", () => show());
addEventListener("resize", () => { if (!matchMedia("print").matches) drawWide?.(); });
// On paper there is room for so many pixels, whatever the window's width was.
const paperWidth = 660;
addEventListener("beforeprint", () => drawWide?.(paperWidth));
addEventListener("afterprint", () => drawWide?.());
matchMedia("print").addEventListener("change", (event) => drawWide?.(event.matches ? paperWidth : null));
show(true);
